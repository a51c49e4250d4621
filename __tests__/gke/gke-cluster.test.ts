import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformVariable, type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import type { GkeClusterProps } from '../../lib/gke/gke-cluster-props';
import { GkeKubernetesProvider } from '../../lib/gke/gke-kubernetes-provider';
import { GkeNetwork } from '../../lib/gke/gke-network';
import { GoogleServiceAccount } from '../../lib/identity/google-service-account';
import {
  addresses,
  byAddress,
  problems,
  refusal,
  resource,
  resources,
  sibling,
  synthesized,
  testStack,
  written,
  type Json,
} from '../synth';

type Props = Partial<Record<keyof GkeClusterProps, unknown>>;
const project = { id: 'my-project', number: '123456789012' };
const network = GkeNetwork.fromAttributes(testStack(), 'network', {
  network: 'default',
  subnetwork: 'default',
});
const pools = { mode: 'standard', nodePools: [{ name: 'default-pool' }] };

function cluster(stack: TerraformStack, props: Props = {}): GkeCluster {
  return new GkeCluster(stack, 'cluster', {
    project,
    name: 'books',
    location: 'us-central1',
    network,
    ...props,
  } as GkeClusterProps);
}
function made(props: Props = {}): Json {
  const stack = testStack();
  cluster(stack, props);
  return resource(stack, 'google_container_cluster');
}

test('the smallest cluster is Autopilot, with an account for its nodes and nothing open', () => {
  const stack = testStack();
  cluster(stack);
  expect(byAddress(stack)).toMatchInlineSnapshot(`
   {
     "google_container_cluster.cluster_A4C38409": {
       "anonymous_authentication_config": {
         "mode": "LIMITED",
       },
       "cluster_autoscaling": {
         "auto_provisioning_defaults": {
           "service_account": "books-us-central1-nodes@my-project.iam.gserviceaccount.com",
         },
       },
       "control_plane_endpoints_config": {
         "dns_endpoint_config": {
           "allow_external_traffic": true,
         },
         "ip_endpoints_config": {
           "enabled": false,
         },
       },
       "cost_management_config": {
         "enabled": true,
       },
       "datapath_provider": "ADVANCED_DATAPATH",
       "deletion_protection": true,
       "depends_on": [
         "google_service_account.cluster_nodes_account_CF709DC9",
         "google_project_iam_member.cluster_node-role_681EE9FE",
       ],
       "enable_autopilot": true,
       "enable_legacy_abac": false,
       "location": "us-central1",
       "logging_config": {
         "enable_components": [
           "APISERVER",
           "CONTROLLER_MANAGER",
           "SCHEDULER",
           "SYSTEM_COMPONENTS",
           "WORKLOADS",
         ],
       },
       "master_auth": {
         "client_certificate_config": {
           "issue_client_certificate": false,
         },
       },
       "monitoring_config": {
         "enable_components": [
           "CADVISOR",
           "DAEMONSET",
           "DEPLOYMENT",
           "HPA",
           "KUBELET",
           "POD",
           "STATEFULSET",
           "STORAGE",
           "SYSTEM_COMPONENTS",
         ],
         "managed_prometheus": {
           "enabled": true,
         },
       },
       "name": "books",
       "network": "default",
       "networking_mode": "VPC_NATIVE",
       "node_pool_auto_config": {
         "node_kubelet_config": {
           "insecure_kubelet_readonly_port_enabled": "FALSE",
         },
       },
       "private_cluster_config": {
         "enable_private_endpoint": true,
         "enable_private_nodes": true,
       },
       "project": "my-project",
       "rbac_binding_config": {
         "enable_insecure_binding_system_authenticated": false,
         "enable_insecure_binding_system_unauthenticated": false,
       },
       "release_channel": {
         "channel": "REGULAR",
       },
       "secret_manager_config": {
         "enabled": true,
       },
       "security_posture_config": {
         "mode": "BASIC",
       },
       "subnetwork": "default",
       "workload_identity_config": {
         "workload_pool": "my-project.svc.id.goog",
       },
     },
     "google_project_iam_member.cluster_node-role_681EE9FE": {
       "//": {
         "reason": "nodes write their logs and metrics",
       },
       "depends_on": [
         "google_service_account.cluster_nodes_account_CF709DC9",
       ],
       "lifecycle": {
         "create_before_destroy": true,
       },
       "member": "serviceAccount:books-us-central1-nodes@my-project.iam.gserviceaccount.com",
       "project": "my-project",
       "role": "roles/container.defaultNodeServiceAccount",
     },
     "google_service_account.cluster_nodes_account_CF709DC9": {
       "//": {
         "reason": "runs the nodes of the cluster books",
       },
       "account_id": "books-us-central1-nodes",
       "description": "runs the nodes of the cluster books",
       "display_name": "Nodes of books",
       "project": "my-project",
     },
   }
  `);
});

describe('hardened from the start, in both modes:', () => {
  test.each<[string, (cluster: Json) => unknown, unknown]>([
    ['its own workload pool', (c) => c.workload_identity_config, { workload_pool: 'my-project.svc.id.goog' }],
    [
      'no public nodes, and the private endpoint that GKE reports while the IP endpoint is off',
      (c) => c.private_cluster_config,
      { enable_private_endpoint: true, enable_private_nodes: true },
    ],
    ['no IP endpoint', (c) => c.control_plane_endpoints_config!.ip_endpoints_config, { enabled: false }],
    [
      'a DNS endpoint behind IAM',
      (c) => c.control_plane_endpoints_config!.dns_endpoint_config,
      { allow_external_traffic: true },
    ],
    [
      'no authorized networks, which the provider does not send while the IP endpoint is off',
      (c) => c.master_authorized_networks_config,
      undefined,
    ],
    ['Dataplane V2', (c) => c.datapath_provider, 'ADVANCED_DATAPATH'],
    ['VPC-native', (c) => c.networking_mode, 'VPC_NATIVE'],
    ['no attribute-based access', (c) => c.enable_legacy_abac, false],
    [
      'no client certificate',
      (c) => c.master_auth,
      { client_certificate_config: { issue_client_certificate: false } },
    ],
    ['no anonymous calls but for health', (c) => c.anonymous_authentication_config, { mode: 'LIMITED' }],
    [
      'no role for everybody',
      (c) => c.rbac_binding_config,
      {
        enable_insecure_binding_system_authenticated: false,
        enable_insecure_binding_system_unauthenticated: false,
      },
    ],
    ['security posture', (c) => c.security_posture_config, { mode: 'BASIC' }],
    ['the Secret Manager add-on', (c) => c.secret_manager_config, { enabled: true }],
    ['a release channel', (c) => c.release_channel, { channel: 'REGULAR' }],
    ['deletion protection', (c) => c.deletion_protection, true],
    ['cost allocation', (c) => c.cost_management_config, { enabled: true }],
    ['managed Prometheus', (c) => c.monitoring_config!.managed_prometheus, { enabled: true }],
    [
      'logs of the control plane',
      (c) => c.logging_config!.enable_components,
      ['APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER', 'SYSTEM_COMPONENTS', 'WORKLOADS'],
    ],
  ])('%s', (_, read, value) => {
    expect(read(made())).toEqual(value);
    expect(read(made(pools))).toEqual(value);
  });
});

describe('Autopilot', () => {
  // The provider refuses these together with enable_autopilot.
  test.each([
    'network_policy',
    'dns_cache_config',
    'stateful_ha_config',
    'enable_shielded_nodes',
    'enable_intranode_visibility',
    'node_pool',
    'node_config',
    'node_pool_defaults',
    'initial_node_count',
    'remove_default_node_pool',
    'default_max_pods_per_node',
    'addons_config',
  ])('has no %s', (argument) => {
    expect(made({ binaryAuthorization: true })).not.toHaveProperty(argument);
  });

  test('says neither autoscaling.enabled nor its limits, nor binary_authorization.enabled', () => {
    const { cluster_autoscaling, binary_authorization } = made({ binaryAuthorization: true });
    expect(Object.keys(cluster_autoscaling!)).toEqual(['auto_provisioning_defaults']);
    expect(binary_authorization).toEqual({ evaluation_mode: 'PROJECT_SINGLETON_POLICY_ENFORCE' });
  });

  test('makes its nodes with the account of the cluster and without the read-only port', () => {
    expect(made()).toMatchObject({
      enable_autopilot: true,
      cluster_autoscaling: {
        auto_provisioning_defaults: {
          service_account: 'books-us-central1-nodes@my-project.iam.gserviceaccount.com',
        },
      },
      node_pool_auto_config: { node_kubelet_config: { insecure_kubelet_readonly_port_enabled: 'FALSE' } },
    });
  });

  test('with node pools is refused', () => {
    expect(refusal(() => cluster(testStack(), { nodePools: [{ name: 'gpu' }] })).message).toBe(
      'prod/cluster: nodePools must be omitted for an Autopilot cluster, which creates its own nodes (got ["gpu"]). Omit them and select machines by node selectors, or set mode to "standard".',
    );
  });

  test('takes no node pool afterwards either, and stays as it was', () => {
    const stack = testStack();
    const books = cluster(stack);
    expect(refusal(() => books.addNodePool('gpu', { name: 'gpu' })).message).toBe(
      'prod/cluster: addNodePool must not be called on an Autopilot cluster, which creates its own nodes (got "gpu"). Set mode to "standard".',
    );
    expect(resources(stack, 'google_container_cluster')).toHaveLength(1);
    expect(resources(stack, 'google_container_node_pool')).toHaveLength(0);
  });

  test('in a zone is refused', () => {
    expect(refusal(() => cluster(testStack(), { location: 'us-central1-a' })).message).toBe(
      'prod/cluster: location must be a region for an Autopilot cluster (got "us-central1-a"). Use "us-central1".',
    );
  });
});

describe('Standard', () => {
  test('says of its nodes what Autopilot has by itself', () => {
    const standard = made(pools);
    expect(standard).toMatchObject({
      enable_shielded_nodes: true,
      enable_intranode_visibility: true,
      node_pool_defaults: { node_config_defaults: { insecure_kubelet_readonly_port_enabled: 'FALSE' } },
    });
    for (const argument of [
      'enable_autopilot',
      'cluster_autoscaling',
      'node_pool_auto_config',
      'node_pool',
    ]) {
      expect(standard).not.toHaveProperty(argument);
    }
  });

  test('never runs its first pool as the default account, and its end replaces nothing', () => {
    expect(made(pools)).toMatchObject({
      remove_default_node_pool: true,
      initial_node_count: 1,
      node_config: {
        service_account: 'books-us-central1-nodes@my-project.iam.gserviceaccount.com',
        workload_metadata_config: { mode: 'GKE_METADATA' },
        shielded_instance_config: { enable_secure_boot: true, enable_integrity_monitoring: true },
      },
      lifecycle: { ignore_changes: ['node_config', 'initial_node_count'] },
    });
  });

  test('may be in one zone', () => {
    expect(made({ ...pools, location: 'us-central1-a' }).location).toBe('us-central1-a');
  });

  test('without a pool is refused when the app is synthesized', () => {
    const stack = testStack();
    cluster(stack, { mode: 'standard' });
    expect(() => synthesized(stack)).toThrow(
      '[prod/cluster] prod/cluster: nodePools is required because a Standard cluster creates no nodes by itself. Add a pool, or omit mode for Autopilot.',
    );
  });

  test('may get its pool later', () => {
    const stack = testStack();
    cluster(stack, { mode: 'standard' }).addNodePool('later', { name: 'later' });
    expect(resource(stack, 'google_container_node_pool').name).toBe('later');
  });
});

describe('order', () => {
  test('account and roles of the nodes come before the cluster, and the network before all', () => {
    const stack = testStack();
    const own = new GkeNetwork(stack, 'network', { project, region: 'us-central1', name: 'books' });
    cluster(stack, {
      network: own,
      imageRepositories: [{ project: 'books-shared', location: 'us-central1', repositoryId: 'images' }],
    });
    const { depends_on } = resource(stack, 'google_container_cluster');
    expect((depends_on as unknown as string[]).map((address) => address.split('.')[0])).toEqual([
      'google_compute_network',
      'google_compute_subnetwork',
      'google_compute_router_nat',
      'google_service_account',
      'google_project_iam_member',
      'google_artifact_registry_repository_iam_member',
    ]);
  });

  test('the pools come after the cluster', () => {
    const stack = testStack();
    cluster(stack, pools);
    expect(resource(stack, 'google_container_node_pool').depends_on).toEqual([
      expect.stringMatching(/^google_container_cluster\.cluster_/),
      expect.stringMatching(/^google_service_account\.cluster_nodes_/),
    ]);
  });
});

describe('the account of the nodes', () => {
  test('has one role on the project and reads the repositories that are named', () => {
    const stack = testStack();
    cluster(stack, { imageRepositories: [{ location: 'us', repositoryId: 'images' }] });
    expect(resource(stack, 'google_project_iam_member')).toMatchObject({
      role: 'roles/container.defaultNodeServiceAccount',
      member: 'serviceAccount:books-us-central1-nodes@my-project.iam.gserviceaccount.com',
    });
    expect(resource(stack, 'google_artifact_registry_repository_iam_member').role).toBe(
      'roles/artifactregistry.reader',
    );
  });

  test('of another making gets no role and no repository', () => {
    const stack = testStack();
    const nodeServiceAccount = GoogleServiceAccount.fromEmail(
      stack,
      'nodes',
      'nodes@my-project.iam.gserviceaccount.com',
    );
    cluster(stack, { nodeServiceAccount });
    expect(addresses(synthesized(stack)).map((address) => address.split('.')[0])).toEqual([
      'google_container_cluster',
    ]);
  });

  test('of a cluster with a long name has an id of 30 characters', () => {
    const stack = testStack();
    cluster(stack, { name: 'c'.repeat(40) });
    expect(resource(stack, 'google_service_account').account_id).toMatch(/^c{15}-[0-9a-f]{8}-nodes$/);
  });

  test('is another one for a cluster of the same name in another region', () => {
    const stack = testStack();
    cluster(stack);
    new GkeCluster(stack, 'second', { project, name: 'books', location: 'europe-west1', network });
    expect(resources(stack, 'google_service_account').map(({ account_id }) => account_id)).toEqual([
      'books-us-central1-nodes',
      'books-europe-west1-nodes',
    ]);
  });

  test('reads repositories of one id in two regions', () => {
    const imageRepositories = ['us', 'europe'].map((location) => ({ location, repositoryId: 'images' }));
    expect(() => cluster(testStack(), { imageRepositories })).not.toThrow();
  });

  test('a repository named twice is refused, and nothing of the cluster is left behind', () => {
    const stack = testStack();
    const images = { location: 'us', repositoryId: 'images' };
    const error = refusal(() => cluster(stack, { imageRepositories: [images, images] }));
    expect(error.path).toBe('prod/cluster');
    expect(stack.node.tryFindChild('cluster')).toBeUndefined();
  });

  test.each([['cluster'], ['nodes'], ['node-role']])('a pool may be called "%s"', (name) => {
    expect(() => cluster(testStack(), { mode: 'standard', nodePools: [{ name }] })).not.toThrow();
  });

  test('a pool whose name Terraform will know has an address without the token', () => {
    const stack = testStack();
    const name = new TerraformVariable(stack, 'pool', { type: 'string' }).stringValue;
    cluster(stack, { mode: 'standard', nodePools: [{ name }] });
    expect(addresses(synthesized(stack)).filter((address) => address.includes('TfToken'))).toEqual([]);
  });
});

describe('what is asked for', () => {
  test.each<[string, Props, (cluster: Json) => unknown, unknown]>([
    [
      'authorized networks enable the IP endpoint at a private address, for these networks only',
      { authorizedNetworks: [{ cidr: '10.20.0.0/16', displayName: 'office over VPN' }] },
      (c) => [
        c.control_plane_endpoints_config!.ip_endpoints_config,
        c.master_authorized_networks_config,
        c.private_cluster_config,
      ],
      [
        { enabled: true },
        {
          gcp_public_cidrs_access_enabled: false,
          cidr_blocks: [{ cidr_block: '10.20.0.0/16', display_name: 'office over VPN' }],
        },
        { enable_private_nodes: true, enable_private_endpoint: true },
      ],
    ],
    [
      'a public IP endpoint on request, with the reason beside the cluster',
      {
        authorizedNetworks: [{ cidr: '8.8.8.0/24', displayName: 'office' }],
        publicIpEndpoint: true,
        acknowledge: { publicIpEndpoint: 'the office has no VPN yet' },
      },
      (c) => [c.private_cluster_config, c['//']],
      [
        { enable_private_nodes: true, enable_private_endpoint: false },
        { acknowledged: { publicIpEndpoint: 'the office has no VPN yet' } },
      ],
    ],
    [
      'the DNS endpoint for callers inside Google Cloud only',
      { dnsEndpointExternalTraffic: false },
      (c) => c.control_plane_endpoints_config!.dns_endpoint_config,
      { allow_external_traffic: false },
    ],
    [
      'a key for Secrets',
      { databaseKmsKeyName: 'projects/p/locations/l/keyRings/r/cryptoKeys/k' },
      (c) => c.database_encryption,
      { state: 'ENCRYPTED', key_name: 'projects/p/locations/l/keyRings/r/cryptoKeys/k' },
    ],
    [
      'groups in RBAC',
      { rbacSecurityGroup: 'gke-security-groups@example.com' },
      (c) => c.authenticator_groups_config,
      { security_group: 'gke-security-groups@example.com' },
    ],
    ['a fleet', { fleetProject: 'fleet-project' }, (c) => c.fleet, { project: 'fleet-project' }],
    ['labels', { labels: { environment: 'prod' } }, (c) => c.resource_labels, { environment: 'prod' }],
    ['no protection', { deletionProtection: false }, (c) => c.deletion_protection, false],
    ['no add-on', { secretManagerAddon: false }, (c) => c.secret_manager_config, { enabled: false }],
    [
      'windows of twelve hours a week, 48 in each 32 days',
      {
        maintenanceWindow: {
          startTime: '2026-01-03T02:00:00Z',
          endTime: '2026-01-03T06:00:00Z',
          recurrence: 'FREQ=WEEKLY;BYDAY=FR,SA,SU',
        },
      },
      (c) => c.maintenance_policy,
      {
        recurring_window: {
          start_time: '2026-01-03T02:00:00Z',
          end_time: '2026-01-03T06:00:00Z',
          recurrence: 'FREQ=WEEKLY;BYDAY=FR,SA,SU',
        },
      },
    ],
    [
      'ranges of a network that exists',
      {
        network: GkeNetwork.fromAttributes(testStack(), 'network', {
          network: 'n',
          subnetwork: 's',
          podsRangeName: 'p',
        }),
      },
      (c) => c.ip_allocation_policy,
      { cluster_secondary_range_name: 'p' },
    ],
  ])('%s', (_, props, read, value) => {
    expect(read(made(props))).toEqual(value);
  });

  test.each([
    ['FREQ=DAILY', '06:00'],
    ['FREQ=DAILY;INTERVAL=2', '06:00'],
    ['FREQ=WEEKLY;BYDAY=SA,SU', '08:00'],
    ['FREQ=WEEKLY;BYDAY=SU', '14:00'],
    // With a last day, the hours depend on the calendar, and GKE checks them.
    ['FREQ=WEEKLY;BYDAY=SU;UNTIL=20270101T000000Z', '06:00'],
  ])('a window "%s" until %s is long enough', (recurrence, end) => {
    const startTime = '2026-01-03T02:00:00Z';
    const maintenanceWindow = { startTime, endTime: `2026-01-03T${end}:00Z`, recurrence };
    expect(() => made({ maintenanceWindow })).not.toThrow();
  });

  test.each(['logging_config', 'monitoring_config'])('the components of %s are sorted', (block) => {
    const components = made()[block]!.enable_components as unknown as string[];
    expect([...components].sort()).toEqual(components);
  });

  test('another provider reaches all that the cluster makes', () => {
    const stack = testStack();
    const googleProvider = new GoogleProvider(stack, 'other', { alias: 'other' });
    cluster(stack, { ...pools, googleProvider });
    expect(Object.values(byAddress(stack)).map(({ provider }) => provider)).toEqual(
      Array<string>(4).fill('google.other'),
    );
  });
});

describe('the region of the network', () => {
  const inEurope = {
    network: 'default',
    subnetwork: 'projects/my-project/regions/europe-west1/subnetworks/books',
  };
  const over = (attributes: typeof inEurope, location: string) => {
    const stack = testStack();
    const network = GkeNetwork.fromAttributes(stack, 'network', attributes);
    return () => cluster(stack, { network, location, mode: 'standard', nodePools: [{ name: 'p' }] });
  };

  test.each(['us-central1', 'us-central1-a'])('is not another one than that of %s', (location) => {
    expect(refusal(over(inEurope, location)).message).toBe(
      'prod/cluster: network must have a subnetwork in the region of the cluster (us-central1) (got "projects/my-project/regions/europe-west1/subnetworks/books"). Use a network of that region, or create the cluster in the region of the network.',
    );
  });

  test.each(['europe-west1', 'europe-west1-b'])('is that of %s', (location) => {
    expect(over(inEurope, location)).not.toThrow();
  });

  test('is not known from a short name', () => {
    expect(over({ network: 'default', subnetwork: 'books' }, 'us-central1')).not.toThrow();
  });
});

describe('bad input', () => {
  const NAME =
    'have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen';
  test.each<[string, Props, string]>([
    [
      'the workload pool of another project',
      { workloadPool: 'other-project.svc.id.goog' },
      'workloadPool must be the workload pool of the cluster\'s project (got "other-project.svc.id.goog"). Use "my-project.svc.id.goog" or omit it; for a fleet, bind to a FleetWorkloadPool.',
    ],
    ['a name of 41 letters', { name: 'c'.repeat(41) }, `name must ${NAME} (got "${'c'.repeat(41)}").`],
    [
      'a mode in capitals',
      { mode: 'Standard' },
      'mode must be one of "autopilot", "standard" (got "Standard"). Use "standard".',
    ],
    [
      'the whole internet',
      { authorizedNetworks: [{ cidr: '0.0.0.0/0', displayName: 'all' }] },
      'authorizedNetworks[0].cidr must not be 0.0.0.0/0, which contains every IPv4 address (got "0.0.0.0/0"). List the ranges, or omit them and use the DNS endpoint, which IAM protects.',
    ],
    [
      'a range of the internet for the private address',
      { authorizedNetworks: [{ cidr: '8.8.8.0/24', displayName: 'office' }] },
      'authorizedNetworks[0].cidr must be a private range, because the IP endpoint has a private address (got "8.8.8.0/24"). Use a range of RFC 1918, or set publicIpEndpoint to true.',
    ],
    [
      'a public address without a reason',
      { authorizedNetworks: [{ cidr: '8.8.8.0/24', displayName: 'office' }], publicIpEndpoint: true },
      'publicIpEndpoint must be false unless acknowledge.publicIpEndpoint is set, because the internet can reach the address (got true). Omit it, or set acknowledge.publicIpEndpoint to the reason.',
    ],
    [
      'a public address without networks',
      { publicIpEndpoint: true, acknowledge: { publicIpEndpoint: 'tests' } },
      'authorizedNetworks is required when publicIpEndpoint is true. List the ranges that may reach the control plane.',
    ],
    [
      'no authorized network at all',
      { authorizedNetworks: [] },
      'authorizedNetworks must be a list of at least 1 and at most 100 items (got []).',
    ],
    [
      'four hours a week, 16 in 32 days',
      {
        maintenanceWindow: {
          startTime: '2026-01-03T02:00:00Z',
          endTime: '2026-01-03T06:00:00Z',
          recurrence: 'FREQ=WEEKLY;BYDAY=SU',
        },
      },
      'maintenanceWindow.recurrence must allow 48 hours in each 32 days; 4 windows of 4 hours are 16 (got "FREQ=WEEKLY;BYDAY=SU"). Add days to BYDAY, or set a later endTime.',
    ],
    [
      'twelve hours every second week',
      {
        maintenanceWindow: {
          startTime: '2026-01-03T02:00:00Z',
          endTime: '2026-01-03T14:00:00Z',
          recurrence: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU',
        },
      },
      'maintenanceWindow.recurrence must allow 48 hours in each 32 days; 2 windows of 12 hours are 24 (got "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"). Add days to BYDAY, or set a later endTime.',
    ],
    [
      'a day that is none',
      {
        maintenanceWindow: {
          startTime: '2026-01-03T02:00:00Z',
          endTime: '2026-01-03T14:00:00Z',
          recurrence: 'FREQ=WEEKLY;BYDAY=SAT,SUN',
        },
      },
      'maintenanceWindow.recurrence must have days of MO, TU, WE, TH, FR, SA, SU in BYDAY (got "FREQ=WEEKLY;BYDAY=SAT,SUN").',
    ],
    [
      'a window of three hours',
      {
        maintenanceWindow: {
          startTime: '2026-01-03T02:00:00Z',
          endTime: '2026-01-03T05:59:00Z',
          recurrence: 'FREQ=DAILY',
        },
      },
      'maintenanceWindow.endTime must be at least four hours after startTime (got "2026-01-03T05:59:00Z"). Set a later endTime.',
    ],
    [
      'the name of a network instead of the network',
      { network: 'default' },
      'network must be a GkeNetwork or GkeNetwork.fromAttributes(…) (got "default").',
    ],
    [
      'a key by its short name',
      { databaseKmsKeyName: 'books' },
      'databaseKmsKeyName must be a key of the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY (got "books").',
    ],
    [
      'any group',
      { rbacSecurityGroup: 'admins@example.com' },
      'rbacSecurityGroup must be a group of the form gke-security-groups@DOMAIN (got "admins@example.com").',
    ],
    [
      'two pools of one name',
      { mode: 'standard', nodePools: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] },
      'nodePools[2].name must be unique among the node pools (got "a").',
    ],
    [
      'a misspelt property of a pool',
      { mode: 'standard', nodePools: [{ name: 'a', spott: true }] },
      'nodePools[0].spott is not a property. Did you mean "spot"?',
    ],
    [
      'a repository without a region',
      { imageRepositories: [{ repositoryId: 'images' }] },
      'imageRepositories[0].location is required. It must be a string.',
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => cluster(stack, props)).message).toBe(`prod/cluster: ${message}`);
    expect(stack.node.tryFindChild('cluster')).toBeUndefined();
  });

  test('all of it comes in one error', () => {
    const bad = {
      name: 'Books',
      location: 'us',
      mode: 'standart',
      nodePools: [{ name: 'a', nodeCount: -1 }],
    };
    expect(Object.keys(problems(() => cluster(testStack(), bad)))).toEqual([
      'name',
      'location',
      'mode',
      'nodePools[0].nodeCount',
    ]);
  });

  test('an object that only looks like a network is refused, not stumbled over', () => {
    expect(refusal(() => cluster(testStack(), { network: { subnetwork: 'default' } })).path).toBe(
      'prod/cluster',
    );
  });

  test('the own workload pool may be named', () => {
    expect(made({ workloadPool: 'my-project.svc.id.goog' }).workload_identity_config).toEqual({
      workload_pool: 'my-project.svc.id.goog',
    });
  });

  test('a project that Terraform will know gives a pool that it will know', () => {
    const stack = testStack();
    const id = new TerraformVariable(stack, 'project', { type: 'string' }).stringValue;
    cluster(stack, { project: { id } });
    expect(resource(stack, 'google_container_cluster').workload_identity_config).toEqual({
      workload_pool: '${var.project}.svc.id.goog',
    });
  });
});

describe('a cluster that exists', () => {
  const attributes = { project, name: 'fastapi-cluster', location: 'us-central1' };

  test('and is imported makes nothing, and has all of its names', () => {
    const stack = testStack();
    const books = GkeCluster.fromAttributes(stack, 'cluster', attributes);
    expect(addresses(synthesized(stack))).toEqual([]);
    expect(books).toMatchObject({
      id: 'projects/my-project/locations/us-central1/clusters/fastapi-cluster',
      issuer:
        'https://container.googleapis.com/v1/projects/my-project/locations/us-central1/clusters/fastapi-cluster',
      workloadPool: 'my-project.svc.id.goog',
      workloadPoolProject: project,
    });
  });

  test('and is adopted is taken in by an import block, with its workload pool on', () => {
    const stack = testStack();
    GkeCluster.adopt(stack, 'cluster', attributes);
    const [address] = addresses(synthesized(stack));
    expect(synthesized(stack).import).toEqual([
      { id: 'projects/my-project/locations/us-central1/clusters/fastapi-cluster', to: address },
    ]);
    expect(resource(stack, 'google_container_cluster')).toEqual({
      project: 'my-project',
      name: 'fastapi-cluster',
      location: 'us-central1',
      deletion_protection: true,
      workload_identity_config: { workload_pool: 'my-project.svc.id.goog' },
      lifecycle: { ignore_changes: expect.arrayContaining(['addons_config', 'vertical_pod_autoscaling']) },
    });
  });

  test('and is adopted keeps every argument that the provider knows, but for its name and its pool', () => {
    const ours = [
      'deletion_protection',
      'id',
      'location',
      'name',
      'project',
      'timeouts',
      'workload_identity_config',
    ];
    // The bindings have a getter such as `addonsConfigInput` for each argument.
    const names = Object.getOwnPropertyNames(ContainerCluster.prototype)
      .flatMap((getter) => /^(\w+)Input$/.exec(getter)?.[1] ?? [])
      .map((name) => name.replace('K8S', 'K8s').replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`));
    const stack = testStack();
    GkeCluster.adopt(stack, 'cluster', attributes);
    expect(resource(stack, 'google_container_cluster').lifecycle).toEqual({
      ignore_changes: names.filter((name) => !ours.includes(name)).sort(),
    });
  });

  test.each(['adopt', 'fromAttributes'] as const)('with a bad location is refused by %s', (make) => {
    const stack = testStack();
    expect(refusal(() => GkeCluster[make](stack, 'cluster', { ...attributes, location: 'US' })).message).toBe(
      'prod/cluster: location must be a region, for example "us-central1", or a zone, for example "us-central1-a" (got "US").',
    );
    expect(stack.node.tryFindChild('cluster')).toBeUndefined();
  });

  test.each(['adopt', 'fromAttributes'] as const)('gives identities under itself, by %s', (make) => {
    const stack = testStack();
    const binding = GkeCluster[make](stack, 'cluster', attributes).addWorkloadIdentity('reader', {
      namespace: 'books',
      serviceAccountName: 'reader',
      reason: 'reads the catalogue',
    });
    expect(binding.node.path).toBe('prod/cluster/reader');
    expect(binding.member).toMatch(/\/my-project\.svc\.id\.goog\/subject\/ns\/books\/sa\/reader$/);
  });
});

describe('the Kubernetes provider of a cluster', () => {
  const attributes = { project, name: 'books', location: 'us-central1' };
  function provider(props: object = {}) {
    const stack = testStack();
    const gke = GkeCluster.fromAttributes(stack, 'cluster', attributes);
    new GkeKubernetesProvider(stack, 'gke', { cluster: gke, ...props });
    const { provider, data } = synthesized(stack);
    return { made: provider!.kubernetes!.at(-1)!, data: data! };
  }

  test('calls the DNS endpoint, whose certificate is public, without a CA', () => {
    const { made: dns } = provider();
    expect(dns.host).toMatch(
      /^https:\/\/\$\{data\.google_container_cluster\.gke_cluster_\w+\.control_plane_endpoints_config\[0\]\.dns_endpoint_config\[0\]\.endpoint\}$/,
    );
    expect(dns).not.toHaveProperty('cluster_ca_certificate');
    expect(dns.token).toMatch(/^\$\{data\.google_client_config\.gke_client_\w+\.access_token\}$/);
  });

  test('calls the IP endpoint with the CA of the cluster', () => {
    const { made: ip } = provider({ endpoint: 'ip' });
    expect(ip.host).toMatch(/^https:\/\/\$\{data\.google_container_cluster\.gke_cluster_\w+\.endpoint\}$/);
    expect(ip.cluster_ca_certificate).toMatch(
      /^\$\{base64decode\(data\..*\.master_auth\[0\]\.cluster_ca_certificate\)\}$/,
    );
  });

  test('looks the cluster up by what is known of it', () => {
    expect(Object.values(provider().data.google_container_cluster!)).toMatchObject([
      { project: 'my-project', name: 'books', location: 'us-central1' },
    ]);
  });

  test('has an alias where there are two clusters', () => {
    expect(provider({ alias: 'europe' }).made.alias).toBe('europe');
    expect(provider().made).not.toHaveProperty('alias');
  });

  test('leaves annotations alone that GKE writes', () => {
    expect(provider().made.ignore_annotations).toContain('^autopilot\\.gke\\.io/');
  });

  test('of a cluster that the same stack creates is refused', () => {
    const stack = testStack();
    const books = cluster(stack);
    expect(refusal(() => new GkeKubernetesProvider(stack, 'gke', { cluster: books })).message).toBe(
      'prod/gke: cluster must be a cluster of another stack, because the provider needs its endpoint before the apply (got "prod/cluster"). Create the provider and the Kubernetes objects in a second stack.',
    );
  });

  test('of a cluster in another stack reads no state of it', () => {
    const platform = testStack('platform');
    const books = cluster(platform);
    const stack = sibling(platform, 'workloads');
    new GkeKubernetesProvider(stack, 'gke', { cluster: books, alias: 'books' });
    expect(written(stack).text).not.toContain('terraform_remote_state');
  });

  test('of a cluster in another stack orders the stacks, also when nothing else does', () => {
    const platform = testStack('platform');
    const books = cluster(platform);
    const stack = sibling(platform, 'workloads');
    new GkeKubernetesProvider(stack, 'gke', { cluster: books, alias: 'books' });
    expect(written(stack).manifest.stacks.workloads?.dependencies).toEqual(['platform']);
  });

  test('with an endpoint that does not exist is refused', () => {
    expect(refusal(() => provider({ endpoint: 'DNS' })).message).toBe(
      'prod/gke: endpoint must be one of "dns", "ip" (got "DNS"). Use "dns".',
    );
  });

  test('an object that only looks like a cluster is refused, not stumbled over', () => {
    expect(refusal(() => provider({ cluster: {} })).path).toBe('prod/gke');
  });
});
