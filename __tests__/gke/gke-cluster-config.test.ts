import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { GkeNetwork } from '../../lib/gke/gke-network';
import { byAddress, refusal, resource, resources, synthesized, testStack, type Json } from '../synth';
import { type Props, cluster, made, pools } from './cluster-fixtures';

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
      { databaseKmsKeyName: 'projects/p/locations/us-central1/keyRings/r/cryptoKeys/k' },
      (c) => c.database_encryption,
      { state: 'ENCRYPTED', key_name: 'projects/p/locations/us-central1/keyRings/r/cryptoKeys/k' },
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
