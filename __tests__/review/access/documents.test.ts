import { policy, reviewOf, type Change } from '../plans';

const rows = (changes: readonly Change[]) =>
  reviewOf(changes).access.map(({ verdict, subject, details }) => [verdict, subject, ...details]);
const allow = (action: string) => policy({ Effect: 'Allow', Action: action, Resource: '*' });

const managed = (action: string) => ({
  name: 'readers',
  arn: 'arn:aws:iam::1:policy/readers',
  policy: allow(action),
});

test('a managed policy that no resource of the plan attaches', () => {
  expect(rows([{ type: 'aws_iam_policy', before: managed('s3:GetObject'), after: managed('s3:*') }])).toEqual(
    [['broadened', 'managed policy readers', expect.stringMatching(/^may now s3:/)]],
  );
});

test('a managed policy that is created without an attachment gives no access', () => {
  expect(rows([{ type: 'aws_iam_policy', after: managed('s3:*') }])).toEqual([]);
});

test('a managed policy with an attachment has one row, that of the identity', () => {
  const attachment = { role: 'app', policy_arn: 'arn:aws:iam::1:policy/readers' };
  expect(
    rows([
      { type: 'aws_iam_policy', before: managed('s3:GetObject'), after: managed('s3:*') },
      { type: 'aws_iam_role_policy_attachment', before: attachment, after: attachment },
    ]),
  ).toEqual([['broadened', 'role app', expect.stringMatching(/^may now s3:/)]]);
});

test('an attachment to several identities', () => {
  expect(
    rows([
      {
        type: 'aws_iam_policy_attachment',
        after: {
          name: 'a',
          roles: ['app'],
          users: ['ada'],
          policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
        },
      },
    ]).map(([, subject]) => subject),
  ).toEqual(['role app', 'user ada']);
});

test('the list of all policies of a user', () => {
  const list = (...policies: string[]) => ({
    user_name: 'ada',
    policy_arns: policies.map((name) => `arn:aws:iam::aws:policy/${name}`),
  });
  expect(
    rows([
      {
        type: 'aws_iam_user_policy_attachments_exclusive',
        before: list('ReadOnlyAccess'),
        after: list('AdministratorAccess', 'ReadOnlyAccess'),
      },
    ]),
  ).toEqual([
    ['broadened', 'user ada', 'may now use managed policy arn:aws:iam::aws:policy/AdministratorAccess'],
  ]);
});

test.each(['aws_s3_bucket', 'aws_opensearch_domain', 'aws_of_tomorrow'])(
  'the policy in an argument of %s has one row',
  (type) => {
    const argument = type === 'aws_opensearch_domain' ? 'access_policies' : 'policy';
    const open = policy({ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' });
    expect(rows([{ type, after: { bucket: 'books', [argument]: open } }])).toHaveLength(1);
  },
);

test('policies inside of a role', () => {
  const role = (more: object) => ({ name: 'app', assume_role_policy: policy(), ...more });
  expect(
    rows([
      {
        type: 'aws_iam_role',
        before: role({ inline_policy: [{ name: 'a', policy: allow('s3:GetObject') }] }),
        after: role({
          inline_policy: [{ name: 'a', policy: allow('s3:*') }],
          managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        }),
      },
    ]),
  ).toEqual([
    [
      'broadened',
      'role app',
      'may now use managed policy arn:aws:iam::aws:policy/AdministratorAccess',
      expect.stringMatching(/^may now s3:/),
    ],
  ]);
});

test.each(['aws_backup_vault_policy', 'aws_efs_file_system_policy', 'aws_opensearch_domain_policy'])(
  'a policy of a resource of type %s',
  (type) => {
    const [name, words] = [type === 'aws_opensearch_domain_policy' ? 'access_policies' : 'policy', type];
    const values = (principal: string) => ({
      [name]: policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: '*', Resource: '*' }),
    });
    const [row] = rows([{ type: words, before: values('arn:aws:iam::1:root'), after: values('*') }]);
    expect(row?.[0]).toBe('broadened');
  },
);

test('a lifecycle policy is not about access', () => {
  const values = (days: number) => ({ policy: JSON.stringify({ rules: [{ days }] }) });
  expect(rows([{ type: 'aws_ecr_lifecycle_policy', before: values(1), after: values(2) }])).toEqual([]);
});
