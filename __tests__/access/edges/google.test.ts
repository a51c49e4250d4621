import { graphOf, linesOf } from '../graph/graph-of';

const EMAIL = 'etl@my-project.iam.gserviceaccount.com';
const ACCOUNT = `google.serviceAccount/${EMAIL}`;
const POOL = 'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools';
const account = { etl: { account_id: 'etl', project: 'my-project' } };

test.each<[string, string, string]>([
  ['an account', `serviceAccount:${EMAIL}`, ACCOUNT],
  ['a reference to an account', 'serviceAccount:${google_service_account.etl.email}', ACCOUNT],
  ['the member of an account', '${google_service_account.etl.member}', ACCOUNT],
  ['a group', 'group:staff@example.com', 'google.member/group:staff@example.com'],
  ['everyone', 'allUsers', 'google.member/allUsers'],
  [
    'a Kubernetes service account',
    'serviceAccount:my-project.svc.id.goog[books/reader]',
    'kubernetes.serviceAccount/books/reader',
  ],
  [
    'a Kubernetes service account as a principal',
    'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/my-project.svc.id.goog/subject/ns/books/sa/reader',
    'kubernetes.serviceAccount/books/reader',
  ],
  [
    'a name that the cloud assigns',
    '${google_logging_project_sink.s.writer_identity}',
    'google.member/prod:google_logging_project_sink.s',
  ],
])('a member is %s', (_, member, from) => {
  const graph = graphOf({
    google_service_account: account,
    google_logging_project_sink: { s: { name: 's' } },
    google_project_iam_member: { x: { project: 'my-project', role: 'roles/viewer', member } },
  });
  expect(linesOf(graph)).toEqual([`grants | ${from} -> google.resource/project:my-project | roles/viewer`]);
  expect(graph.gaps).toEqual([]);
});

test.each<[string, object, string[]]>([
  [
    'a binding with a condition',
    {
      google_secret_manager_secret_iam_binding: {
        x: {
          secret_id: 'db',
          role: 'roles/secretmanager.secretAccessor',
          members: ['group:a@example.com', 'group:b@example.com'],
          condition: [{ title: 't', expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' }],
        },
      },
    },
    ['a', 'b'].map(
      (each) =>
        `grants | google.member/group:${each}@example.com -> google.resource/secret_manager_secret:db | roles/secretmanager.secretAccessor | if request.time < timestamp("2030-01-01T00:00:00Z")`,
    ),
  ],
  [
    'a whole policy',
    {
      google_storage_bucket_iam_policy: {
        x: { bucket: 'b', policy_data: '${data.google_iam_policy.p.policy_data}' },
      },
    },
    ['grants | google.member/domain:example.com -> google.resource/storage_bucket:b | roles/storage.admin'],
  ],
  [
    'a whole policy as text',
    {
      google_storage_bucket_iam_policy: {
        x: {
          bucket: 'b',
          policy_data: JSON.stringify({ bindings: [{ role: 'roles/x', members: ['allUsers'] }] }),
        },
      },
    },
    ['grants | google.member/allUsers -> google.resource/storage_bucket:b | roles/x'],
  ],
  [
    'a custom role',
    {
      google_project_iam_custom_role: {
        r: { role_id: 'reader', project: 'p', permissions: ['a.b.get', 'a.a.list'] },
      },
      google_project_iam_member: { x: { project: 'p', role: 'projects/p/roles/reader', member: 'allUsers' } },
    },
    [
      'grants | google.member/allUsers -> google.resource/project:p | projects/p/roles/reader | a.a.list | a.b.get',
    ],
  ],
  [
    'a deny policy',
    {
      google_iam_deny_policy: {
        x: {
          parent: 'cloudresourcemanager.googleapis.com%2Fprojects%2Fp',
          rules: [
            {
              deny_rule: [
                {
                  denied_principals: ['principalSet://goog/public:all'],
                  denied_permissions: ['iam.googleapis.com/serviceAccountKeys.create'],
                  exception_principals: ['group:admins'],
                },
              ],
            },
          ],
        },
      },
    },
    [
      'grants (deny) | google.member/principalSet://goog/public:all -> google.resource/project:p | iam.serviceAccountKeys.create | if except group:admins',
    ],
  ],
  [
    'a key',
    {
      google_service_account: account,
      google_service_account_key: { k: { service_account_id: '${google_service_account.etl.name}' } },
    },
    [`assumes | google.member/key file -> ${ACCOUNT}`],
  ],
  [
    'an AWS role that a provider maps',
    {
      google_iam_workload_identity_pool_provider: {
        x: {
          workload_identity_pool_id: 'aws',
          workload_identity_pool_provider_id: 'main',
          attribute_condition: 'attribute.aws_role == "r"',
          aws: [{ account_id: '123456789012' }],
        },
      },
      google_service_account_iam_member: {
        m: {
          service_account_id: `projects/my-project/serviceAccounts/${EMAIL}`,
          role: 'roles/iam.workloadIdentityUser',
          member: `${POOL}/aws/attribute.aws_role/arn:aws:sts::123456789012:assumed-role/bridge`,
        },
      },
    },
    [
      `assumes | google.member/${POOL}/aws/attribute.aws_role/arn:aws:sts::123456789012:assumed-role/bridge -> ${ACCOUNT} | roles/iam.workloadIdentityUser`,
      'federates | aws.account/123456789012 -> google.provider/aws/main | if attribute.aws_role == "r"',
      `federates | aws.role/bridge -> google.member/${POOL}/aws/attribute.aws_role/arn:aws:sts::123456789012:assumed-role/bridge | if attribute.aws_role == "r"`,
    ],
  ],
  [
    'a workflow that a provider maps',
    {
      google_iam_workload_identity_pool_provider: {
        x: {
          workload_identity_pool_id: 'ci',
          workload_identity_pool_provider_id: 'github',
          oidc: [{ issuer_uri: 'https://token.actions.githubusercontent.com' }],
        },
      },
      google_project_iam_member: {
        m: { project: 'p', role: 'roles/viewer', member: `${POOL}/ci/attribute.repository/o/r` },
      },
    },
    [
      'federates | ci.identity/https://token.actions.githubusercontent.com -> google.provider/ci/github',
      `federates | ci.identity/repository=o/r -> google.member/${POOL}/ci/attribute.repository/o/r`,
      `grants | google.member/${POOL}/ci/attribute.repository/o/r -> google.resource/project:p | roles/viewer`,
    ],
  ],
])('%s', (_, resources, lines) => {
  const data = {
    google_iam_policy: { p: { binding: [{ role: 'roles/storage.admin', members: ['domain:example.com'] }] } },
  };
  expect(linesOf(graphOf(resources, { data }))).toEqual([...lines].sort());
});

test('a member of a variable is a gap', () => {
  const { gaps } = graphOf({
    google_project_iam_member: { x: { project: 'p', role: 'roles/viewer', member: '${var.m}' } },
  });
  expect(gaps.map(({ reason }) => reason)).toEqual(['The member ${var.m} is known after apply.']);
});
