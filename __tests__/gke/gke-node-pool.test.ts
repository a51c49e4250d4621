import { byAddress } from '../synth';
import { type Props, l4, made, pool } from './node-pool/fixtures';

test('the smallest pool is private, shielded and scales from none to three', () => {
  expect(byAddress(pool())).toMatchInlineSnapshot(`
   {
     "google_container_node_pool.pool_8FF6099E": {
       "autoscaling": {
         "location_policy": "BALANCED",
         "total_max_node_count": 3,
         "total_min_node_count": 0,
       },
       "cluster": "books",
       "initial_node_count": 0,
       "lifecycle": {
         "ignore_changes": [
           "initial_node_count",
         ],
       },
       "location": "us-central1",
       "management": {
         "auto_repair": true,
         "auto_upgrade": true,
       },
       "name": "default-pool",
       "network_config": {
         "enable_private_nodes": true,
       },
       "node_config": {
         "disk_size_gb": 100,
         "image_type": "COS_CONTAINERD",
         "kubelet_config": {
           "insecure_kubelet_readonly_port_enabled": "FALSE",
         },
         "machine_type": "e2-standard-4",
         "metadata": {
           "disable-legacy-endpoints": "true",
         },
         "oauth_scopes": [
           "https://www.googleapis.com/auth/cloud-platform",
         ],
         "service_account": "nodes@my-project.iam.gserviceaccount.com",
         "shielded_instance_config": {
           "enable_integrity_monitoring": true,
           "enable_secure_boot": true,
         },
         "workload_metadata_config": {
           "mode": "GKE_METADATA",
         },
       },
       "project": "my-project",
       "upgrade_settings": {
         "max_surge": 1,
         "max_unavailable": 0,
       },
     },
   }
  `);
});

describe('size', () => {
  test('a fixed number scales by itself nowhere', () => {
    const fixed = made({ nodeCount: 2 });
    expect(fixed.node_count).toBe(2);
    expect(fixed).not.toHaveProperty('autoscaling');
    expect(fixed).not.toHaveProperty('initial_node_count');
    expect(fixed.lifecycle).toEqual({ ignore_changes: [] });
  });

  test.each<[string, Props, string]>([
    ['on demand', {}, 'BALANCED'],
    ['spot', { spot: true }, 'ANY'],
    ['flex-start', { flexStart: true, ...l4 }, 'ANY'],
    ['queued', { queuedProvisioning: true, ...l4 }, 'ANY'],
    [
      'spot where balance is asked for',
      { spot: true, autoscaling: { maxNodes: 3, locationPolicy: 'BALANCED' } },
      'BALANCED',
    ],
  ])('nodes %s are placed %s', (_, props, policy) => {
    expect(made(props).autoscaling!.location_policy).toBe(policy);
  });

  test.each([
    [0, 0],
    [1, 1],
    [5, 1],
  ])('with at least %d nodes it starts with %d a zone', (minNodes, initial) => {
    expect(made({ autoscaling: { minNodes, maxNodes: 9 } })).toMatchObject({
      initial_node_count: initial,
      autoscaling: { total_min_node_count: minNodes, total_max_node_count: 9 },
    });
  });
});

describe('nodes that come and go', () => {
  test.each<[string, Props]>([
    ['flex-start', { flexStart: true, ...l4 }],
    ['queued', { queuedProvisioning: true, ...l4 }],
  ])('%s: no reservation, no repair, no surge', (_, props) => {
    const nodes = made(props);
    expect(nodes.node_config!.reservation_affinity).toEqual({ consume_reservation_type: 'NO_RESERVATION' });
    expect(nodes.management).toEqual({ auto_repair: false, auto_upgrade: true });
    expect(nodes).not.toHaveProperty('upgrade_settings');
    expect(nodes.initial_node_count).toBe(0);
  });

  test('flex-start says so on the nodes and ends them in time', () => {
    expect(made({ flexStart: true, maxRunDurationSeconds: 3600, ...l4 }).node_config).toMatchObject({
      flex_start: true,
      max_run_duration: '3600s',
    });
  });

  test('queued provisioning says so on the pool', () => {
    expect(made({ queuedProvisioning: true, ...l4 }).queued_provisioning).toEqual({ enabled: true });
    expect(made({ queuedProvisioning: false, ...l4 })).not.toHaveProperty('queued_provisioning');
  });

  test('a reservation is named where one is meant', () => {
    expect(made({ reservation: 'books-gpus' }).node_config!.reservation_affinity).toEqual({
      consume_reservation_type: 'SPECIFIC_RESERVATION',
      key: 'compute.googleapis.com/reservation-name',
      values: ['books-gpus'],
    });
  });
});

test('taints, labels, tags and zones reach the nodes', () => {
  const nodes = made({
    zones: ['us-central1-a'],
    labels: { tier: 'gpu' },
    networkTags: ['gpu'],
    taints: [{ key: 'dedicated', value: 'training', effect: 'NO_SCHEDULE' }],
    maxPodsPerNode: 32,
  });
  expect(nodes).toMatchObject({
    node_locations: ['us-central1-a'],
    max_pods_per_node: 32,
    node_config: {
      labels: { tier: 'gpu' },
      tags: ['gpu'],
      taint: [{ key: 'dedicated', value: 'training', effect: 'NO_SCHEDULE' }],
    },
  });
});
