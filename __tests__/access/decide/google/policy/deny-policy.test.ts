import { team, brief, everyone } from './policy-fixtures';

const deny = (given: object) => ({ rules: [{ denyRule: given }] });
const deletes = ['storage.googleapis.com/buckets.delete'];

describe('deny policies', () => {
  test.each([
    [
      'equal rules',
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      'within',
    ],
    [
      'more is denied',
      deny({ deniedPrincipals: [everyone], deniedPermissions: ['storage.googleapis.com/buckets.*'] }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      'within',
    ],
    [
      'less is denied',
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: ['storage.googleapis.com/buckets.*'] }),
      'broader user:other@example.net storage.googleapis.com/buckets.other',
    ],
    [
      'an exception is added',
      deny({
        deniedPrincipals: [everyone],
        deniedPermissions: deletes,
        exceptionPrincipals: ['principalSet://goog/group/team@example.com'],
      }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      `broader user:other@example.net ${team} storage.googleapis.com/buckets.delete`,
    ],
    [
      'an excepted permission',
      deny({
        deniedPrincipals: [everyone],
        deniedPermissions: ['storage.googleapis.com/*.*'],
        exceptionPermissions: deletes,
      }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: ['storage.googleapis.com/*.delete'] }),
      'broader user:other@example.net storage.googleapis.com/buckets.delete',
    ],
    [
      'a condition is added',
      deny({
        deniedPrincipals: [everyone],
        deniedPermissions: deletes,
        denialCondition: { expression: "!resource.matchTag('1/env', 'test')" },
      }),
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      'broader user:other@example.net storage.googleapis.com/buckets.delete',
    ],
    [
      'no policy',
      {},
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      'broader user:other@example.net storage.googleapis.com/buckets.delete',
    ],
    [
      'blocks of Terraform',
      {
        parent: 'p',
        rules: [
          {
            deny_rule: [{ denied_principals: [everyone], denied_permissions: deletes, denial_condition: [] }],
          },
        ],
      },
      deny({ deniedPrincipals: [everyone], deniedPermissions: deletes }),
      'within',
    ],
    [
      'a permission of a role',
      deny({ deniedPrincipals: [everyone], deniedPermissions: ['storage.buckets.delete'] }),
      {},
      'Document A: rules[0].denyRule.deniedPermissions must contain permissions such as "iam.googleapis.com/roles.list" (got "storage.buckets.delete").',
    ],
  ])('%s', (_, a, b, expected) => {
    expect(brief('gcp-deny-policy', a, b)).toBe(expected);
  });
});
