import { isPattern, matchesPattern, patternOf } from '../permissions/aws-pattern';
import type { AccessEdge } from '../graph/edge';
import type { AccessNode } from '../graph/node';
import { isKnownPermission, predefinedPermissions } from '../permissions/predefined-roles';
import { permitsKubernetes } from '../permissions/kubernetes-permission';

/** Whether an edge has a permission: certainly, possibly, or not. */
export type Match = 'yes' | 'possible' | 'no';

const BASIC_ROLES = [
  'roles/owner',
  'roles/editor',
  'roles/viewer',
  'roles/admin',
  'roles/writer',
  'roles/reader',
];

/** Whether an edge has a permission: an AWS action, a Google permission or role, or `VERB GROUP/RESOURCE`. */
export function hasPermission(
  { permissions, role, possible }: Pick<AccessEdge, 'permissions' | 'role' | 'possible'>,
  permission: string,
): Match {
  const sure: Match = possible === true ? 'possible' : 'yes';
  if (role === permission) return sure;
  if (permissions.some((each) => permits(each, permission))) return sure;
  const isOfGoogle = /^[a-z][^: ]*$/.test(permission);
  return permissions.length > 0 || role === undefined || !isOfGoogle ? 'no' : inRole(role, permission, sure);
}

/** Whether a role of Google Cloud whose permissions no resource states has a permission. */
function inRole(role: string, permission: string, sure: Match): Match {
  const known = predefinedPermissions(role);
  if (known?.has(permission) === true) return sure;
  // Buckets and datasets grant more to the holders of basic roles: https://cloud.google.com/storage/docs/access-control/iam#convenience-values
  if (BASIC_ROLES.includes(role)) return 'possible';
  // A permission that the table does not know can be newer than it.
  if (known !== undefined && isKnownPermission(permission)) return 'no';
  const [service] = permission.split('.');
  const [ofRole] = role.replace(/^roles\//, '').split('.');
  // A role that is not in the table can have each permission of its service.
  return service === ofRole ? 'possible' : 'no';
}

/** Whether a permission, which can be a pattern, includes another one. */
export function permits(allowed: string, permission: string): boolean {
  return allowed.includes(' ')
    ? permitsKubernetes(allowed, permission)
    : patternOf(allowed, 'i').test(permission);
}

/**
 * Whether access to one node is access to the other: the same, a pattern of its name, or what contains it. `possible`
 * for a project and a resource of Google whose project is not known.
 */
export function covers(granted: AccessNode, wanted: AccessNode): Match {
  const [project] = granted.names.flatMap((name) => /^project:(.+)$/.exec(name)?.[1] ?? []);
  if (project !== undefined && granted.id !== wanted.id) return coversInProject(project, wanted);
  return isPart(granted, wanted) ? 'yes' : 'no';
}

function coversInProject(project: string, { kind, scope, names }: AccessNode): Match {
  if (!kind.startsWith('google.')) return 'no';
  if (scope === project || names.some((name) => name.includes(`@${project}.`))) return 'yes';
  return kind === 'google.resource' && scope === undefined ? 'possible' : 'no';
}

function isPart(granted: AccessNode, wanted: AccessNode): boolean {
  if (granted.id === wanted.id) return true;
  if (granted.id === 'aws.resource/*') return wanted.kind.startsWith('aws.');
  if (granted.kind.startsWith('aws.')) {
    return granted.names.some(
      (name) => isPattern(name) && wanted.names.some((each) => matchesPattern(name, each)),
    );
  }
  if (granted.kind === 'kubernetes.resource') return wanted.kind.startsWith('kubernetes.');
  return (
    granted.kind === 'kubernetes.namespace' &&
    wanted.scope !== undefined &&
    granted.scope === wanted.scope &&
    wanted.kind.startsWith('kubernetes.')
  );
}

/** The weaker one of two matches. */
export function weaker(first: Match, second: Match): Match {
  const order: readonly Match[] = ['no', 'possible', 'yes'];
  return order[Math.min(order.indexOf(first), order.indexOf(second))] ?? 'no';
}
