import { clusterObjects, driftLines } from './drift-of';

const role = (rules: readonly object[], kind = 'Role') => ({
  kind,
  metadata: { name: 'jobs', ...(kind === 'Role' && { namespace: 'books' }) },
  rules,
});
const binding = (
  kind = 'RoleBinding',
  roleRef: object = { kind: 'Role', name: 'jobs' },
  more: object = {},
) => ({
  kind,
  metadata: { name: 'jobs', ...(kind === 'RoleBinding' && { namespace: 'books' }), ...more },
  roleRef,
  subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'books' }],
});
const jobs = (...verbs: readonly string[]) => ({ apiGroups: ['batch'], resources: ['jobs'], verbs });
const stack = {
  kubernetes_manifest: {
    role: { manifest: role([jobs('get', 'create')]) },
    binding: { manifest: binding() },
  },
};
const ends = 'kubernetes.serviceAccount/books/web -> kubernetes.namespace/books';

test('the same rules in other objects are no drift', () => {
  const split = [role([jobs('get'), jobs('create')]), binding()];
  expect(driftLines(stack, clusterObjects(...split))).toEqual([]);
});

test.each<[string, object[], string[]]>([
  [
    'another verb',
    [role([jobs('get', 'create', 'delete')]), binding()],
    [`widened | ${ends} | Role/jobs | create batch/jobs | delete batch/jobs | get batch/jobs`],
  ],
  [
    'a verb fewer',
    [role([jobs('get')]), binding()],
    [`missing | ${ends} | Role/jobs | create batch/jobs | get batch/jobs`],
  ],
  [
    'no binding',
    [role([jobs('get', 'create')])],
    [`missing | ${ends} | Role/jobs | create batch/jobs | get batch/jobs`],
  ],
  [
    'the whole cluster',
    [
      role([jobs('get', 'create')]),
      binding(),
      role([jobs('get', 'create')], 'ClusterRole'),
      binding('ClusterRoleBinding', { kind: 'ClusterRole', name: 'jobs' }),
    ],
    [
      'extra | kubernetes.serviceAccount/books/web -> kubernetes.resource/cluster | ClusterRole/jobs | create batch/jobs | get batch/jobs',
    ],
  ],
  [
    'a URL',
    [
      role([jobs('get', 'create')]),
      binding(),
      role([{ nonResourceURLs: ['/metrics'], verbs: ['get'] }], 'ClusterRole'),
      binding('ClusterRoleBinding', { kind: 'ClusterRole', name: 'jobs' }),
    ],
    [
      'extra | kubernetes.serviceAccount/books/web -> kubernetes.resource/cluster | ClusterRole/jobs | get /metrics',
    ],
  ],
])('finds %s', (_, objects, lines) => {
  expect(driftLines(stack, clusterObjects(...objects))).toEqual(lines);
});

test('a subresource is another resource', () => {
  const pods = (resource: string) => [
    role([{ apiGroups: [''], resources: [resource], verbs: ['get'] }]),
    binding(),
  ];
  const [declared, bound] = pods('pods/log');
  const own = { kubernetes_manifest: { role: { manifest: declared }, binding: { manifest: bound } } };
  expect(driftLines(own, clusterObjects(...pods('pods/log')))).toEqual([]);
  expect(driftLines(own, clusterObjects(...pods('*/log')))).toEqual([
    `widened | ${ends} | Role/jobs | get core/*/log`,
  ]);
  expect(driftLines(own, clusterObjects(...pods('pods')))).toHaveLength(2);
});

describe('a binding with the label of the API server', () => {
  const bootstrap = (name: string, subject: object) => ({
    kind: 'ClusterRoleBinding',
    metadata: { name, labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } },
    roleRef: { kind: 'ClusterRole', name },
    subjects: [subject],
  });
  test.each<[string, object, number]>([
    ['cluster-admin', { kind: 'Group', name: 'system:masters' }, 0],
    ['system:kube-scheduler', { kind: 'User', name: 'system:kube-scheduler' }, 0],
    ['system:discovery', { kind: 'Group', name: 'system:authenticated' }, 0],
    [
      'system:controller:job-controller',
      { kind: 'ServiceAccount', name: 'job-controller', namespace: 'kube-system' },
      0,
    ],
    ['cluster-admin', { kind: 'User', name: 'stranger' }, 1],
    ['cluster-admin', { kind: 'Group', name: 'system:authenticated' }, 1],
    ['system:kube-scheduler', { kind: 'Group', name: 'system:unauthenticated' }, 1],
    ['system:kube-scheduler', { kind: 'ServiceAccount', name: 'web', namespace: 'books' }, 1],
  ])('of %s for %j has %i findings', (name, subject, count) => {
    expect(driftLines({}, clusterObjects(bootstrap(name, subject)))).toHaveLength(count);
  });
});
