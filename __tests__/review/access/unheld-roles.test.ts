import { reviewOf, type Change } from '../plans';

const rows = (changes: readonly Change[]) =>
  reviewOf(changes).access.map(({ verdict, subject, details }) => [verdict, subject, ...details]);
const custom = (permissions: readonly string[], more: object = {}) => ({
  role_id: 'reader',
  project: 'p',
  permissions,
  ...more,
});
const CUSTOM = 'google_project_iam_custom_role';

test.each([
  [
    'a permission more',
    ['a.b.get'],
    ['a.b.get', 'a.b.delete'],
    [['broadened', 'holders of roles/reader', 'may now a.b.delete']],
  ],
  [
    'a permission less',
    ['a.b.get', 'a.b.list'],
    ['a.b.get'],
    [['narrowed', 'holders of roles/reader', 'may no longer a.b.list']],
  ],
  ['another order', ['a.b.get', 'a.b.list'], ['a.b.list', 'a.b.get'], []],
])('a custom role without a holder in the plan: %s', (_, before, after, expected) => {
  expect(rows([{ type: CUSTOM, before: custom(before), after: custom(after) }])).toEqual(expected);
});

test('a custom role whose permissions are known after apply', () => {
  const change = { type: CUSTOM, before: custom(['a.b.get']), actions: ['update'] };
  const after = { role_id: 'reader', project: 'p' };
  expect(rows([{ ...change, after, unknown: { permissions: true } }]).map(([verdict]) => verdict)).toEqual([
    'unknown',
  ]);
});

test('a custom role that is enabled again', () => {
  expect(
    rows([
      {
        type: CUSTOM,
        before: custom(['a.b.get'], { stage: 'DISABLED' }),
        after: custom(['a.b.get'], { stage: 'GA' }),
      },
    ]),
  ).toEqual([['broadened', `${CUSTOM}.x`, 'The role is enabled again.']]);
});

const clusterRole = (verbs: readonly string[], more: object = {}) => ({
  metadata: [{ name: 'reader', labels: { part: 'yes' } }],
  rule: [{ api_groups: [''], resources: ['pods'], verbs, ...more }],
});
const CLUSTER_ROLE = 'kubernetes_cluster_role_v1';

test('a ClusterRole without a binding in the plan', () => {
  expect(
    rows([{ type: CLUSTER_ROLE, before: clusterRole(['get']), after: clusterRole(['get', 'delete']) }]),
  ).toEqual([['broadened', 'holders of ClusterRole/reader', expect.stringMatching(/^may now delete pods/)]]);
});

test('a role that a binding of the plan has is one row, that of the subject', () => {
  const binding = {
    metadata: [{ name: 'b' }],
    role_ref: [{ kind: 'ClusterRole', name: 'reader' }],
    subject: [{ kind: 'Group', name: 'staff' }],
  };
  expect(
    rows([
      { type: CLUSTER_ROLE, before: clusterRole(['get']), after: clusterRole(['get', 'delete']) },
      { type: 'kubernetes_cluster_role_binding_v1', name: 'b', before: binding, after: binding },
    ]).map(([, subject]) => subject),
  ).toEqual(['Group staff']);
});

test('an aggregated ClusterRole gains the rules of a new part', () => {
  const aggregated = {
    metadata: [{ name: 'all' }],
    aggregation_rule: [{ cluster_role_selectors: [{ match_labels: { part: 'yes' } }] }],
  };
  const binding = {
    metadata: [{ name: 'b' }],
    role_ref: [{ kind: 'ClusterRole', name: 'all' }],
    subject: [{ kind: 'Group', name: 'staff' }],
  };
  expect(
    rows([
      { type: CLUSTER_ROLE, name: 'all', before: aggregated, after: aggregated },
      { type: 'kubernetes_cluster_role_binding_v1', name: 'b', before: binding, after: binding },
      { type: CLUSTER_ROLE, name: 'part', after: clusterRole(['get']) },
    ]),
  ).toEqual([
    [
      'broadened',
      'Group staff',
      'now: Kubernetes subject Group staff has ClusterRole/all: get pods on resource the whole cluster.',
    ],
  ]);
});
