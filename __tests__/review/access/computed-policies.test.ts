import { accessGraph } from '../../../lib/access';
import { reportOf } from '../../../lib/guardrails';
import { readPlan } from '../../../lib/model';
import { reviewPlans } from '../../../lib/review';
import { planOf, policy } from '../plans';

/*
 * After a refresh, the `policy` of a bucket, a topic, a queue or a secret is a copy of the policy that another resource
 * states. The plan keeps the copy when the other resource changes.
 */

const everyone = { Effect: 'Allow', Principal: '*', Action: 'x:Use', Resource: '*' };
const limited = { ...everyone, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } };
const denial = { Effect: 'Deny', Principal: '*', Action: 'x:Use', Resource: '*' };

type Pair = readonly [type: string, name: string, policyType: string, named: string];
const PAIRS: readonly Pair[] = [
  ['aws_s3_bucket', 'bucket', 'aws_s3_bucket_policy', 'bucket'],
  ['aws_secretsmanager_secret', 'name', 'aws_secretsmanager_secret_policy', 'secret_arn'],
  ['aws_sns_topic', 'name', 'aws_sns_topic_policy', 'arn'],
  ['aws_sqs_queue', 'name', 'aws_sqs_queue_policy', 'queue_url'],
];

/** A plan that changes the policy, with the configuration of both resources. */
function planned(
  [type, name, policyType, named]: Pair,
  before: string,
  after: string,
  configured: object = {},
) {
  const plan = planOf([
    { type, before: { [name]: 'books', policy: before }, after: { [name]: 'books', policy: before } },
    {
      type: policyType,
      before: { [named]: 'books', policy: before },
      after: { [named]: 'books', policy: after },
    },
  ]);
  const resource = (each: string, expressions: object) => ({
    address: `${each}.x`,
    mode: 'managed',
    type: each,
    name: 'x',
    expressions,
  });
  const text = (constant: string) => ({ constant_value: constant });
  const resources = [
    resource(type, { [name]: text('books'), ...configured }),
    resource(policyType, { [named]: text('books'), policy: text(after) }),
  ];
  return readPlan({ ...plan, configuration: { root_module: { resources } } }, { name: 'shop' });
}

test('the copies in a role do not hide that a denial is removed', () => {
  const [before, after] = [policy(everyone, denial), policy(everyone)];
  const role = { name: 'app', inline_policy: [{ name: 'own', policy: before }] };
  const held = (text: string) => ({ name: 'own', role: 'app', policy: text });
  const plan = planOf([
    { type: 'aws_iam_role', before: role, after: role },
    { type: 'aws_iam_role_policy', before: held(before), after: held(after) },
  ]);
  const resources = ['aws_iam_role', 'aws_iam_role_policy'].map((type) => ({
    address: `${type}.x`,
    mode: 'managed',
    type,
    name: 'x',
    expressions: { name: { constant_value: 'app' }, policy: { constant_value: after } },
  }));
  const stack = readPlan({ ...plan, configuration: { root_module: { resources } } }, { name: 'shop' });
  const { access } = reviewPlans({ stacks: [stack] }, { today: '2026-11-26' });
  expect(access.map(({ verdict, subject }) => `${verdict} ${subject}`)).toContain('broadened role app');
});

test('a dynamic block of a role that changes is read', () => {
  const role = (...statements: object[]) => ({
    name: 'app',
    inline_policy: [{ name: 'own', policy: policy(...statements) }],
  });
  const plan = planOf([{ type: 'aws_iam_role', before: role(everyone, denial), after: role(everyone) }]);
  const resources = [{ address: 'aws_iam_role.x', mode: 'managed', type: 'aws_iam_role', name: 'x' }].map(
    (each) => ({ ...each, expressions: { name: { constant_value: 'app' } } }),
  );
  const stack = readPlan({ ...plan, configuration: { root_module: { resources } } }, { name: 'shop' });
  const { access } = reviewPlans({ stacks: [stack] }, { today: '2026-11-26' });
  expect(access.map(({ verdict, subject }) => `${verdict} ${subject}`)).toContain('broadened role app');
});

describe.each(PAIRS)('the copy in %s', (...pair) => {
  test('does not hide that a denial is removed', () => {
    const stack = planned(pair, policy(everyone, denial), policy(everyone));
    const { access } = reviewPlans({ stacks: [stack] }, { today: '2026-11-26' });
    expect(access.map(({ verdict }) => verdict)).toContain('broadened');
  });

  test('is neither an edge nor a finding when the policy is limited', () => {
    const stack = planned(pair, policy(everyone), policy(limited));
    expect(
      accessGraph({ stacks: [stack] }).edges.flatMap(({ sources }) => sources.map(({ address }) => address)),
    ).toEqual([`${pair[2]}.x`]);
    const found = reportOf({ stacks: [stack] }).findings.filter(({ rule }) => rule === 'AWS011');
    expect(found).toEqual([]);
  });

  test('that the configuration sets is read', () => {
    const stack = planned(pair, policy(everyone), policy(limited), {
      policy: { constant_value: policy(everyone) },
    });
    const found = reportOf({ stacks: [stack] }).findings.filter(({ rule }) => rule === 'AWS011');
    expect(found.map(({ address }) => address)).toEqual([`${pair[0]}.x`]);
  });
});
