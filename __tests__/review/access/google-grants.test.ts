import { reviewOf, verdicts, type Change } from '../plans';

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

test('a name that Terraform does not know yet is shown without signs of a template', () => {
  const { access } = reviewOf([
    { type: 'google_folder_iam_member', after: member({ project: undefined }), unknown: { folder: true } },
  ]);
  expect(access.map(({ details }) => details)).toEqual([
    ['now: member group:a@example.com has roles/viewer on resource (known after apply).'],
  ]);
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
