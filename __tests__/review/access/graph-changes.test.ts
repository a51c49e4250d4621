import { reviewOf, type Change } from '../plans';

const rows = (changes: readonly Change[]) =>
  reviewOf(changes).access.map(({ verdict, subject, details }) => [verdict, subject, ...details]);
test('a deny policy that is deleted gives access, and one that is created takes it', () => {
  const type = 'google_iam_deny_policy';
  const deny = {
    parent: 'p',
    name: 'd',
    rules: [
      {
        deny_rule: [
          { denied_principals: ['group:a@x.com'], denied_permissions: ['iam.googleapis.com/roles.create'] },
        ],
      },
    ],
  };
  const sentence = 'member group:a@x.com must not have iam.roles.create on resource p.';
  expect(rows([{ type, before: deny }])).toEqual([['broadened', 'group:a@x.com', `no longer: ${sentence}`]]);
  expect(rows([{ type, after: deny }])).toEqual([['narrowed', 'group:a@x.com', `now: ${sentence}`]]);
});

const member = (condition?: string) => ({
  project: 'p',
  role: 'roles/viewer',
  member: 'group:a@x.com',
  ...(condition !== undefined && { condition: [{ title: 't', expression: condition }] }),
});
const grant = (before: object, after: object): Change[] => [
  { type: 'google_project_iam_member', before, after },
];
const viewer = 'member group:a@x.com has roles/viewer on resource p.';

test.each([
  [
    'removed',
    'resource.name == "a"',
    undefined,
    `wider: ${viewer} Before: only if resource.name == "a". After: always.`,
  ],
  [
    'added',
    undefined,
    'resource.name == "a"',
    `narrower: ${viewer} Before: always. After: only if resource.name == "a".`,
  ],
])('a condition that is %s is shown on both sides', (_, before, after, expected) => {
  expect(rows(grant(member(before), member(after))).map(([, , ...details]) => details)).toEqual([[expected]]);
});

test('a role with more permissions shows the new ones only', () => {
  const role = (permissions: readonly string[]) => ({ role_id: 'reader', project: 'p', permissions });
  const held = { ...member(), role: 'projects/p/roles/reader' };
  const found = rows([
    {
      type: 'google_project_iam_custom_role',
      before: role(['a.b.get']),
      after: role(['a.b.get', 'a.b.delete']),
    },
    { type: 'google_project_iam_member', before: held, after: held },
  ]);
  expect(found).toEqual([
    [
      'broadened',
      'group:a@x.com',
      'now: member group:a@x.com has projects/p/roles/reader: a.b.delete on resource p.',
    ],
  ]);
});
