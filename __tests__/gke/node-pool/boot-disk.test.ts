import { TerraformVariable } from 'cdktf';
import { refusal, resource, testStack } from '../../synth';
import { made, pool } from './fixtures';

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
