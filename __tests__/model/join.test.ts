import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinPlans, ModelIndex, readPlan, readSynthesizedStack, type ModelStack } from '../../lib/model';

const read = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, 'fixtures', name), 'utf8'));

const reference = (address: string, attribute: string) => ({ $kind: 'reference', address, attribute });
const unknown = { $kind: 'unknown', references: [] };

function joinedStack(plan: ModelStack, source: ModelStack): ModelStack {
  const [stack] = joinPlans({ stacks: [plan] }, { stacks: [source] }).stacks;
  if (stack === undefined) throw new Error('The model has no stack');
  return stack;
}

/** The plan of one resource of which all values in `unknown` are unknown, joined with its configuration. */
function filled(after: object, afterUnknown: object, body: object, address = 'a_b.x') {
  const plan = readPlan({
    format_version: '1.2',
    resource_changes: [
      {
        address,
        mode: 'managed',
        type: 'a_b',
        name: 'x',
        change: { actions: ['create'], after, after_unknown: afterUnknown },
      },
    ],
  });
  const { resources, plan: details } = joinedStack(
    plan,
    readSynthesizedStack({ resource: { a_b: { x: body } } }),
  );
  return { resource: resources[0], change: details?.changes[0] };
}

test('adds construct paths, facts, lifecycle, dependencies and backend', () => {
  const plan = readPlan(read('access.plan.json'), { name: 'access' });
  const source = readSynthesizedStack(read('access.tf.json'), { dependencies: ['platform'] });
  const stack = joinedStack(plan, source);
  expect(stack).toMatchObject({ dependencies: ['platform'], locals: { prefix: 'books' } });
  expect(stack.resources.find(({ address }) => address === 'aws_iam_role.reader')).toMatchObject({
    constructPath: 'access/reader/role',
    facts: { reason: 'reads the catalogue', owner: 'team-books' },
    lifecycle: { prevent_destroy: true },
  });
});

test('a policy document that the plan does not know comes from the synthesized stack, and is marked', () => {
  // The plan of a configuration in HCL has no texts of expressions.
  const policy = '{"Statement":[{"Resource":"${aws_sqs_queue.jobs.arn}"}]}';
  const { resource, change } = filled({ name: 'n' }, { policy: true, id: true }, { policy, name: 'n' });
  expect(resource).toMatchObject({ filled: ['policy'], values: { id: unknown } });
  expect(change).toMatchObject({ afterFilled: ['policy'], after: resource?.values });
  const index = new ModelIndex({ stacks: [] });
  expect(index.document('stack', resource?.values.policy)).toEqual({
    kind: 'parsed',
    value: { Statement: [{ Resource: reference('aws_sqs_queue.jobs', 'arn') }] },
  });
});

test('a policy document of a plan of JSON is parsed from the plan alone', () => {
  const stacks = [readPlan(read('access.plan.json'), { name: 'access' })];
  const index = new ModelIndex({ stacks });
  const document = (name: string) =>
    index.document('access', index.tryFindResource('access', `aws_iam_role_policy.${name}`)?.values.policy);
  const queue = reference('aws_sqs_queue.jobs', 'arn');
  expect(document('encoded')).toMatchObject({ value: { Statement: [{ Resource: queue }] } });
  expect(document('from_data')).toMatchObject({ value: { Statement: [{ Sid: 'Send', Resource: [queue] }] } });
  expect(document('text')).toMatchObject({
    value: { Statement: [{ Resource: [{ $kind: 'template' }, 'arn:aws:s3:::${aws:username}'] }] },
  });
});

test('instances of count and for_each have the values of their resource', () => {
  const { resource } = filled(
    {},
    { member: true },
    { member: '${a_b.y.id}', for_each: '${var.all}' },
    'a_b.x["k"]',
  );
  expect(resource?.values.member).toEqual(reference('a_b.y', 'id'));
});

test('a known value of the plan and a constant of the configuration stay as they are', () => {
  expect(filled({ a: 'plan' }, { b: true }, { a: '${a_b.y.id}', b: 'constant' }).resource).toMatchObject({
    filled: [],
    values: { a: 'plan', b: unknown },
  });
});

test('elements of a set are matched by their known values', () => {
  const after = { rule: [{ port: 80 }, { port: 443 }, { port: 22, extra: 'default' }] };
  const marks = { rule: [{ group: true }, { group: true }, { group: true }] };
  const rule = [
    { port: 443, group: '${g.b.id}' },
    { port: '22', group: '${g.c.id}' },
    { port: 80, group: '${g.a.id}' },
  ];
  expect(filled(after, marks, { rule }).resource).toMatchObject({
    filled: ['rule[0].group', 'rule[1].group', 'rule[2].group'],
    values: {
      rule: [
        { port: 80, group: reference('g.a', 'id') },
        { port: 443, group: reference('g.b', 'id') },
        { port: 22, group: reference('g.c', 'id') },
      ],
    },
  });
});

test('unknown elements of a set of texts are the elements that are computed', () => {
  const { resource } = filled(
    { ids: [null, 'a', 'b'] },
    { ids: [true, false, false] },
    { ids: ['b', '${g.a.id}', 'a'] },
  );
  expect(resource?.values.ids).toEqual([reference('g.a', 'id'), 'a', 'b']);
});

test.each([
  ['another count of elements', ['${g.a.id}', '${g.b.id}', 'x']],
  ['a known value that the configuration does not have', ['${g.a.id}', 'other']],
])('a list with %s stays unknown', (_, ids) => {
  expect(filled({ ids: [null, 'a'] }, { ids: [true, false] }, { ids }).resource?.values.ids).toEqual([
    unknown,
    'a',
  ]);
});

test('a block is an object in one generation of a provider and a list of one in another', () => {
  expect(
    filled({ spec: [{}] }, { spec: [{ id: true }] }, { spec: { id: '${g.a.id}' } }).resource?.values,
  ).toEqual({
    spec: [{ id: reference('g.a', 'id') }],
  });
  expect(
    filled({ spec: {} }, { spec: { id: true } }, { spec: [{ id: '${g.a.id}' }] }).resource?.values,
  ).toEqual({
    spec: { id: reference('g.a', 'id') },
  });
});

test('blocks of a dynamic block, and very long lists, stay unknown', () => {
  const dynamic = { rule: { for_each: '${var.a}', content: { id: '${g.a.id}' } } };
  expect(filled({ rule: [{}] }, { rule: [{ id: true }] }, { dynamic }).resource?.values.rule).toEqual([
    { id: unknown },
  ]);
  const ids = Array.from({ length: 300 }, () => '${g.a.id}');
  const nulls = { ids: ids.map(() => null) };
  expect(filled(nulls, { ids: ids.map(() => true) }, { ids }).resource?.filled).toEqual([]);
});

test('a stack without a counterpart stays as it is', () => {
  const plans = { stacks: [readPlan(read('access.plan.json'), { name: 'access' })] };
  expect(joinPlans(plans, { stacks: [] })).toEqual(plans);
});

test('resources of modules keep their values', () => {
  const { resource } = filled({}, { id: true }, { id: '${g.a.id}' }, 'module.m.a_b.x');
  expect(resource).toMatchObject({ filled: [], values: { id: unknown } });
});
