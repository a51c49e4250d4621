import { isObject } from '../../../core/is-object';
import { PREDEFINED_ROLES_DATE, predefinedPermissions } from '../../permissions/predefined-roles';
import { Undecided } from '../relation';

/** `SERVICE.RESOURCE.VERB`; custom roles have no wildcards. */
const PERMISSION = /^[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+\.[a-zA-Z0-9-]+$/;
const STAGES = ['ALPHA', 'BETA', 'GA', 'DEPRECATED', 'DISABLED', 'EAP'];

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

function readPermissions(value: unknown, path: string): readonly string[] {
  if (!Array.isArray(value)) throw new Undecided(`${path} must be a list.`);
  return value.map((each: unknown) => {
    if (typeof each === 'string' && PERMISSION.test(each)) return each;
    throw new Undecided(
      `${path} must contain permissions such as "storage.objects.get" (got ${JSON.stringify(each)}).`,
    );
  });
}

/** Whether a role grants nothing: it is deleted, or its stage is DISABLED. */
function isOff(role: Readonly<Record<string, unknown>>, path: string): boolean {
  const { stage, deleted } = role;
  if (isPresent(stage) && !STAGES.some((each) => each === stage)) {
    throw new Undecided(`${path}: stage must be one of ${STAGES.join(', ')} (got ${JSON.stringify(stage)}).`);
  }
  if (isPresent(deleted) && typeof deleted !== 'boolean') {
    throw new Undecided(`${path}: deleted must be true or false (got ${JSON.stringify(deleted)}).`);
  }
  return stage === 'DISABLED' || deleted === true;
}

function predefined(role: string, path: string): ReadonlySet<string> {
  const permissions = predefinedPermissions(role);
  if (permissions) return permissions;
  throw new Undecided(
    `${path}: the permissions of ${JSON.stringify(role)} are not in the table of ${PREDEFINED_ROLES_DATE}.`,
  );
}

/**
 * Permissions that a role grants: of a custom role as it states them, of a predefined role by its name from the table.
 * `permissions` is the name in Terraform, `includedPermissions` the name in the API:
 * https://cloud.google.com/iam/reference/rest/v1/organizations.roles
 */
export function permissionsOf(document: unknown, path: string): ReadonlySet<string> {
  if (typeof document === 'string') return predefined(document, path);
  if (!isObject(document)) throw new Undecided(`${path} must be a role.`);
  if (isPresent(document.permissions) && isPresent(document.includedPermissions)) {
    throw new Undecided(`${path}: permissions must not be combined with includedPermissions.`);
  }
  const listed = document.permissions ?? document.includedPermissions;
  if (!isPresent(listed)) throw new Undecided(`${path}: permissions is required.`);
  const permissions = readPermissions(listed, `${path}: permissions`);
  return new Set(isOff(document, path) ? [] : permissions);
}
