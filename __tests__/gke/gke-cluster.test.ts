import { GkeNetwork } from '../../lib/gke/gke-network';
import { byAddress, refusal, resource, testStack, type Json } from '../synth';
import { cluster, made, pools, project } from './cluster-fixtures';

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
