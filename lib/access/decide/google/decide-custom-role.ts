import { isObject } from '../../../core/is-object';
import { Undecided, within, type Relation } from '../relation';

/** A permission that role A contains and role B does not: the witness of a comparison of custom roles. */
export interface GooglePermission {
  /** Permission such as `storage.objects.get`. */
  readonly permission: string;
}

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

/**
 * Permissions that a role grants. `permissions` is the name in Terraform, `includedPermissions` the name in the API:
 * https://cloud.google.com/iam/reference/rest/v1/organizations.roles
 */
function permissionsOf(document: unknown, path: string): ReadonlySet<string> {
  if (!isObject(document)) {
    throw new Undecided(
      `${path} must be a custom role: the permissions of other roles change without notice.`,
    );
  }
  if (isPresent(document.permissions) && isPresent(document.includedPermissions)) {
    throw new Undecided(`${path}: permissions must not be combined with includedPermissions.`);
  }
  const listed = document.permissions ?? document.includedPermissions;
  if (!isPresent(listed)) throw new Undecided(`${path}: permissions is required.`);
  const permissions = readPermissions(listed, `${path}: permissions`);
  return new Set(isOff(document, path) ? [] : permissions);
}

/** Decides whether custom role B grants every permission that custom role A grants. */
export function decideCustomRole(a: unknown, b: unknown): Relation<GooglePermission> {
  // The same predefined role grants the same permissions.
  if (typeof a === 'string' && /^roles\/[\w.]+$/.test(a) && a === b) return within;
  const [left, right] = [permissionsOf(a, 'Document A'), permissionsOf(b, 'Document B')];
  const permission = [...left].sort().find((each) => !right.has(each));
  return permission === undefined ? within : { relation: 'broader', witness: { permission } };
}
