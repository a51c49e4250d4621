import { TerraformVariable } from 'cdktf';
import { refusal, resource, testStack } from '../../synth';
import { type Props, a100, l4, made, pool } from './fixtures';

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
