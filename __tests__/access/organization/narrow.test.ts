import { narrowed } from '../../../lib/access/organization/narrow';
import { readOrganization } from '../../../lib/access/organization/read-organization';
import { AccessQuestions } from '../../../lib/access/questions/answers';
import { whyNotIn } from '../../../lib/access/why-not/why-not';
import { readSynthesizedStack } from '../../../lib/model';
import { graphOf, policy } from '../graph/graph-of';

const resources = {
  aws_iam_role: {
    app: { name: 'app', assume_role_policy: policy() },
    admin: { name: 'admin', assume_role_policy: policy() },
  },
  aws_iam_role_policy: {
    app: {
      role: 'app',
      policy: policy(
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::books/*' },
        { Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:aws:sqs:eu-west-1:123456789012:jobs' },
      ),
    },
    admin: {
      role: 'admin',
      policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books/*' }),
    },
  },
  google_project_iam_member: {
    viewer: {
      project: 'shop',
      role: 'projects/shop/roles/reader',
      member: 'serviceAccount:app@shop.iam.gserviceaccount.com',
    },
    group: { project: 'shop', role: 'roles/viewer', member: 'group:staff@example.com' },
  },
  google_project_iam_custom_role: {
    reader: {
      project: 'shop',
      role_id: 'reader',
      permissions: ['storage.objects.get', 'storage.objects.list'],
    },
  },
};
const graph = graphOf(resources);

const describePolicy = (Type: string, ...statements: readonly object[]) => ({
  Policy: { PolicySummary: { Name: 'guard', Type }, Content: policy(...statements) },
});
const scp = (...statements: readonly object[]) => describePolicy('SERVICE_CONTROL_POLICY', ...statements);
const questionsWith = (...files: readonly unknown[]) =>
  new AccessQuestions(
    narrowed(
      graph,
      files.flatMap((file) => readOrganization('file', file)),
    ).graph,
  );
const who = (permission: string, resource: string, ...files: readonly unknown[]) =>
  questionsWith(...files)
    .whoCan(permission, resource)
    .map(({ identity, path }) => [identity.label, ...(path.at(-1)?.conditions ?? [])].join(' | '))
    .sort();

const denyAll = { Effect: 'Deny', Action: 's3:Put*', Resource: '*' };

test.each<[string, string, unknown, string[]]>([
  ['a denial of the action', 's3:PutObject', scp(denyAll), []],
  ['a denial of another action', 's3:GetObject', scp(denyAll), ['admin', 'app']],
  ['a denial of the resource', 's3:PutObject', scp({ ...denyAll, Resource: 'arn:aws:s3:::books/*' }), []],
  [
    'a denial of another resource is a condition',
    's3:PutObject',
    scp({ ...denyAll, Resource: 'arn:aws:s3:::salaries/*' }),
    ['app | unless the service control policy guard denies it (s3:Put*)'],
  ],
  [
    'a denial with a condition is a condition',
    's3:PutObject',
    scp({ ...denyAll, Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
    [
      'app | unless the service control policy guard denies it (s3:Put* if StringNotEquals aws:RequestedRegion: eu-west-1)',
    ],
  ],
  [
    'NotAction denies the others',
    's3:PutObject',
    scp({ Effect: 'Deny', NotAction: ['sqs:*', 's3:Get*'], Resource: '*' }),
    [],
  ],
  [
    'NotAction spares the listed ones',
    's3:GetObject',
    scp({ Effect: 'Deny', NotAction: ['sqs:*', 's3:Get*'], Resource: '*' }),
    ['admin', 'app'],
  ],
  [
    'a list of what is allowed',
    's3:PutObject',
    scp({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }),
    [],
  ],
  [
    'several lists of what is allowed',
    's3:PutObject',
    [
      scp({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }),
      scp({ Effect: 'Allow', Action: '*', Resource: '*' }),
    ],
    ['app'],
  ],
  [
    'a resource control policy for each caller',
    's3:PutObject',
    describePolicy('RESOURCE_CONTROL_POLICY', { ...denyAll, Principal: '*' }),
    [],
  ],
  [
    'a boundary of one role',
    's3:GetObject',
    {
      RoleDetailList: [
        {
          Arn: 'arn:aws:iam::123456789012:role/app',
          PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/edge' },
        },
      ],
      Policies: [
        {
          PolicyName: 'edge',
          Arn: 'arn:aws:iam::123456789012:policy/edge',
          PolicyVersionList: [
            {
              IsDefaultVersion: true,
              Document: encodeURIComponent(policy({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' })),
            },
          ],
        },
      ],
    },
    ['admin'],
  ],
])('%s', (_, permission, file, expected) => {
  expect(who(permission, 's3:books', file)).toEqual(expected);
});

test('a denial of a part of a pattern is a condition', () => {
  const file = scp({ Effect: 'Deny', Action: 'sqs:DeleteQueue', Resource: '*' });
  expect(who('sqs:SendMessage', 'sqs:jobs', file)).toEqual([
    'app | unless the service control policy guard denies it (sqs:DeleteQueue)',
  ]);
});

describe('a deny policy of Google', () => {
  const deny = (more: object = {}, project = 'shop') => ({
    name: `policies/cloudresourcemanager.googleapis.com%2Fprojects%2F${project}/denypolicies/guard`,
    rules: [
      {
        denyRule: {
          deniedPrincipals: ['principalSet://goog/public:all'],
          deniedPermissions: ['storage.googleapis.com/objects.get'],
          ...more,
        },
      },
    ],
  });
  const account = 'app@shop.iam.gserviceaccount.com';

  test.each<[string, unknown, string, string[]]>([
    [
      'for everybody',
      deny(),
      'storage.objects.get',
      ['group:staff@example.com | unless the deny policy guard denies it (storage.objects.get)'],
    ],
    [
      'another permission',
      deny(),
      'storage.objects.list',
      [account, 'group:staff@example.com | unless the deny policy guard denies it (storage.objects.get)'],
    ],
    [
      'with an exception',
      deny({ exceptionPrincipals: [`principal://iam.googleapis.com/projects/-/serviceAccounts/${account}`] }),
      'storage.objects.get',
      [account, 'group:staff@example.com | unless the deny policy guard denies it (storage.objects.get)'],
    ],
    ['of another project', deny({}, 'other'), 'storage.objects.get', [account, 'group:staff@example.com']],
    [
      'for a group',
      deny({ deniedPrincipals: ['principalSet://goog/group/staff@example.com'] }),
      'storage.objects.get',
      [account, 'group:staff@example.com | unless the deny policy guard denies it (storage.objects.get)'],
    ],
    [
      'with a condition',
      deny({ denialCondition: { expression: 'resource.matchTag("a", "b")' } }),
      'storage.objects.get',
      [
        `${account} | unless the deny policy guard denies it (storage.objects.get if resource.matchTag("a", "b"))`,
        'group:staff@example.com | unless the deny policy guard denies it (storage.objects.get if resource.matchTag("a", "b"))',
      ],
    ],
  ])('%s', (_, file, permission, expected) => {
    expect(who(permission, 'shop', file)).toEqual(expected);
  });
});

test('a principal access boundary is a condition, because its bindings are not known', () => {
  const boundary = (project: string) => ({
    name: 'organizations/1/locations/global/principalAccessBoundaryPolicies/edge',
    displayName: 'edge',
    details: {
      rules: [{ resources: [`//cloudresourcemanager.googleapis.com/projects/${project}`], effect: 'ALLOW' }],
    },
  });
  const note = 'unless the principal access boundary edge is bound to the identity';
  expect(who('storage.objects.get', 'shop', boundary('other'))).toEqual([
    `app@shop.iam.gserviceaccount.com | ${note}`,
    `group:staff@example.com | ${note}`,
  ]);
  expect(who('storage.objects.get', 'shop', boundary('shop'))).not.toContainEqual(
    expect.stringContaining(note),
  );
});

test('why-not names the policy', () => {
  const model = { stacks: [readSynthesizedStack({ resource: resources }, { name: 'prod' })] };
  const ask = whyNotIn(model, readOrganization('file', scp(denyAll)));
  const question = { identity: 'app', resource: 's3:books' };
  expect(ask({ ...question, permission: 's3:GetObject' }).result).toBe('allowed');
  expect(ask({ ...question, permission: 's3:PutObject' })).toMatchObject({
    result: 'rejected',
    rejections: [{ stage: 'denial', cause: 'The service control policy guard denies s3:PutObject.' }],
  });
});

test.each([
  ['another file', { a: 1 }, /^file must be the output of "aws organizations describe-policy"/],
  ['another type', describePolicy('TAG_POLICY'), /PolicySummary\.Type must be .* \(got "TAG_POLICY"\)\.$/],
  [
    'a document that is not JSON',
    { Policy: { PolicySummary: { Name: 'a', Type: 'SERVICE_CONTROL_POLICY' }, Content: '{' } },
    /the policy must be JSON\.$/,
  ],
])('%s is rejected', (_, content, message) => {
  expect(() => readOrganization('file', content)).toThrow(message);
});

test('without policies the graph is the same', () => {
  expect(narrowed(graph, []).graph).toBe(graph);
});
