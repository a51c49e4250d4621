import { rule } from '../../rule';
import { ofEachGrant, WIDE_GRANTS } from './grants';

/** Owner, editor and viewer of a project, a folder or an organization. */
export const basicRole = rule(WIDE_GRANTS, {
  id: 'GCP002',
  title: 'Basic role',
  severity: 'error',
  why: 'A basic role has thousands of permissions over all services, also over those that the project does not use yet.',
  fix: 'Grant a predefined role of one service, or a custom role, on the one resource that needs it.',
  controls: ['CIS GCP 1.5', 'SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (resource) =>
    ofEachGrant(resource, ({ role }) => role.isNot('roles/owner', 'roles/editor', 'roles/viewer')),
  passes: [{ project: 'p', role: 'roles/logging.viewer', member: 'group:team@example.com' }],
  fails: [
    { project: 'p', role: 'roles/editor', member: 'serviceAccount:ci@p.iam.gserviceaccount.com' },
    {
      resource: {
        google_folder_iam_binding: { all: { folder: 'folders/1', role: 'roles/viewer', members: [] } },
      },
    },
  ],
  unknowns: [{ project: 'p', role: '${var.role}', member: 'group:team@example.com' }],
});
