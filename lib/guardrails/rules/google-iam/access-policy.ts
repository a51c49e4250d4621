import { rule } from '../../rule';
import { all } from '../../verdict';

const EVERYONE = 'principalSet://goog/public:all';

/** Access policies that allow all principals, or all permissions of a service. */
export const accessPolicy = rule(
  [
    'google_iam_projects_access_policy',
    'google_iam_folders_access_policy',
    'google_iam_organizations_access_policy',
  ],
  {
    id: 'GCP019',
    title: 'Access policy that allows all principals or all permissions',
    severity: 'error',
    why: 'Such a policy grants permissions without a role, so that lists of roles do not show it.',
    fix: 'Name the principals and the permissions.',
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
    check: (policy) =>
      all(
        ...policy
          .blocks('details')
          .flatMap((details) => details.blocks('rules'))
          .filter((each) => each.value('effect').text !== 'DENY')
          .flatMap((each) => [
            ...each.value('principals').elements.map((principal) => principal.isNot(EVERYONE)),
            ...each
              .blocks('operation')
              .flatMap((operation) => operation.value('permissions').elements)
              .map((permission) =>
                permission.satisfies('name one permission', (text) => !String(text).includes('*')),
              ),
          ]),
      ),
    passes: [
      {
        details: {
          rules: [
            {
              effect: 'ALLOW',
              principals: ['principalSet://goog/group/team@example.com'],
              operation: { permissions: ['eventarc.googleapis.com/messageBuses.publish'] },
            },
          ],
        },
      },
    ],
    fails: [
      {
        details: {
          rules: [
            {
              effect: 'ALLOW',
              principals: [EVERYONE],
              operation: { permissions: ['eventarc.googleapis.com/messageBuses.publish'] },
            },
          ],
        },
      },
      {
        details: {
          rules: [
            {
              effect: 'ALLOW',
              principals: ['principalSet://goog/group/team@example.com'],
              operation: { permissions: ['eventarc.googleapis.com/*'] },
            },
          ],
        },
      },
    ],
  },
);
