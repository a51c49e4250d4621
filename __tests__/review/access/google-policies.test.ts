import { reviewOf } from '../plans';

const rows = (type: string, before: object, after: object) =>
  reviewOf([{ type, before, after }]).access.map(({ verdict, subject, details }) => [
    verdict,
    subject,
    ...details,
  ]);

const everyone = 'principalSet://goog/public:all';
const deny = (rule: object) => ({
  parent: 'cloudresourcemanager.googleapis.com%2Fprojects%2Fbooks',
  name: 'guard',
  rules: [
    {
      description: 'no deletion',
      deny_rule: [
        {
          denied_principals: [everyone],
          denied_permissions: ['storage.googleapis.com/buckets.delete'],
          exception_principals: null,
          denial_condition: [],
          ...rule,
        },
      ],
    },
  ],
});
const denyRows = (before: object, after: object) => rows('google_iam_deny_policy', deny(before), deny(after));
const guard = 'deny policy guard on cloudresourcemanager.googleapis.com/projects/books';
const deletes = 'storage.googleapis.com/buckets.delete';

test.each([
  [
    'an exception for a group',
    {},
    { exception_principals: ['principalSet://goog/group/ops@x.com'] },
    [['broadened', guard, `user:other@example.net of group:ops@x.com may now use ${deletes}`]],
  ],
  [
    'a condition on a tag',
    {},
    { denial_condition: [{ expression: "resource.matchTag('1/env', 'prod')" }] },
    [['broadened', guard, `user:other@example.net may now use ${deletes} with tag 1/env = x`]],
  ],
  [
    'more permissions',
    {},
    { denied_permissions: [deletes, 'storage.googleapis.com/buckets.update'] },
    [['narrowed', guard, 'user:other@example.net may no longer use storage.googleapis.com/buckets.update']],
  ],
  ['a pattern for the same permission', { denied_permissions: [deletes, deletes] }, {}, []],
  [
    'a principal that is known after apply',
    {},
    { denied_principals: ['${google_service_account.a.email}'] },
    [
      [
        'unknown',
        guard,
        'It is not decided: rules[0].denyRule.deniedPrincipals must be a principal of Google Cloud (got "${google_service_account.a.email}").',
      ],
    ],
  ],
])('a deny policy with %s', (_, before, after, expected) => {
  expect(denyRows(before, after)).toEqual(expected);
});

test('an access policy is decided over all its rules', () => {
  const policy = (effect: string) => ({
    project: 'books',
    access_policy_id: 'bus',
    details: [
      {
        rules: [
          {
            effect: 'ALLOW',
            principals: [everyone],
            operation: [{ permissions: ['eventarc.googleapis.com/messageBuses.publish'] }],
          },
          {
            effect,
            principals: ['principal://goog/subject/ada@x.com'],
            operation: [{ permissions: ['eventarc.googleapis.com/*.*'] }],
          },
        ],
      },
    ],
  });
  expect(rows('google_iam_projects_access_policy', policy('DENY'), policy('ALLOW'))).toEqual([
    [
      'broadened',
      'access policy bus on books',
      'user:ada@x.com may now use eventarc.googleapis.com/messageBuses.publish',
    ],
  ]);
});

test('an attachment point that is not a URL encoding is its own name', () => {
  const [before, after] = [
    {},
    { denied_permissions: [deletes, 'storage.googleapis.com/buckets.update'] },
  ].map((rule) => ({ ...deny(rule), parent: '100%' }));
  expect(rows('google_iam_deny_policy', before!, after!)).toEqual([
    [
      'narrowed',
      'deny policy guard on 100%',
      'user:other@example.net may no longer use storage.googleapis.com/buckets.update',
    ],
  ]);
});
