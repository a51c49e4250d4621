import { rule } from '../../rule';
import { fail } from '../../verdict';

/** Policies that replace all access to a resource. */
export const authoritativePolicy = rule('google_*_iam_policy', {
  id: 'GCP010',
  title: 'Policy that replaces all access to a resource',
  severity: 'error',
  why: 'The first apply removes every member and audit configuration that others set, and no plan shows them.',
  fix: 'Use the resource type that ends with _iam_member, one for each member.',
  controls: ['SOC 2 CC8.1'],
  check: ({ type }) =>
    type === 'google_iam_deny_policy' || type === 'google_iam_policy'
      ? []
      : fail('The resource owns the whole policy.'),
  passes: [
    {
      resource: {
        google_project_iam_member: {
          x: { project: 'p', role: 'roles/logging.viewer', member: 'group:a@example.com' },
        },
      },
    },
  ],
  fails: [{ resource: { google_project_iam_policy: { x: { project: 'p', policy_data: '{}' } } } }],
});
