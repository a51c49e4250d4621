import { resource, type Json } from '../../synth';
import { type Props, google, stackWith } from './fixtures';

const container = (props: Props = {}) => {
  const { spec } = resource(stackWith(props), 'kubernetes_deployment_v1').spec!.template!;
  return (spec!.container as unknown as Json[])[0]!;
};

test('a change of the configuration makes new pods, the same one does not', () => {
  const hash = (props: Props) =>
    resource(stackWith(props), 'kubernetes_deployment_v1').spec!.template!.metadata!.annotations!;
  expect(hash({})).toEqual(hash({}));
  expect(hash({})).not.toEqual(hash({ callers: [google] }));
  expect(hash({})).not.toEqual(hash({ limits: { requestBytes: 5 } }));
});

test('a pod has as long to stop as a request may take', () => {
  const grace = (timeoutSeconds: number) =>
    resource(stackWith({ limits: { timeoutSeconds } }), 'kubernetes_deployment_v1').spec!.template!.spec!
      .termination_grace_period_seconds;
  expect(grace(60)).toBe(75);
  expect(grace(900)).toBe(580);
});

test('what is asked for is what the pod gets', () => {
  const { resources } = container({ resources: { cpu: '1', memory: '1Gi' } });
  expect(resources).toEqual({
    limits: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '256Mi' },
    requests: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '256Mi' },
  });
});

const RESTARTED = 'spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]';
const POD = 'spec[0].template[0].spec[0]';
const spotTaint = { key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule' };

test.each<[string, Props, string[]]>([
  ['no further props', {}, [RESTARTED, `${POD}.toleration`]],
  ['tolerations, which stay as given', { tolerations: [spotTaint] }, [RESTARTED]],
  [
    'resources that the cluster adjusts',
    { resources: { adjustedByCluster: true } },
    [RESTARTED, `${POD}.toleration`, `${POD}.container[0].resources`],
  ],
])('keeps what others write into the pods, with %s', (_, props, ignored) => {
  expect(resource(stackWith(props), 'kubernetes_deployment_v1').lifecycle).toEqual({
    ignore_changes: ignored,
  });
});

test('the pods run on the selected nodes and tolerate their taints', () => {
  const nodeSelector = { 'cloud.google.com/gke-spot': 'true' };
  const { spec } = resource(stackWith({ nodeSelector, tolerations: [spotTaint] }), 'kubernetes_deployment_v1')
    .spec!.template!;
  expect(spec!.node_selector).toEqual(nodeSelector);
  expect(spec!.toleration).toEqual([spotTaint]);
});
