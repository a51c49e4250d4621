import type { OperationPermissions } from './type-permissions';

/** Permissions of a collection whose four methods have their usual names. */
export function crud(collection: string, extra: Partial<OperationPermissions> = {}): OperationPermissions {
  return {
    create: [`${collection}.create`, ...(extra.create ?? [])],
    read: [`${collection}.get`, ...(extra.read ?? [])],
    update: [`${collection}.update`, ...(extra.update ?? [])],
    delete: [`${collection}.delete`, ...(extra.delete ?? [])],
  };
}

/** A member is added and removed by a change of the IAM policy of its resource. */
export function member(collection: string, ...read: readonly string[]): OperationPermissions {
  const write = [`${collection}.setIamPolicy`];
  return { create: write, read: [`${collection}.getIamPolicy`, ...read], update: write, delete: write };
}
