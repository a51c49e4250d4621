import { modelOf, planOf } from './plans';
import { reviewPlans } from '../../lib/review';

/*
 * A plan has more than the arguments of the configuration: defaults and computed attributes of the provider, and an
 * empty list where a block is omitted. The values are those that Google's and Kubernetes' providers plan.
 */

const newFindings = (type: string, after: object, unknown: object = {}) =>
  reviewPlans(modelOf(planOf([{ type, after, unknown }])), {})
    .newFindings.map(({ rule }) => rule)
    .filter((rule) => ['GKE017', 'K8S002'].includes(rule));

test('an Autopilot cluster has no finding for what the provider computes', () => {
  const after = {
    enable_autopilot: true,
    enable_shielded_nodes: true,
    network_policy: [],
    cluster_autoscaling: [{ resource_limits: [] }],
  };
  const unknown = {
    addons_config: true,
    cluster_autoscaling: [{ enabled: true }],
    default_max_pods_per_node: true,
    node_pool: true,
  };
  expect(newFindings('google_container_cluster', after, unknown)).toEqual([]);
});

const podWith = (volume: object) => ({ spec: [{ template: [{ spec: [{ volume: [volume] }] }] }] });

test('a volume without a path of the node has no finding', () => {
  expect(
    newFindings(
      'kubernetes_deployment_v1',
      podWith({ name: 'tmp', empty_dir: [{ medium: '' }], host_path: [] }),
    ),
  ).toEqual([]);
});

test('a volume with a path of the node has a finding', () => {
  expect(
    newFindings('kubernetes_deployment_v1', podWith({ name: 'node', host_path: [{ path: '/' }] })),
  ).toEqual(['K8S002']);
});
