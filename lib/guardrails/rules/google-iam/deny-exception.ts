import { rule } from '../../rule';
import { all } from '../../verdict';

const EVERYONE = 'principalSet://goog/public:all';

/** Deny policies with an exception for all principals. */
export const denyException = rule('google_iam_deny_policy', {
  id: 'GCP018',
  title: 'Deny policy without an effect',
  severity: 'error',
  why: 'An exception for all principals disables the policy.',
  fix: 'Name the principals of the exception.',
  controls: ['SOC 2 CC6.3'],
  check: (policy) =>
    all(
      ...policy
        .blocks('rules')
        .flatMap((each) => each.blocks('deny_rule'))
        .flatMap((deny) => deny.value('exception_principals').elements)
        .map((principal) => principal.isNot(EVERYONE)),
    ),
  passes: [
    {
      parent: 'p',
      name: 'x',
      rules: [
        {
          deny_rule: {
            denied_principals: ['principalSet://goog/public:all'],
            denied_permissions: ['iam.googleapis.com/roles.create'],
            exception_principals: ['principalSet://goog/group/admins@example.com'],
          },
        },
      ],
    },
  ],
  fails: [
    {
      parent: 'p',
      name: 'x',
      rules: [
        {
          deny_rule: {
            denied_principals: ['principalSet://goog/public:all'],
            denied_permissions: ['iam.googleapis.com/roles.create'],
            exception_principals: ['principalSet://goog/public:all'],
          },
        },
      ],
    },
  ],
});
