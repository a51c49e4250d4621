import { plainReview, reviewMarkdown } from '../../../lib/review';
import { policy, reviewOf, type Change } from '../plans';

const statement = (action: string, resource = '*') =>
  policy({ Effect: 'Allow', Action: action, Resource: resource });
const rolePolicy = (name: string, action: string, before?: string): Change => ({
  type: 'aws_iam_role_policy',
  name,
  before: before === undefined ? null : { name, role: 'app', policy: statement(before) },
  after: { name, role: 'app', policy: statement(action) },
});
const role = (trusted: string, before?: string): Change => {
  const values = (principal: string) => ({
    name: 'app',
    assume_role_policy: policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }),
  });
  return {
    type: 'aws_iam_role',
    before: before === undefined ? null : values(before),
    after: values(trusted),
  };
};
const same = (name: string, action: string) => rolePolicy(name, action, action);
const [ada, bob] = ['arn:aws:iam::111111111111:user/ada', 'arn:aws:iam::111111111111:user/bob'];

test('a new policy of a role shows what else the role has, the most privileged first', () => {
  const [row] = reviewOf([
    role(ada, ada),
    same('logs', 'logs:PutLogEvents'),
    same('passes', 'iam:PassRole'),
    same('secrets', 'secretsmanager:GetSecretValue'),
    rolePolicy('new', 's3:GetObject'),
  ]).access;
  expect(row).toMatchObject({ verdict: 'broadened', subject: 'role app' });
  expect(row!.reach).toEqual({
    strongest: [
      'iam:PassRole on every resource',
      'secretsmanager:GetSecretValue on every resource',
      'logs:PutLogEvents on every resource',
    ],
    others: 0,
  });
});

test('a trust shows the access of the role that is trusted to more identities', () => {
  const [row] = reviewOf([role(bob, ada), same('secrets', 'secretsmanager:GetSecretValue')]).access;
  expect(row).toMatchObject({
    subject: 'trust of role app',
    reach: { strongest: ['secretsmanager:GetSecretValue on every resource'], others: 0 },
  });
});

test('a member that impersonates an account gains what the account has', () => {
  const account = 'etl@p.iam.gserviceaccount.com';
  const grant = { project: 'p', role: 'roles/owner', member: `serviceAccount:${account}` };
  const [row] = reviewOf([
    { type: 'google_project_iam_member', name: 'owner', before: grant, after: grant },
    {
      type: 'google_service_account_iam_member',
      after: {
        service_account_id: `projects/p/serviceAccounts/${account}`,
        role: 'roles/iam.serviceAccountTokenCreator',
        member: 'group:staff@example.com',
      },
    },
  ]).access;
  expect(row).toMatchObject({
    subject: 'group:staff@example.com',
    reach: { strongest: ['roles/owner on resource p'], others: 0 },
  });
});

test('lost access and an identity without other access reach nothing', () => {
  const lost = reviewOf([same('logs', 'logs:PutLogEvents'), rolePolicy('less', 's3:GetObject', 's3:*')]);
  expect(lost.access.map(({ verdict, reach }) => [verdict, reach])).toEqual([['narrowed', undefined]]);
  expect(reviewOf([rolePolicy('new', 's3:GetObject')]).access[0]).not.toHaveProperty('reach');
});

describe('an identity with much access', () => {
  const many = Array.from({ length: 9 }, (_, index) => same(`p${index}`, `svc${index}:Get`));
  const review = reviewOf([...many, rolePolicy('new', 's3:GetObject')]);

  test('has five grants, and the number of the others', () => {
    expect(review.access[0]!.reach).toMatchObject({ strongest: { length: 5 }, others: 4 });
  });

  test('is closed at first in Markdown, and follows the details in a terminal', () => {
    expect(reviewMarkdown(review)).toContain(
      '<details><summary>What these identities reach with the new access</summary>\n\n- `role app`\n  - svc0:Get on every resource\n',
    );
    expect(plainReview(review)).toMatch(
      / {4}the identity also reaches:\n {6}svc0:Get on every resource\n[^]* {6}and 4 more\n/,
    );
  });

  test('does not change the digest: the approval is about the change', () => {
    expect(reviewOf([rolePolicy('new', 's3:GetObject')]).digest).toBe(review.digest);
  });
});

test('a custom role has its permissions beside its name', () => {
  const { access } = reviewOf([
    {
      type: 'google_project_iam_custom_role',
      name: 'role',
      after: { role_id: 'reader', project: 'p', permissions: ['storage.objects.get'] },
    },
    {
      type: 'google_project_iam_member',
      name: 'member',
      after: { project: 'p', role: 'projects/p/roles/reader', member: 'group:a@x.com' },
      unknown: { id: true, etag: true },
    },
  ]);
  expect(access.map(({ details }) => details)).toEqual([
    ['now: member group:a@x.com has projects/p/roles/reader: storage.objects.get on resource p.'],
  ]);
});

test('an argument that the provider computes is no condition', () => {
  const permission = { function_name: 'f', action: 'lambda:InvokeFunction', principal: 's3.amazonaws.com' };
  const configuration = {
    root_module: {
      resources: [
        {
          address: 'aws_lambda_permission.x',
          mode: 'managed',
          type: 'aws_lambda_permission',
          name: 'x',
          expressions: Object.fromEntries(
            Object.entries(permission).map(([name, value]) => [name, { constant_value: value }]),
          ),
        },
      ],
    },
  };
  const change = {
    type: 'aws_lambda_permission',
    after: permission,
    unknown: { id: true, source_account: true },
  };
  const texts = (more: object) => JSON.stringify(reviewOf([change], more).access);
  expect(texts({ configuration })).not.toContain('known after apply');
  // Without the configuration, the argument can be one that the configuration sets.
  expect(texts({})).toContain('source_account: (known after apply)');
});

test('a reference to a custom role that the plan creates has the name and the permissions of the role', () => {
  const expressions = {
    role: { references: ['google_project_iam_custom_role.role.id', 'google_project_iam_custom_role.role'] },
  };
  const address = 'google_project_iam_member.member';
  const configuration = {
    root_module: {
      resources: [
        { address, mode: 'managed', type: 'google_project_iam_member', name: 'member', expressions },
      ],
    },
  };
  const changes = [
    {
      type: 'google_project_iam_custom_role',
      name: 'role',
      after: { role_id: 'reader', project: 'p', permissions: ['storage.objects.get'] },
    },
    {
      type: 'google_project_iam_member',
      name: 'member',
      after: { project: 'p', member: 'group:a@x.com' },
      unknown: { role: true },
    },
  ];
  expect(reviewOf(changes, { configuration }).access.map(({ details }) => details)).toEqual([
    ['now: member group:a@x.com has projects/p/roles/reader: storage.objects.get on resource p.'],
  ]);
});
