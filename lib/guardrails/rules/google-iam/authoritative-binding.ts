import { rule } from '../../rule';
import { fail } from '../../verdict';

/** Bindings that replace all members of a role. */
export const authoritativeBinding = rule('google_*_iam_binding', {
  id: 'GCP009',
  title: 'Binding that replaces all members of a role',
  severity: 'warning',
  why: 'The first apply removes members that others granted, and no plan shows them.',
  fix: 'Use the resource type that ends with _iam_member, one for each member.',
  controls: ['SOC 2 CC8.1'],
  check: () => fail('The resource owns all members of the role.'),
  passes: [
    {
      resource: {
        google_project_iam_member: {
          x: { project: 'p', role: 'roles/logging.viewer', member: 'group:a@example.com' },
        },
      },
    },
  ],
  fails: [
    {
      resource: {
        google_project_iam_binding: {
          x: { project: 'p', role: 'roles/logging.viewer', members: ['group:a@example.com'] },
        },
      },
    },
  ],
});
