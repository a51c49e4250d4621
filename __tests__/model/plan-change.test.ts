import { readPlan, type PlanChange } from '../../lib/model';

const unknown = (...references: object[]) => ({ $kind: 'unknown', references });

/** A plan with one change, as Terraform prints it. */
function planOf(change: object, more: object = {}): PlanChange {
  const resource = { address: 'a_b.x', mode: 'managed', type: 'a_b', name: 'x' };
  const plan = readPlan({
    format_version: '1.2',
    resource_changes: [{ ...resource, ...more, change }],
  }).plan;
  const [first] = plan?.changes ?? [];
  if (first === undefined) throw new Error('The plan has no change');
  return first;
}

test.each([
  [['create', 'forget'], ['create', 'forget'], 'forget'],
  [['forget', 'create'], ['create', 'forget'], 'forget'],
  [['delete', 'create'], ['create', 'delete'], 'delete-first'],
  [['create', 'delete'], ['create', 'delete'], 'create-first'],
  [['no-op'], ['no-op'], undefined],
  [['explode'], ['unknown'], undefined],
  [[], ['unknown'], undefined],
])('reads the actions %j as a set', (given, actions, replacement) => {
  const change = planOf({ actions: given, before: {}, after: {} });
  expect([change.actions, change.replacement]).toEqual([actions, replacement]);
});

test('a deposed object is a change beside that of the current one', () => {
  expect(
    planOf({ actions: ['delete'], before: { name: 'old' }, after: null }, { deposed: 'ab12' }),
  ).toMatchObject({
    deposed: 'ab12',
    actions: ['delete'],
  });
});

test('marks unknown attributes, and unknown elements that are null', () => {
  const { after } = planOf({
    actions: ['create'],
    before: null,
    after: { name: null, list: ['a', null], block: [{ port: 80 }], gone: null },
    after_unknown: { id: true, list: [false, true], block: [{ arn: true }], more: [{ id: true }] },
  });
  expect(after).toEqual({
    list: ['a', unknown()],
    block: [{ port: 80, arn: unknown() }],
    id: unknown(),
    more: [{ id: unknown() }],
  });
});

test('an object of which nothing is known has all its marks', () => {
  expect(planOf({ actions: ['create'], after_unknown: { id: true } }).after).toEqual({ id: unknown() });
  expect(planOf({ actions: ['create'], after: {}, after_unknown: true }).after).toEqual({});
});

test('a mark can cover a whole object', () => {
  const change = planOf({
    actions: ['update'],
    before: {},
    after: {},
    before_sensitive: true,
    after_sensitive: { env: [{ 'A.B': true }, {}] },
  });
  expect([change.beforeSensitive, change.afterSensitive]).toEqual([[''], ['env[0]["A.B"]']]);
});

test('reads replace paths with indices, and an import by identity', () => {
  const change = planOf({
    actions: ['delete', 'create'],
    replace_paths: [
      ['rule', 0, 'port'],
      ['labels', 'a.b'],
    ],
    importing: { identity: { arn: 'arn:aws:iam::1:role/x' } },
  });
  expect(change).toMatchObject({
    replacePaths: ['rule[0].port', 'labels["a.b"]'],
    importing: { identity: { arn: 'arn:aws:iam::1:role/x' } },
  });
});
