import { TerraformVariable } from 'cdktf';
import { problems, refusal, testStack } from '../../synth';
import { a100, l4, made, pool } from './fixtures';

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
