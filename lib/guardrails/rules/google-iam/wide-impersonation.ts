import { rule } from '../../rule';
import { ofEachGrant, WIDE_GRANTS } from './grants';

const ROLES = [
  'roles/iam.serviceAccountAdmin',
  'roles/iam.serviceAccountKeyAdmin',
  'roles/iam.serviceAccountOpenIdTokenCreator',
  'roles/iam.serviceAccountTokenCreator',
  'roles/iam.serviceAccountUser',
  'roles/iam.workloadIdentityUser',
];

/** Impersonation of every service account of a project. */
export const wideImpersonation = rule(WIDE_GRANTS, {
  id: 'GCP005',
  title: 'Impersonation of every service account of a project',
  severity: 'error',
  why: 'The member can obtain the access of every service account of the project, also of later ones.',
  fix: 'Grant the role with google_service_account_iam_member on the one service account.',
  controls: ['CIS GCP 1.6', 'SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (resource) => ofEachGrant(resource, ({ role }) => role.isNot(...ROLES)),
  passes: [{ project: 'p', role: 'roles/logging.viewer', member: 'group:team@example.com' }],
  fails: ROLES.map((role) => ({ project: 'p', role, member: 'group:team@example.com' })),
  unknowns: [{ project: 'p', role: '${var.role}', member: 'group:team@example.com' }],
});
