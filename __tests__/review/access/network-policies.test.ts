import { reviewOf, type Change } from '../plans';

const policy = (name: string, types: readonly string[], selector: object = {}) => ({
  metadata: [{ name, namespace: 'books' }],
  spec: [{ pod_selector: [selector], policy_types: types }],
});
const type = 'kubernetes_network_policy_v1';
const denial = policy('default-deny', ['Ingress', 'Egress']);
const labels = { match_labels: { app: 'web' } };
const kept = (name: string, given: object): Change => ({ type, name, before: given, after: given });
const namespace = (after: object | null): Change => ({
  type: 'kubernetes_namespace_v1',
  before: { metadata: [{ name: 'books' }] },
  after,
});

test.each<[string, readonly Change[], number]>([
  ['deleted', [], 1],
  ['deleted beside one for egress', [kept('dns', policy('dns', ['Egress']))], 1],
  ['deleted beside one for some pods', [kept('web', policy('web', ['Ingress', 'Egress'], labels))], 1],
  ['deleted beside one for both directions', [kept('all', policy('all', ['Egress', 'Ingress']))], 0],
  ['deleted with its namespace', [namespace(null)], 0],
  ['deleted without its namespace', [namespace({ metadata: [{ name: 'books' }] })], 1],
])('a policy that is %s', (_, others, rows) => {
  const { access } = reviewOf([{ type, before: denial, after: null }, ...others]);
  expect(access.map(({ verdict, subject, details }) => [verdict, subject, ...details])).toEqual(
    Array.from({ length: rows }, () => [
      'broadened',
      `${type}.x`,
      'The network policy is deleted: its pods accept the traffic that only this policy rejected.',
    ]),
  );
});

test('a policy that is replaced or created opens nothing', () => {
  const replaced = { type, before: denial, after: denial, actions: ['delete', 'create'] };
  expect(reviewOf([replaced]).access).toEqual([]);
  expect(reviewOf([{ type, after: denial }]).access).toEqual([]);
});
