import table = require('./predefined-roles.json');

/**
 * Day on which the permissions of the predefined roles were read. Google changes roles without notice:
 * https://cloud.google.com/iam/docs/roles-permissions
 */
export const PREDEFINED_ROLES_DATE: string = table.date;

let names: readonly string[] | undefined;

/** Names of all permissions of the table, by number. */
function permissionNames(): readonly string[] {
  names ??= Object.entries(table.permissions).flatMap(([resource, verbs]) =>
    verbs.split(' ').map((verb) => `${resource}.${verb}`),
  );
  return names;
}

let known: ReadonlySet<string> | undefined;

/** Whether the table knows a permission, so that a role of the table without it does not grant it. */
export function isKnownPermission(permission: string): boolean {
  known ??= new Set(permissionNames());
  return known.has(permission);
}

const read = new Map<string, ReadonlySet<string>>();

/** Permissions of a role such as `roles/storage.objectViewer`; undefined for a role that is not in the table. */
export function predefinedPermissions(role: string): ReadonlySet<string> | undefined {
  const before = read.get(role);
  if (before) return before;
  const [, name = ''] = /^roles\/(.+)$/.exec(role) ?? [];
  if (!Object.hasOwn(table.roles, name)) return undefined;
  const encoded = table.roles[name as keyof typeof table.roles];
  const permissions = new Set(encoded.split(' ').filter(Boolean).flatMap(permissionsIn));
  read.set(role, permissions);
  return permissions;
}

/** Permissions of `n`, or of `n-m`: the number n and the m next ones, in base 36. */
function permissionsIn(range: string): readonly string[] {
  const [first = 0, more = 0] = range.split('-').map((each) => Number.parseInt(each, 36));
  return permissionNames().slice(first, first + more + 1);
}
