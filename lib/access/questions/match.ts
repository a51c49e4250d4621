import { patternOf } from '../edges/aws-names';
import type { AccessEdge } from '../graph/edge';
import type { AccessNode } from '../graph/node';

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
export function hasPermission({ permissions, role, possible }: AccessEdge, permission: string): Match {
  const sure: Match = possible === true ? 'possible' : 'yes';
  if (role === permission) return sure;
  if (permissions.some((each) => permits(each, permission))) return sure;
  if (permissions.length > 0 || role === undefined) return 'no';
  if (BASIC_ROLES.includes(role)) return 'possible';
  const [service] = permission.split('.');
  const [ofRole] = role.replace(/^roles\//, '').split('.');
  // The permissions of a predefined role are known to Google alone. The services of both are the same if one has it.
  return /^[a-z]/.test(permission) &&
    !permission.includes(':') &&
    !permission.includes(' ') &&
    service === ofRole
    ? 'possible'
    : 'no';
}

/** Whether a permission, which can be a pattern, includes another one. */
export function permits(allowed: string, permission: string): boolean {
  if (!allowed.includes(' ')) return patternOf(allowed, 'i').test(permission);
  const [verb = '', resource = ''] = allowed.split(' ');
  const [wantedVerb = '', wanted = ''] = permission.split(' ');
  const [name = '', restricted] = resource.split('=');
  const [wantedName = '', object] = wanted.split('=');
  const names = restricted?.split(',');
  return (
    (verb === '*' || verb === wantedVerb) &&
    (name === '*' ||
      patternOf(name).test(wantedName) ||
      name === wantedName.replace(/^[^/]*\//, '') ||
      name.replace(/^[^/]*\//, '') === wantedName) &&
    (names === undefined || (object !== undefined && names.includes(object)))
  );
}

/** Whether access to one node is access to the other: the same, a pattern of its name, or what contains it. */
export function covers(granted: AccessNode, wanted: AccessNode): boolean {
  if (granted.id === wanted.id) return true;
  if (granted.id === 'aws.resource/*') return wanted.kind.startsWith('aws.');
  if (granted.kind.startsWith('aws.')) {
    return granted.names.some(
      (name) => /[*?]/.test(name) && wanted.names.some((each) => patternOf(name).test(each)),
    );
  }
  const [project] = granted.names.flatMap((name) => /^project:(.+)$/.exec(name)?.[1] ?? []);
  if (project !== undefined) {
    const isOfProject =
      wanted.scope === project || wanted.names.some((name) => name.includes(`@${project}.`));
    return wanted.kind.startsWith('google.') && isOfProject;
  }
  if (granted.kind === 'kubernetes.resource') return wanted.kind.startsWith('kubernetes.');
  return (
    granted.kind === 'kubernetes.namespace' &&
    wanted.scope !== undefined &&
    granted.scope === wanted.scope &&
    wanted.kind.startsWith('kubernetes.')
  );
}
