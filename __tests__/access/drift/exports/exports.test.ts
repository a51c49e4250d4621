import { awsAuthorizationExport } from '../../../../lib/access/drift/exports/aws-authorization';
import { googleAssetsExport } from '../../../../lib/access/drift/exports/google-assets';
import { googlePolicyExport } from '../../../../lib/access/drift/exports/google-policy';
import { kubernetesExport } from '../../../../lib/access/drift/exports/kubernetes-list';
import { ExportError } from '../../../../lib/access/drift/exports/live-export';
import { terraformQueryExport } from '../../../../lib/access/drift/exports/terraform-query';
import { accessDrift } from '../../../../lib/access/drift/drift';
import { graphOf } from '../../graph/graph-of';
import { driftLines } from '../drift-of';

const trust = { Version: '2012-10-17', Statement: [] };

test.each<[string, () => unknown, string]>([
  [
    'a policy',
    () => googlePolicyExport('f', 'books', {}),
    'f must be an IAM policy (got an object without bindings). Write it with "gcloud projects get-iam-policy books --format=json".',
  ],
  [
    'a policy with bad bindings',
    () => googlePolicyExport('f', 'books', { bindings: [{ role: 'roles/viewer' }] }),
    'f: bindings[0] must have a role and a list of members.',
  ],
  [
    'a policy with a text',
    () => googlePolicyExport('f', 'books', { bindings: 'x' }),
    'f: bindings must be a list (got a string).',
  ],
  [
    'search results',
    () => googleAssetsExport('f', { results: [] }),
    'f must be a list of search results with a policy (got an object). Write it with "gcloud asset search-all-iam-policies --scope=SCOPE --format=json".',
  ],
  [
    'account details',
    () => awsAuthorizationExport('f', []),
    'f must have RoleDetailList, UserDetailList or GroupDetailList (got a list). Write it with "aws iam get-account-authorization-details".',
  ],
  [
    'one page of account details',
    () => awsAuthorizationExport('f', { RoleDetailList: [], IsTruncated: true }),
    'f must be complete (got IsTruncated). Write all pages to one file.',
  ],
  [
    'a role without a trust policy',
    () => awsAuthorizationExport('f', { RoleDetailList: [{ RoleName: 'app' }] }),
    'f: role app must have a policy document (got nothing).',
  ],
  [
    'a role whose trust policy is cut',
    () =>
      awsAuthorizationExport('f', {
        RoleDetailList: [{ RoleName: 'app', AssumeRolePolicyDocument: '%7B%22' }],
      }),
    'f: role app must have a policy document of JSON.',
  ],
  [
    'Kubernetes objects',
    () => kubernetesExport('f', null),
    'f must be a list of Kubernetes objects (got null without items). Write it with "kubectl get rolebindings,clusterrolebindings,roles,clusterroles -A -o json".',
  ],
  [
    'an object without a name',
    () => kubernetesExport('f', { items: [{ kind: 'Role' }] }),
    'f: items[0] must have kind and metadata.name.',
  ],
  [
    'lines of a query',
    () => terraformQueryExport('f', [{ type: 'version' }]),
    'f must have the lines of a query (got none of the type list_start). Write them with "terraform query -json".',
  ],
])('rejects what is not %s', (_, read, message) => {
  expect(read).toThrow(ExportError);
  expect(read).toThrow(message);
});

test('a policy with percent encoding is the same policy', () => {
  const text = encodeURIComponent(JSON.stringify(trust));
  const role = (document: unknown) =>
    awsAuthorizationExport('f', {
      RoleDetailList: [{ RoleName: 'app', AssumeRolePolicyDocument: document }],
    });
  expect(role(text)).toEqual(role(trust));
});

test('users and groups have policies too, and boundaries are listed', () => {
  const live = awsAuthorizationExport('f', {
    UserDetailList: [
      {
        UserName: 'ada',
        Arn: 'arn:aws:iam::111111111111:user/ada',
        PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::111111111111:policy/b' },
        AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::111111111111:policy/team/p' }],
      },
    ],
    GroupDetailList: [
      {
        GroupName: 'team',
        GroupPolicyList: [
          {
            PolicyName: 'g',
            PolicyDocument: {
              Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: 'arn:aws:sqs:us-east-1:1:q' },
            },
          },
        ],
      },
    ],
    Policies: [
      {
        Arn: 'arn:aws:iam::111111111111:policy/team/p',
        PolicyVersionList: [
          { IsDefaultVersion: false, Document: trust },
          {
            IsDefaultVersion: true,
            Document: { Statement: { Effect: 'Allow', Action: 'iam:*', Resource: '*' } },
          },
        ],
      },
    ],
  });
  expect(driftLines({}, live)).toEqual([
    'extra | aws.group/team -> aws.resource/sqs:q | sqs:*',
    'extra | aws.user/ada -> aws.resource/* | iam:*',
  ]);
  expect(live.unread.map(({ what }) => what)).toEqual(['Permissions boundary of user ada']);
  expect(live.covers).toEqual(['aws:111111111111']);
});

test('a result of an unknown type and another Kubernetes object are listed', () => {
  const assets = googleAssetsExport('f', [{ resource: '//x.googleapis.com/y', policy: { bindings: [] } }]);
  const objects = kubernetesExport('f', { items: [{ kind: 'Secret', metadata: { name: 's' } }] });
  expect([assets, objects].flatMap(({ unread }) => unread.map(({ what }) => what))).toEqual([
    '//x.googleapis.com/y',
    'Secret s',
  ]);
});

test('the number of a project in a name is the project', () => {
  const policy = {
    bindings: [{ role: 'roles/secretmanager.secretAccessor', members: ['user:ada@example.com'] }],
  };
  const assets = googleAssetsExport('f', [
    { resource: '//cloudresourcemanager.googleapis.com/projects/books', project: 'projects/42', policy: {} },
    { resource: '//secretmanager.googleapis.com/projects/42/secrets/s', project: 'projects/42', policy },
  ]);
  const stackIn = (project: string) => ({
    google_secret_manager_secret_iam_member: {
      x: {
        project,
        secret_id: 's',
        role: 'roles/secretmanager.secretAccessor',
        member: 'user:ada@example.com',
      },
    },
  });
  expect(driftLines(stackIn('books'), assets)).toEqual([]);
  expect(driftLines(stackIn('shop'), assets)).toHaveLength(1);
});

test('lines of a query are extra access and never missing access', () => {
  const line = (more: object) => ({
    '@level': 'info',
    '@message': 'list.google_project_iam_member.all: Result found',
    type: 'list_resource_found',
    list_resource_found: {
      address: 'list.google_project_iam_member.all',
      display_name: 'x',
      resource_type: 'google_project_iam_member',
      ...more,
    },
  });
  const found = {
    project: 'books',
    role: 'roles/owner',
    member: 'user:stranger@example.com',
    condition: null,
  };
  const live = terraformQueryExport('f', [
    { type: 'list_start', list_start: { address: 'list.google_project_iam_member.all' } },
    line({ resource_object: found }),
    line({ display_name: 'y' }),
  ]);
  const stack = {
    google_project_iam_member: {
      x: { project: 'books', role: 'roles/viewer', member: 'user:ada@example.com' },
    },
  };
  const { findings, notCompared } = accessDrift(graphOf(stack), [live]);
  expect(findings.map(({ kind, edge }) => [kind, edge.role])).toEqual([['extra', 'roles/owner']]);
  expect(notCompared.map(({ reason }) => reason)).toEqual([
    'The result has no resource. Set include_resource in the list block.',
    'No file has the policy of project:books.',
  ]);
});

test('a member with the name of a computed value is text', () => {
  const live = kubernetesExport('f', {
    items: [
      {
        kind: 'ClusterRoleBinding',
        metadata: { name: 'x', annotations: { $kind: 'reference' } },
        roleRef: { kind: 'ClusterRole', name: 'view', $kind: 'unknown' },
        subjects: [{ kind: 'User', name: '${var.x}' }],
      },
    ],
  });
  expect(driftLines({}, live)).toHaveLength(1);
});
