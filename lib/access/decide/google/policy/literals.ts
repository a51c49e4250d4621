import type { Literal, Signed } from '../../regions';
import type { CelLiteral } from '../cel/literals';
import type { PrincipalSet } from './principal-set';

/** Claim that the principal is in one of the sets. A set that is not known by names is alone in its literal. */
export interface PrincipalLiteral extends Literal {
  readonly kind: 'principal';
  readonly sets: readonly PrincipalSet[];
}

/** Claim on the permission. */
export interface PermissionLiteral extends Literal {
  readonly kind: 'permission';
  readonly includes: (permission: string) => boolean;
  /** Permissions of a role, or patterns of permissions. */
  readonly named: readonly string[];
  /** Whether `named` has all permissions that the claim includes. */
  readonly isExact: boolean;
}

/** Claim that a role has the permission, where the permissions of the role are not known. */
export interface RoleLiteral extends Literal {
  readonly kind: 'role';
  readonly role: string;
}

export type GoogleLiteral = CelLiteral | PermissionLiteral | PrincipalLiteral | RoleLiteral;
export type GoogleSigned = Signed<GoogleLiteral>;
