import { TerraformVariable } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { GkeNodePool } from '../../lib/gke/gke-node-pool';
import type { GkeNodePoolOptions } from '../../lib/gke/node-pool/node-pool-options';
import { GoogleServiceAccount } from '../../lib/identity/google-service-account';
import { byAddress, problems, refusal, resource, testStack } from '../synth';

type Props = Partial<Record<keyof GkeNodePoolOptions, unknown>>;

function pool(props: Props = {}, stack = testStack()) {
  const project = { id: 'my-project' };
  const cluster = GkeCluster.fromAttributes(stack, 'cluster', {
    project,
    name: 'books',
    location: 'us-central1',
  });
  const email = 'nodes@my-project.iam.gserviceaccount.com';
  new GkeNodePool(stack, 'pool', {
    cluster,
    nodeServiceAccount: GoogleServiceAccount.fromEmail(stack, 'nodes', email),
    name: 'default-pool',
    ...props,
  } as never);
  return stack;
}
const made = (props: Props) => resource(pool(props), 'google_container_node_pool');

const l4 = { machineType: 'g2-standard-4', gpu: { type: 'nvidia-l4', count: 1 } };
const a100 = { machineType: 'a2-highgpu-1g', gpu: { type: 'nvidia-tesla-a100', count: 1 } };

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

describe('boot disk', () => {
  test.each([
    ['c4-standard-16'],
    ['c4a-standard-4'],
    ['c4d-standard-4'],
    ['n4-standard-4'],
    ['h4d-standard-192'],
    ['x4-megamem-960-metal'],
    ['a3-ultragpu-8g'],
    ['a4-highgpu-8g'],
    ['g4-standard-48'],
  ])('is a Hyperdisk on %s, which accepts no other', (machineType) => {
    expect(made({ machineType }).node_config!.disk_type).toBe('hyperdisk-balanced');
    expect(made({ machineType, diskType: 'hyperdisk-extreme' }).node_config!.disk_type).toBe(
      'hyperdisk-extreme',
    );
    expect(refusal(() => pool({ machineType, diskType: 'pd-ssd' })).message).toBe(
      `prod/pool: diskType must be a Hyperdisk for ${machineType}, which accepts no Persistent Disk (got "pd-ssd"). Use "hyperdisk-balanced", or omit it.`,
    );
  });

  test.each([['e2-standard-4'], ['c3-standard-4'], ['n2-standard-4'], ['a3-highgpu-8g'], ['x9-newest-4']])(
    'is left to GKE on %s',
    (machineType) => {
      expect(made({ machineType }).node_config).not.toHaveProperty('disk_type');
      expect(made({ machineType, diskType: 'pd-ssd' }).node_config!.disk_type).toBe('pd-ssd');
    },
  );

  test('is left to GKE on a machine type that Terraform knows later', () => {
    const stack = testStack();
    const machineType = new TerraformVariable(stack, 'machine', { type: 'string' }).stringValue;
    pool({ machineType, diskType: 'pd-ssd' }, stack);
    expect(resource(stack, 'google_container_node_pool').node_config!.disk_type).toBe('pd-ssd');
  });
});

describe('GPUs', () => {
  const GPU_TAINT = { key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' };
  const spotTaint = { key: 'spot', value: 'true', effect: 'NO_SCHEDULE' };

  test.each<[string, unknown, unknown]>([
    ['no other taint', undefined, [GPU_TAINT]],
    ['another taint', [spotTaint], [spotTaint, GPU_TAINT]],
    ['the same key', [{ ...GPU_TAINT, effect: 'NO_EXECUTE' }], [{ ...GPU_TAINT, effect: 'NO_EXECUTE' }]],
  ])('keep other pods away by a taint, beside %s', (_, taints, expected) => {
    expect(made({ ...l4, taints }).node_config!.taint).toEqual(expected);
  });

  test('are the only reason for the taint', () => {
    expect(made({}).node_config).not.toHaveProperty('taint');
  });

  test('get a driver, and what GKE adds by itself does not replace the pool', () => {
    const gpus = made(l4);
    expect(gpus.node_config!.guest_accelerator).toEqual([
      { type: 'nvidia-l4', count: 1, gpu_driver_installation_config: { gpu_driver_version: 'DEFAULT' } },
    ]);
    expect(gpus.lifecycle).toEqual({
      ignore_changes: ['initial_node_count', 'node_config[0].resource_labels'],
    });
  });

  test('are shared and cut as asked', () => {
    const sharing = { strategy: 'TIME_SHARING', maxSharedClientsPerGpu: 4 };
    const gpu = { ...a100.gpu, partitionSize: '1g.5gb', sharing, driverVersion: 'LATEST' };
    expect(made({ ...a100, gpu }).node_config!.guest_accelerator).toEqual([
      {
        type: 'nvidia-tesla-a100',
        count: 1,
        gpu_partition_size: '1g.5gb',
        gpu_driver_installation_config: { gpu_driver_version: 'LATEST' },
        gpu_sharing_config: { gpu_sharing_strategy: 'TIME_SHARING', max_shared_clients_per_gpu: 4 },
      },
    ]);
  });

  test.each([
    ['a2-highgpu-1g', 'nvidia-tesla-a100', 1],
    ['a2-megagpu-16g', 'nvidia-tesla-a100', 16],
    ['a2-ultragpu-2g', 'nvidia-a100-80gb', 2],
    ['a3-highgpu-8g', 'nvidia-h100-80gb', 8],
    ['a3-megagpu-8g', 'nvidia-h100-mega-80gb', 8],
    ['a3-ultragpu-8g', 'nvidia-h200-141gb', 8],
    ['a4-highgpu-8g', 'nvidia-b200', 8],
    ['g2-standard-12', 'nvidia-l4', 1],
    ['g2-standard-24', 'nvidia-l4', 2],
    ['g2-standard-48', 'nvidia-l4', 4],
    ['g2-standard-96', 'nvidia-l4', 8],
    ['n1-standard-8', 'nvidia-tesla-t4', 4],
    ['x9-newest-4', 'nvidia-next', 4],
  ])('%s may have %s, %d of them', (machineType, type, count) => {
    expect(made({ machineType, gpu: { type, count } }).node_config!.machine_type).toBe(machineType);
  });

  test.each([
    ['a2-highgpu-1g', 'nvidia-l4', 'be nvidia-tesla-a100, the GPU of a2-highgpu-1g'],
    ['g2-standard-4', 'nvidia-tesla-t4', 'be nvidia-l4, the GPU of g2-standard-4'],
    ['a3-ultragpu-8g', 'nvidia-h100-80gb', 'be nvidia-h200-141gb, the GPU of a3-ultragpu-8g'],
    ['e2-standard-4', 'nvidia-l4', 'be omitted for e2-standard-4, which accepts no GPU'],
    ['n2-standard-4', 'nvidia-tesla-t4', 'be omitted for n2-standard-4, which accepts no GPU'],
    [
      'n1-standard-4',
      'nvidia-l4',
      'be a GPU that n1-standard-4 accepts: nvidia-tesla-t4, nvidia-tesla-p4, nvidia-tesla-v100, nvidia-tesla-p100',
    ],
  ])('%s with %s is refused', (machineType, type, rule) => {
    const count = Number(/-(\d+)g$/.exec(machineType)?.[1] ?? 1);
    expect(problems(() => pool({ machineType, gpu: { type, count } }))).toEqual({
      'gpu.type': {
        property: 'gpu.type',
        value: type,
        rule,
        fix: 'Change the accelerator or the machine type.',
      },
    });
  });

  test.each([
    ['a3-highgpu-8g', 'nvidia-h100-80gb', 4, 8],
    ['a2-highgpu-1g', 'nvidia-tesla-a100', 2, 1],
    ['g2-standard-24', 'nvidia-l4', 1, 2],
    ['g2-standard-4', 'nvidia-l4', 2, 1],
  ])('%s with %s, but %d of them, is refused', (machineType, type, count, built) => {
    expect(refusal(() => pool({ machineType, gpu: { type, count } })).message).toBe(
      `prod/pool: gpu.count must match ${machineType}, which has ${built} (got ${count}). Use ${built}.`,
    );
  });

  const unknownGpu = () => {
    const stack = testStack();
    const count = new TerraformVariable(stack, 'count', { type: 'number' }).numberValue;
    const type = new TerraformVariable(stack, 'type', { type: 'string' }).stringValue;
    return refusal(() => pool({ ...l4, gpu: { type, count } }, stack));
  };

  test('a type and a number that Terraform will know are refused, since the machine type is held against them', () => {
    const fix = 'Pass a plain value instead of a token.';
    const rule = 'be known at synth';
    expect(unknownGpu().problems.slice(0, 2)).toEqual([
      { property: 'gpu.type', value: 'a token', rule, fix },
      { property: 'gpu.count', value: 'a token', rule, fix },
    ]);
  });

  test('a type and a number that Terraform will know are refused once each, without the token in the message', () => {
    expect(unknownGpu().problems).toHaveLength(2);
    expect(unknownGpu().message).not.toMatch(/TfToken|e\+298/);
  });
});

describe('combinations that GKE refuses', () => {
  const mps = { strategy: 'MPS', maxSharedClientsPerGpu: 4 };

  test.each<[string, Props, string]>([
    [
      'flex-start and spot',
      { flexStart: true, spot: true },
      'spot must be false for nodes with flexStart (got true). Choose one of the two.',
    ],
    [
      'flex-start and a reservation',
      { flexStart: true, reservation: 'r' },
      'reservation must be omitted for nodes with flexStart (got "r"). Omit it.',
    ],
    [
      'flex-start and a fixed number',
      { flexStart: true, nodeCount: 1 },
      'nodeCount must be set for nodes with flexStart (got 1). Use autoscaling.maxNodes.',
    ],
    [
      'flex-start and a least number',
      { flexStart: true, autoscaling: { minNodes: 1, maxNodes: 2 } },
      'autoscaling.minNodes must be 0 for nodes with flexStart (got 1). Use 0.',
    ],
    [
      'queued and spot',
      { queuedProvisioning: true, spot: true, ...l4 },
      'spot must be false for nodes with queuedProvisioning (got true). Choose one of the two.',
    ],
    [
      'queued and a reservation',
      { queuedProvisioning: true, reservation: 'r', ...l4 },
      'reservation must be omitted for nodes with queuedProvisioning (got "r"). Omit it.',
    ],
    [
      'queued and a fixed number',
      { queuedProvisioning: true, nodeCount: 1, ...l4 },
      'nodeCount must be set for nodes with queuedProvisioning (got 1). Use autoscaling.maxNodes.',
    ],
    [
      'queued and a least number',
      { queuedProvisioning: true, autoscaling: { minNodes: 1, maxNodes: 2 }, ...l4 },
      'autoscaling.minNodes must be 0 for nodes with queuedProvisioning (got 1). Use 0.',
    ],
    [
      'queued without a GPU',
      { queuedProvisioning: true },
      'gpu is required when queuedProvisioning is true. Set gpu, or omit queuedProvisioning.',
    ],
    [
      'a fixed number and autoscaling',
      { nodeCount: 1, autoscaling: { maxNodes: 2 } },
      'nodeCount must be omitted when autoscaling is set (got 1). Omit one of the two.',
    ],
    [
      'a least number above the most',
      { autoscaling: { minNodes: 3, maxNodes: 2 } },
      'autoscaling.minNodes must not exceed maxNodes (2) (got 3). Swap the two.',
    ],
    [
      'MPS on a partition',
      { ...a100, gpu: { ...a100.gpu, partitionSize: '1g.5gb', sharing: mps } },
      'gpu.sharing.strategy must not be MPS for a partition of a GPU (got "MPS"). Use "TIME_SHARING".',
    ],
    [
      'a GPU on no machine type',
      { gpu: l4.gpu },
      'machineType is required for a pool with GPUs. Set it, for example to "g2-standard-4".',
    ],
  ])('%s', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => pool(props, stack)).message).toBe(`prod/pool: ${message}`);
    expect(stack.node.tryFindChild('pool')).toBeUndefined();
  });

  test('all of them come in one error', () => {
    const bad = { flexStart: true, queuedProvisioning: true, spot: true, reservation: 'r', nodeCount: 1 };
    expect(refusal(() => pool(bad)).problems.map(({ property }) => property)).toEqual([
      'spot',
      'reservation',
      'nodeCount',
      'spot',
      'reservation',
      'nodeCount',
      'gpu',
    ]);
  });
});

describe('combinations that GKE takes', () => {
  test.each<[string, Props]>([
    ['spot alone', { spot: true }],
    ['spot with GPUs', { spot: true, ...l4 }],
    ['flex-start without a GPU', { flexStart: true }],
    ['flex-start and queued', { flexStart: true, queuedProvisioning: true, ...l4 }],
    ['flex-start from 0', { flexStart: true, autoscaling: { minNodes: 0, maxNodes: 2 } }],
    ['flexStart switched off, with spot', { flexStart: false, spot: true }],
    ['as few nodes as there may be', { autoscaling: { minNodes: 2, maxNodes: 2 } }],
    [
      'MPS on a whole GPU',
      { ...l4, gpu: { ...l4.gpu, sharing: { strategy: 'MPS', maxSharedClientsPerGpu: 2 } } },
    ],
    ['no node at all', { nodeCount: 0 }],
    ['a reservation and a fixed number', { reservation: 'r', nodeCount: 1 }],
  ])('%s', (_, props) => {
    expect(made(props).name).toBe('default-pool');
  });
});

describe('bounds', () => {
  const inside = (property: string, value: unknown) => {
    const [outer, inner] = property.split('.') as [string, string?];
    const base = outer === 'autoscaling' ? { maxNodes: 15_000 } : { type: 'nvidia-l4' };
    const gpu = outer === 'gpu' ? { machineType: 'n9-x' } : {};
    return inner === undefined ? { [outer]: value } : { ...gpu, [outer]: { ...base, [inner]: value } };
  };

  test.each([
    ['diskSizeGb', 10, 65_536],
    ['nodeCount', 0, 1_000],
    ['maxRunDurationSeconds', 60, 604_800],
    ['maxPodsPerNode', 8, 256],
    ['autoscaling.minNodes', 0, 15_000],
    ['autoscaling.maxNodes', 1, 15_000],
    ['gpu.count', 1, 16],
  ])('%s is from %d to %d', (property, min, max) => {
    for (const good of [min, max]) expect(() => pool(inside(property, good))).not.toThrow();
    for (const bad of [min - 1, max + 1]) {
      expect(refusal(() => pool(inside(property, bad))).message).toContain(
        `${property} must be a whole number from ${min} to ${max} (got ${bad}).`,
      );
    }
  });

  test.each<[string, unknown, string]>([
    ['machineType', 'E2-standard-4', 'be a machine type, for example "e2-standard-4"'],
    ['zones', ['us-central1'], 'be a zone, for example "us-central1-a"'],
    ['zones', [], 'be a list of at least 1 item'],
    ['networkTags', ['Web'], 'have 1 to 63 lower-case letters'],
    [
      'taints',
      [{ key: 'dedicated', value: 'x', effect: 'NoSchedule' }],
      'be one of "NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"',
    ],
    ['labels', { 'a b': 'x' }, 'be a label or annotation key'],
  ])('%s: %j is refused', (property, value, rule) => {
    expect(refusal(() => pool({ [property]: value })).problems).toMatchObject([
      { rule: expect.stringContaining(rule) },
    ]);
  });

  test('a number that Terraform will know is compared with none', () => {
    const stack = testStack();
    const maxNodes = new TerraformVariable(stack, 'most', { type: 'number' }).numberValue;
    expect(() => pool({ autoscaling: { minNodes: 1, maxNodes } }, stack)).not.toThrow();
  });

  test('a duration that Terraform will know stays a reference', () => {
    const stack = testStack();
    const maxRunDurationSeconds = new TerraformVariable(stack, 'most', { type: 'number' }).numberValue;
    expect(
      resource(pool({ maxRunDurationSeconds }, stack), 'google_container_node_pool').node_config!
        .max_run_duration,
    ).toBe('${var.most}s');
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
