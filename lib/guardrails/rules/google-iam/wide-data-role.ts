import { rule } from '../../rule';
import { ofEachGrant, WIDE_GRANTS } from './grants';

const ROLES = [
  'roles/secretmanager.secretAccessor',
  'roles/secretmanager.secretVersionManager',
  'roles/storage.admin',
  'roles/storage.objectAdmin',
  'roles/storage.objectCreator',
  'roles/storage.objectUser',
  'roles/storage.objectViewer',
];

/** Secrets and objects of a whole project. */
export const wideDataRole = rule(WIDE_GRANTS, {
  id: 'GCP011',
  title: 'Access to every secret or bucket of a project',
  severity: 'error',
  why: 'The member reads data of all teams of the project, also that of later ones.',
  fix: 'Grant the role on the one secret or bucket.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.3'],
  answeredBy: ['projectWide'],
  check: (resource) => ofEachGrant(resource, ({ role }) => role.isNot(...ROLES)),
  passes: [{ project: 'p', role: 'roles/logging.viewer', member: 'group:team@example.com' }],
  fails: ROLES.map((role) => ({ project: 'p', role, member: 'group:team@example.com' })),
  unknowns: [{ project: 'p', role: '${var.role}', member: 'group:team@example.com' }],
});
