import type { Expression } from '../cel/expression';

/** Permissions that a statement is about. */
export type PermissionClaim =
  /** Permissions of a role; undefined if they are not known. */
  | { readonly kind: 'role'; readonly role: string; readonly permissions: ReadonlySet<string> | undefined }
  /** Permissions `SERVICE/RESOURCE.VERB`, in which the resource and the verb can be `*`. */
  | { readonly kind: 'patterns'; readonly included: readonly string[]; readonly excluded: readonly string[] };

/** A binding of an allow policy, or a rule of another policy. */
export interface GoogleStatement {
  readonly effect: 'allow' | 'deny';
  /** Canonical members. */
  readonly principals: readonly string[];
  /** Canonical members to which the statement does not apply. */
  readonly exceptions: readonly string[];
  /** Undefined for each permission. */
  readonly permissions?: PermissionClaim;
  /** The statement applies where the condition is true. An error is not true. */
  readonly condition: Expression;
}

/** A policy: a request is allowed if a statement allows it and none denies it. */
export type GooglePolicy = readonly GoogleStatement[];
