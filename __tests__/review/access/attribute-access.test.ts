import { reviewOf } from '../plans';

const policy = {
  metadata: [{ name: 'default-deny', namespace: 'books' }],
  spec: [{ pod_selector: [{}], policy_types: ['Ingress', 'Egress'] }],
};
const type = 'kubernetes_network_policy_v1';
const rows = (before: object | null, after: object | null, actions?: readonly string[]) =>
  reviewOf([{ type, before, after, ...(actions && { actions }) }]).access.map(({ verdict, details }) => [
    verdict,
    ...details,
  ]);

test('a network policy that is deleted gives access, and one that is replaced does not', () => {
  expect(rows(policy, null)).toEqual([
    [
      'broadened',
      'The network policy is deleted: its pods accept the traffic that only this policy rejected.',
    ],
  ]);
  expect(rows(policy, policy, ['delete', 'create'])).toEqual([]);
});
