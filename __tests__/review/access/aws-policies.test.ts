import fc from 'fast-check';
import { reviewPlans } from '../../../lib/review';
import { modelOf, planOf, policy, reviewOf, verdicts, type Change } from '../plans';

const allow = (more: object = {}) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::books/*',
  ...more,
});
const rolePolicy = (before: string | null, after: string | null): Change => ({
  type: 'aws_iam_role_policy',
  before: before === null ? null : { role: 'app', policy: before },
  after: after === null ? null : { role: 'app', policy: after },
});

describe('policies of AWS, among them those that "cdk diff" decides wrongly', () => {
  test.each<[string, string | null, string | null, string[]]>([
    [
      'NotAction on everything is added',
      policy(allow()),
      policy(allow(), { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
      ['broadened'],
    ],
    [
      'a condition is added',
      policy(allow()),
      policy(allow({ Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } })),
      ['narrowed'],
    ],
    ['a service becomes one action', policy(allow({ Action: 's3:*' })), policy(allow()), ['narrowed']],
    ['only the Sid changes', policy(allow({ Sid: 'A' })), policy(allow({ Sid: 'B' })), []],
    [
      'an Allow with NotAction is removed',
      policy(allow({ NotAction: 'iam:*', Action: undefined })),
      policy(),
      ['narrowed'],
    ],
    [
      'a Deny is removed',
      policy(allow(), { Effect: 'Deny', Action: 's3:*', Resource: '*' }),
      policy(allow()),
      ['broadened'],
    ],
    [
      'a Deny gets a condition',
      policy(allow(), { Effect: 'Deny', Action: '*', Resource: '*' }),
      policy(allow(), {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      ['broadened'],
    ],
    [
      'Equals becomes Like',
      policy(allow({ Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } })),
      policy(allow({ Condition: { StringLike: { 'aws:SourceVpc': 'v*' } } })),
      ['broadened'],
    ],
    [
      'IfExists is added',
      policy(allow({ Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } })),
      policy(allow({ Condition: { StringEqualsIfExists: { 'aws:SourceVpc': 'v' } } })),
      ['broadened'],
    ],
    [
      'statements, lists and case are written in another way',
      policy(allow({ Action: ['s3:GetObject', 's3:PutObject'] })),
      policy(allow({ Action: 'S3:putobject' }), allow({ Resource: ['arn:aws:s3:::books/*'] })),
      [],
    ],
    [
      'one permission is replaced by another',
      policy(allow()),
      policy(allow({ Action: 's3:PutObject' })),
      ['mixed'],
    ],
    ['the policy is created', null, policy(allow()), ['broadened']],
    ['the policy is deleted', policy(allow()), null, ['narrowed']],
  ])('%s', (_, before, after, expected) => {
    expect(verdicts([rolePolicy(before, after)])).toEqual(expected);
  });

  test('a row has the request that shows it', () => {
    const [row] = reviewOf([
      rolePolicy(policy(allow()), policy(allow(), allow({ Resource: 'arn:aws:s3:::salaries/1' }))),
    ]).access;
    expect(row).toEqual({
      verdict: 'broadened',
      subject: 'role app',
      details: ['may now s3:GetObject on arn:aws:s3:::salaries/1'],
      addresses: ['prod: aws_iam_role_policy.x'],
    });
  });

  test('a policy that moves to another resource of the same role is no change', () => {
    expect(
      verdicts([
        { ...rolePolicy(policy(allow()), null), name: 'old' },
        { ...rolePolicy(null, policy(allow())), name: 'new' },
      ]),
    ).toEqual([]);
  });

  test('a policy that is known after apply is unknown', () => {
    const change = {
      ...rolePolicy(policy(allow()), policy(allow())),
      actions: ['update'],
      after: { role: 'app' },
      unknown: { policy: true },
    };
    expect(verdicts([change])).toEqual(['unknown']);
  });

  test('a managed policy of AWS that is attached', () => {
    const { access } = reviewOf([
      {
        type: 'aws_iam_role_policy_attachment',
        after: { role: 'app', policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      },
    ]);
    expect(access.map(({ verdict, details }) => [verdict, details])).toEqual([
      ['broadened', ['may now use managed policy arn:aws:iam::aws:policy/ReadOnlyAccess']],
    ]);
  });
});

const role = (trust: object, more: object = {}) => ({
  name: 'app',
  assume_role_policy: policy(trust),
  ...more,
});
const service = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

test.each<[string, object, object, string[]]>([
  [
    'a principal is added',
    role(service),
    role({ ...service, Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] } }),
    ['broadened'],
  ],
  ['everyone', role(service), role({ ...service, Principal: '*' }), ['broadened']],
  [
    'a condition is dropped',
    role({ ...service, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
    role(service),
    ['broadened'],
  ],
  [
    'sessions are longer',
    role(service, { max_session_duration: 3600 }),
    role(service, { max_session_duration: 43200 }),
    ['broadened'],
  ],
  ['the boundary is removed', role(service, { permissions_boundary: 'arn:b' }), role(service), ['broadened']],
  ['a boundary is set', role(service), role(service, { permissions_boundary: 'arn:b' }), ['narrowed']],
  ['the description changes', role(service, { description: 'a' }), role(service, { description: 'b' }), []],
])('trust: %s', (_, before, after, expected) => {
  expect(verdicts([{ type: 'aws_iam_role', before, after }])).toEqual(expected);
});

test('policies may not exceed a ceiling', () => {
  const model = modelOf(
    planOf([rolePolicy(null, policy(allow(), allow({ Action: 'iam:PassRole', Resource: '*' })))]),
  );
  const ceiling = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
  expect(reviewPlans(model, { rules: [], reference: ceiling }).exceeded).toEqual([
    expect.stringMatching(/^role app may iam:PassRole on /),
  ]);
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  expect(reviewPlans(model, { rules: [], reference: all }).exceeded).toEqual([]);
});

describe('laws', () => {
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Action: fc.uniqueArray(fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:*', 'sqs:SendMessage'), {
      minLength: 1,
      maxLength: 3,
    }),
    Resource: fc.uniqueArray(fc.constantFrom('*', 'arn:aws:s3:::a/*', 'arn:aws:s3:::b'), {
      minLength: 1,
      maxLength: 2,
    }),
  });
  const statements = fc.array(statement, { minLength: 1, maxLength: 4 });

  test('a document is no change of itself in any order', () => {
    fc.assert(
      fc.property(statements, (list) => {
        const turned = [...list].reverse().map(({ Effect, Action, Resource }) => ({
          Resource: [...Resource].reverse(),
          Action: [...Action].reverse(),
          Effect,
        }));
        expect(verdicts([rolePolicy(policy(...list), policy(...turned))])).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('another Allow never narrows, and another Deny never broadens', () => {
    fc.assert(
      fc.property(statements, statement, (list, more) => {
        const found = verdicts([rolePolicy(policy(...list), policy(...list, more))]);
        expect(found).not.toContain(more.Effect === 'Allow' ? 'narrowed' : 'broadened');
        expect(found).not.toContain('mixed');
      }),
      { numRuns: 100 },
    );
  });
});
