import { reviewOf, type Change } from './plans';

const changes = (list: readonly Change[], more: object = {}) => reviewOf(list, more).stacks[0]!.changes;
const bucket = (more: object = {}) => ({ bucket: 'books', force_destroy: false, ...more });
const S3 = 'aws_s3_bucket';

test.each<[string, Change, object]>([
  ['a creation', { type: S3, after: bucket() }, { action: 'create', isStatefulLoss: false, attributes: [] }],
  [
    'an update',
    { type: S3, before: bucket(), after: bucket({ force_destroy: true }) },
    { action: 'update', attributes: [{ path: 'force_destroy', before: 'false', after: 'true' }] },
  ],
  [
    'a deletion of data',
    { type: S3, before: bucket(), more: { action_reason: 'delete_because_no_resource_config' } },
    {
      action: 'delete',
      isStatefulLoss: true,
      notes: ['The configuration does not have it.', 'Its objects are deleted.'],
    },
  ],
  [
    'a replacement that deletes first',
    {
      type: S3,
      before: bucket(),
      after: bucket({ bucket: 'films' }),
      actions: ['delete', 'create'],
      change: { replace_paths: [['bucket']] },
      more: { action_reason: 'replace_because_cannot_update' },
    },
    {
      action: 'replace',
      isStatefulLoss: true,
      notes: [
        'The old one is deleted before the new one exists.',
        'Replaced because of bucket.',
        'The provider cannot change it in place.',
        'Its objects are deleted.',
      ],
    },
  ],
  [
    'a replacement that creates first',
    {
      type: 'aws_instance',
      before: {},
      after: {},
      actions: ['create', 'delete'],
      more: { action_reason: 'replace_because_tainted' },
    },
    {
      action: 'replace',
      isStatefulLoss: false,
      notes: ['The new one exists before the old one is deleted.', 'It is marked as tainted.'],
    },
  ],
  [
    'a forget',
    { type: S3, before: bucket(), actions: ['forget'] },
    {
      action: 'forget',
      isStatefulLoss: false,
      notes: ['The object remains, and no plan shows its changes any more.'],
    },
  ],
  [
    'a replacement of OpenTofu that forgets',
    { type: S3, before: bucket(), after: bucket(), actions: ['forget', 'create'] },
    { action: 'replace', isStatefulLoss: false, notes: ['The old one remains, without management.'] },
  ],
  [
    'the same of Terraform',
    { type: S3, before: bucket(), after: bucket(), actions: ['create', 'forget'] },
    { action: 'replace', notes: ['The old one remains, without management.'] },
  ],
  [
    'a move',
    { type: S3, before: bucket(), after: bucket(), previous: 'aws_s3_bucket.old' },
    { action: 'move', previousAddress: 'aws_s3_bucket.old', notes: ['Moved from aws_s3_bucket.old.'] },
  ],
  [
    'an import',
    { type: S3, before: bucket(), after: bucket(), change: { importing: { id: 'books' } } },
    { action: 'import', notes: ['Imported: books.'] },
  ],
  [
    'an import by identity',
    { type: S3, before: bucket(), after: bucket(), change: { importing: { identity: { a: 1 } } } },
    { action: 'import', notes: ['Imported.'] },
  ],
  [
    'a deposed object',
    { type: S3, before: bucket(), actions: ['delete'], more: { deposed: '0a1b' } },
    {
      action: 'delete',
      notes: ['It is left over from a replacement that failed.', 'Its objects are deleted.'],
    },
  ],
  [
    'a reason of a later Terraform',
    { type: S3, before: bucket(), more: { action_reason: 'delete_because_of_the_moon' } },
    { notes: ['Reason of Terraform: delete_because_of_the_moon.', 'Its objects are deleted.'] },
  ],
  [
    'an action of a later Terraform',
    { type: S3, before: bucket(), after: bucket(), actions: ['paint'] },
    { action: 'update', notes: ['The plan has an action that this release does not know.'] },
  ],
  [
    'a workload identity pool',
    { type: 'google_iam_workload_identity_pool', before: {} },
    { isStatefulLoss: true, notes: ['Its id stays blocked for 30 days.'] },
  ],
])('%s', (_, change, expected) => {
  expect(changes([change])).toEqual([expect.objectContaining(expected)]);
});

test('a change without effect and a data source are not listed', () => {
  expect(
    changes([
      { type: S3, before: bucket(), after: bucket() },
      { type: S3, after: bucket(), actions: ['read'], more: { mode: 'data' } },
    ]),
  ).toEqual([]);
});

test('losses come first', () => {
  const found = changes([
    { type: 'aws_instance', name: 'a', after: {} },
    { type: 'aws_instance', name: 'b', before: {} },
    { type: S3, name: 'c', before: bucket() },
  ]);
  expect(found.map(({ address }) => address)).toEqual([
    'aws_s3_bucket.c',
    'aws_instance.b',
    'aws_instance.a',
  ]);
});

test('a list changes by element and not by index', () => {
  const rules = (...ports: readonly number[]) => ({
    rule: ports.map((port) => ({ port, protocol: 'tcp' })),
    zones: ports.map(String),
  });
  const [change] = changes([{ type: 'x_y', before: rules(1, 2, 3), after: rules(0, 1, 2, 3) }]);
  expect(change!.attributes).toEqual([{ path: 'rule' }, { path: 'zones' }]);
  const members = (...list: readonly string[]) => ({ members: list });
  const [other] = changes([{ type: 'x_y', before: members('b', 'c'), after: members('a', 'b', 'c') }]);
  expect(other!.attributes).toEqual([{ path: 'members', after: 'a' }]);
});

test('unknown values are no removal', () => {
  const [change] = changes([
    { type: 'x_y', before: { name: 'a', role: 'r' }, after: { name: 'a' }, unknown: { role: true } },
  ]);
  expect(change!.attributes).toEqual([{ path: 'role', before: 'r', after: '(known after apply)' }]);
});

test('drift, deferred changes, checks, outputs and the state of the plan', () => {
  const [stack] = reviewOf([], {
    errored: true,
    complete: false,
    resource_drift: [
      {
        address: 'aws_s3_bucket.x',
        mode: 'managed',
        type: S3,
        name: 'x',
        change: { actions: ['update'], before: bucket(), after: bucket({ force_destroy: true }) },
      },
    ],
    deferred_changes: [
      {
        reason: 'provider_config_unknown',
        resource_change: {
          address: 'a.b',
          mode: 'managed',
          type: 'a',
          name: 'b',
          change: { actions: ['create'], before: null, after: {} },
        },
      },
    ],
    checks: [
      {
        address: { to_display: 'check.health' },
        status: 'fail',
        instances: [{ problems: [{ message: 'the secret is hunter2' }] }],
      },
    ],
    output_changes: {
      token: {
        actions: ['create'],
        before: null,
        after: 'hunter2',
        before_sensitive: false,
        after_sensitive: true,
      },
    },
  }).stacks;
  expect(stack).toMatchObject({
    warnings: [
      'Planning failed: the plan has only a part of the changes.',
      'The plan is not complete: Terraform plans some changes after this apply.',
    ],
    deferred: ['a.b is planned later (provider_config_unknown).'],
    checks: ['check.health: the check failed.'],
    outputs: ['token: create (sensitive).'],
    drift: [{ action: 'update', attributes: [{ path: 'force_destroy', before: 'false', after: 'true' }] }],
  });
});

test('the digest depends on values, and not on the order of changes', () => {
  const list: Change[] = [
    { type: S3, name: 'a', after: bucket() },
    { type: S3, name: 'b', before: bucket(), after: bucket({ tags: { a: '1' } }) },
  ];
  const { digest } = reviewOf(list);
  expect(reviewOf([...list].reverse()).digest).toBe(digest);
  expect(reviewOf([list[0]!, { ...list[1]!, after: bucket({ tags: { a: '2' } }) }]).digest).not.toBe(digest);
});

test('a grant on a thing with data is no loss of the data', () => {
  const [endpoint, grant] = changes([
    { type: 'google_vertex_ai_endpoint', before: { name: 'a' } },
    { type: 'google_vertex_ai_endpoint_iam_member', before: { endpoint: 'a' } },
  ]);
  expect([endpoint!.isStatefulLoss, grant!.isStatefulLoss]).toEqual([true, false]);
});

test('the image of a pod is shown, and its environment is not', () => {
  const pod = (image: string, value: string) => ({
    spec: [{ template: [{ spec: [{ container: [{ image, env: [{ name: 'A', value }] }] }] }] }],
  });
  const [change] = changes([
    { type: 'kubernetes_deployment_v1', before: pod('a:1', 'x'), after: pod('a:2', 'y') },
  ]);
  expect(change!.attributes).toEqual([
    { path: 'spec.template.spec.container.env' },
    { path: 'spec.template.spec.container.image', before: 'a:1', after: 'a:2' },
  ]);
});

test('what the provider computes is no change of an attribute', () => {
  const type = 'google_container_cluster';
  const configuration = {
    root_module: {
      resources: [
        {
          address: `${type}.x`,
          mode: 'managed',
          type,
          name: 'x',
          expressions: { location: { constant_value: 'b' } },
        },
      ],
    },
  };
  const [change] = changes(
    [
      {
        type,
        actions: ['delete', 'create'],
        before: { location: 'a', endpoint: '10.0.0.1', addons: [{ on: true }] },
        after: { location: 'b', addons: [{}] },
        unknown: { endpoint: true, addons: [{ on: true }] },
      },
    ],
    { configuration },
  );
  expect(change!.attributes).toEqual([{ path: 'location', before: 'a', after: 'b' }]);
});

test('an update without a changed value says so', () => {
  const zones = (...list: readonly string[]) => ({ zones: list });
  const [change] = changes([{ type: 'x_y', before: zones('a', 'b'), after: zones('b', 'a') }]);
  expect(change!.notes).toEqual(['Only the order of values changes, or a value that the provider computes.']);
});
