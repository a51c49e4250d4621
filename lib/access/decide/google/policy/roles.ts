import { isObject } from '../../../../core/is-object';
import { predefinedPermissions } from '../../../permissions/predefined-roles';
import { permissionsOf } from '../role-permissions';
import { Undecided } from '../../relation';
import { readList } from './fields';

/** Permissions by the full name of a role; undefined for a role that is not known. */
export type RoleTable = (role: string) => ReadonlySet<string> | undefined;

const NAME = /^(?:(?:projects|organizations)\/[^/]+\/)?roles\/[\w.]+$/;

/** Predefined roles of the table, and custom roles as `gcloud iam roles list` and `describe` print them. */
export function readRoles(value: unknown, path: string): RoleTable {
  const custom = new Map(
    readList(value, path).map((each, index) => {
      const where = `${path}[${index}]`;
      if (!isObject(each) || typeof each.name !== 'string' || !NAME.test(each.name)) {
        throw new Undecided(`${where} must be a role with its name.`);
      }
      return [each.name, permissionsOf(each, where)] as const;
    }),
  );
  return (role) => custom.get(role) ?? predefinedPermissions(role);
}

/** Name of the role of a binding. @throws Undecided for another text */
export function readRoleName(value: unknown, path: string): string {
  if (typeof value === 'string' && NAME.test(value)) return value;
  throw new Undecided(`${path} must be a role such as "roles/viewer" (got ${JSON.stringify(value)}).`);
}
