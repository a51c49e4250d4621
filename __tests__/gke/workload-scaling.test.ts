import { TerraformVariable } from 'cdktf';
import { resource, resources, testStack } from '../synth';
import { POD, RESTARTED, deployment, workload } from './workload-fixtures';

describe('scaling', () => {
  test('a fixed number of pods has no autoscaler', () => {
    const stack = workload({ replicas: 0 });
    expect(resource(stack, 'kubernetes_deployment_v1').spec!.replicas).toBe('0');
    expect(resources(stack, 'kubernetes_horizontal_pod_autoscaler_v2')).toHaveLength(0);
  });

  test('an autoscaler owns the number, and Terraform leaves it alone', () => {
    const stack = workload({ autoscaling: { minReplicas: 1, maxReplicas: 20, cpuPercent: 50 } });
    const { spec, lifecycle } = resource(stack, 'kubernetes_deployment_v1');
    expect(spec).not.toHaveProperty('replicas');
    expect(lifecycle).toEqual({ ignore_changes: [RESTARTED, `${POD}.toleration`, 'spec[0].replicas'] });
    expect(resource(stack, 'kubernetes_horizontal_pod_autoscaler_v2').spec).toEqual({
      min_replicas: 1,
      max_replicas: 20,
      scale_target_ref: { api_version: 'apps/v1', kind: 'Deployment', name: 'web' },
      metric: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', average_utilization: 50 } },
        },
      ],
    });
  });

  test('at most one pod is taken down at once', () => {
    expect(resource(workload(), 'kubernetes_pod_disruption_budget_v1').spec!.max_unavailable).toBe('1');
    expect(deployment().strategy).toEqual({
      type: 'RollingUpdate',
      rolling_update: { max_surge: '25%', max_unavailable: '0' },
    });
  });

  test('a number that Terraform will know is compared with none', () => {
    const stack = testStack();
    const maxReplicas = new TerraformVariable(stack, 'most', { type: 'number' }).numberValue;
    expect(() => workload({ autoscaling: { minReplicas: 1, maxReplicas } }, stack)).not.toThrow();
  });
});
