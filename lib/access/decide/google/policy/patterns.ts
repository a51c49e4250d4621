import { Undecided } from '../../relation';
import { readList } from './fields';

/** `SERVICE/RESOURCE.VERB`; the resource and the verb can be `*`. https://cloud.google.com/iam/docs/deny-permissions-support */
const FORM = /^([a-z0-9.-]+\.[a-z]+)\/(\*|[a-zA-Z0-9.-]+)\.(\*|[a-zA-Z0-9-]+)$/;

/** Service, resource and verb of a permission, or of a pattern of permissions. */
export function permissionParts(
  permission: string,
): readonly [service: string, resource: string, verb: string] {
  const [, service = '', resource = '', verb = ''] = FORM.exec(permission) ?? [];
  return [service, resource, verb];
}

/** Patterns of permissions. @throws Undecided for another form */
export function readPatterns(value: unknown, path: string): readonly string[] {
  return readList(value, path).map((each) => {
    if (typeof each === 'string' && FORM.test(each)) return each;
    throw new Undecided(
      `${path} must contain permissions such as "iam.googleapis.com/roles.list" (got ${JSON.stringify(each)}).`,
    );
  });
}

/** Whether a pattern includes a permission. */
export function includesPattern(pattern: string, permission: string): boolean {
  const parts = permissionParts(permission);
  return permissionParts(pattern).every(
    (part, index) => part === parts[index] || (index > 0 && part === '*'),
  );
}
