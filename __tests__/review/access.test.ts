import fc from 'fast-check';
import { reviewPlans } from '../../lib/review';
import { modelOf, planOf, policy, reviewOf, type Change } from './plans';

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
const verdicts = (changes: readonly Change[]) => reviewOf(changes).access.map(({ verdict }) => verdict);

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

const member = (more: object = {}) => ({
  project: 'p',
  role: 'roles/viewer',
  member: 'group:a@example.com',
  ...more,
});
const condition = (expression: string) => ({ condition: [{ title: 't', expression }] });
const google = (before: object | null, after: object | null, type = 'google_project_iam_member'): Change => ({
  type,
  before,
  after,
});
const provider = (more: object = {}) => ({
  workload_identity_pool_id: 'p',
  workload_identity_pool_provider_id: 'x',
  attribute_condition: 'assertion.repository_id == "1"',
  attribute_mapping: { 'google.subject': 'assertion.sub' },
  oidc: [{ issuer_uri: 'https://issuer.example.com', allowed_audiences: ['a'] }],
  ...more,
});
const PROVIDER = 'google_iam_workload_identity_pool_provider';

test.each<[string, Change, string[]]>([
  ['a member is created', google(null, member()), ['broadened']],
  ['a member is deleted', google(member(), null), ['narrowed']],
  ['a role with more permissions', google(member(), member({ role: 'roles/editor' })), ['broadened']],
  ['a role with fewer permissions', google(member({ role: 'roles/editor' }), member()), ['narrowed']],
  ['a role with other permissions', google(member(), member({ role: 'roles/pubsub.publisher' })), ['mixed']],
  ['a role that the table does not have', google(member(), member({ role: 'roles/other.user' })), ['mixed']],
  [
    'a condition is set',
    google(member(), member(condition('request.time < timestamp("2030-01-01T00:00:00Z")'))),
    ['narrowed'],
  ],
  ['a condition is removed', google(member(condition('resource.name == "a"')), member()), ['broadened']],
  [
    'a condition is wider',
    google(member(condition('resource.name == "a"')), member(condition('resource.name.startsWith("a")'))),
    ['broadened'],
  ],
  [
    'a condition is written in another way',
    google(
      member(condition('resource.name == "a" || resource.name == "b"')),
      member(condition('resource.name in ["b", "a"]')),
    ),
    [],
  ],
  [
    'a member of a binding is added',
    google(
      { project: 'p', role: 'r', members: ['user:a@x.com'] },
      { project: 'p', role: 'r', members: ['user:a@x.com', 'user:b@x.com'] },
      'google_project_iam_binding',
    ),
    ['broadened'],
  ],
  [
    'members of a binding change their order',
    google(
      { project: 'p', role: 'r', members: ['user:a@x.com', 'user:b@x.com'] },
      { project: 'p', role: 'r', members: ['user:b@x.com', 'user:a@x.com'] },
      'google_project_iam_binding',
    ),
    [],
  ],
  [
    'a key is created',
    google(
      null,
      { service_account_id: 'projects/p/serviceAccounts/a@p.iam.gserviceaccount.com' },
      'google_service_account_key',
    ),
    ['broadened'],
  ],
  [
    'the condition of a provider is wider',
    google(
      provider(),
      provider({
        attribute_condition: 'assertion.repository_owner_id == "2" || assertion.repository_id == "1"',
      }),
      PROVIDER,
    ),
    ['broadened'],
  ],
  [
    'the condition of a provider is removed',
    google(provider(), provider({ attribute_condition: undefined }), PROVIDER),
    ['broadened'],
  ],
  [
    'the mapping of a provider changes',
    google(provider(), provider({ attribute_mapping: { 'google.subject': 'assertion.email' } }), PROVIDER),
    ['broadened'],
  ],
  [
    'an audience is added',
    google(
      provider(),
      provider({ oidc: [{ issuer_uri: 'https://issuer.example.com', allowed_audiences: ['a', 'b'] }] }),
      PROVIDER,
    ),
    ['broadened'],
  ],
  [
    'a provider is enabled',
    google(provider({ disabled: true }), provider({ disabled: false }), PROVIDER),
    ['broadened'],
  ],
])('Google Cloud: %s', (_, change, expected) => {
  expect(verdicts([change])).toEqual(expected);
});

test('a binding that is created can remove members that the plan does not name', () => {
  const { access } = reviewOf([
    google(null, { project: 'p', role: 'r', members: ['user:a@x.com'] }, 'google_project_iam_binding'),
  ]);
  expect(access.map(({ verdict }) => verdict)).toEqual(['broadened', 'unknown']);
  expect(access[1]!.details[0]).toMatch(/^It replaces all members of the role/);
});

test('a custom role changes access of its holders', () => {
  const custom = (permissions: readonly string[]) => ({ role_id: 'reader', project: 'p', permissions });
  const held = member({ role: 'projects/p/roles/reader' });
  const { access } = reviewOf([
    {
      type: 'google_project_iam_custom_role',
      before: custom(['a.b.get']),
      after: custom(['a.b.get', 'a.b.delete']),
    },
    { ...google(held, held), name: 'holder' },
  ]);
  expect(access.map(({ verdict, subject }) => [verdict, subject])).toEqual([
    ['broadened', 'group:a@example.com'],
  ]);
});

const rbac = (rules: readonly object[], subjects: readonly object[] = [{ kind: 'Group', name: 'staff' }]) =>
  [
    { type: 'kubernetes_role_v1', value: { metadata: [{ name: 'r', namespace: 'books' }], rule: rules } },
    {
      type: 'kubernetes_role_binding_v1',
      value: {
        metadata: [{ name: 'b', namespace: 'books' }],
        role_ref: [{ kind: 'Role', name: 'r' }],
        subject: subjects,
      },
    },
  ] as const;
const rule = (verbs: readonly string[], resources: readonly string[]) => ({
  api_groups: [''],
  resources,
  verbs,
});

test.each<[string, ReturnType<typeof rbac>, ReturnType<typeof rbac>, string[]]>([
  [
    'a verb is added',
    rbac([rule(['get'], ['pods'])]),
    rbac([rule(['get', 'delete'], ['pods'])]),
    ['broadened'],
  ],
  [
    'a verb is removed',
    rbac([rule(['get', 'delete'], ['pods'])]),
    rbac([rule(['get'], ['pods'])]),
    ['narrowed'],
  ],
  [
    'rules are split',
    rbac([rule(['get', 'list'], ['pods'])]),
    rbac([rule(['get'], ['pods']), rule(['list'], ['pods'])]),
    [],
  ],
  [
    'a wildcard covers what was listed',
    rbac([rule(['*'], ['pods'])]),
    rbac([rule(['get'], ['pods'])]),
    ['narrowed'],
  ],
  [
    'a subject is added',
    rbac([rule(['get'], ['pods'])]),
    rbac(
      [rule(['get'], ['pods'])],
      [
        { kind: 'Group', name: 'staff' },
        { kind: 'User', name: 'ada' },
      ],
    ),
    ['broadened'],
  ],
])('RBAC: %s', (_, before, after, expected) => {
  expect(
    verdicts(before.map(({ type, value }, index) => ({ type, before: value, after: after[index]!.value }))),
  ).toEqual(expected);
});

test('a move is no change of access, and a forgotten grant stays', () => {
  expect(verdicts([{ ...google(member(), member()), previous: 'google_project_iam_member.old' }])).toEqual(
    [],
  );
  const { access } = reviewOf([{ ...google(member(), null), actions: ['forget'] }]);
  expect(access.map(({ verdict, details }) => [verdict, details])).toEqual([
    ['unknown', ['The access remains, and no plan shows it any more.']],
  ]);
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
