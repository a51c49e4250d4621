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
