import { within, type Relation } from '../relation';
import { permissionsOf } from './role-permissions';

/** A permission that role A contains and role B does not: the witness of a comparison of roles. */
export interface GooglePermission {
  /** Permission such as `storage.objects.get`. */
  readonly permission: string;
}

/** Decides whether role B grants every permission that role A grants. */
export function decideCustomRole(a: unknown, b: unknown): Relation<GooglePermission> {
  // The same predefined role grants the same permissions.
  if (typeof a === 'string' && /^roles\/[\w.]+$/.test(a) && a === b) return within;
  const [left, right] = [permissionsOf(a, 'Document A'), permissionsOf(b, 'Document B')];
  const permission = [...left].sort().find((each) => !right.has(each));
  return permission === undefined ? within : { relation: 'broader', witness: { permission } };
}
