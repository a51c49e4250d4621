import type { Signed } from '../../regions';
import type { CelSigned } from '../cel/literals';
import { propose } from '../cel/propose';
import { isPossible } from '../cel/space';
import type { GoogleSigned, PermissionLiteral, PrincipalLiteral } from './literals';
import { PermissionSpace } from './permission-space';
import { PrincipalSpace } from './principal-space';
import type { GoogleRequest } from './request';

const isPrincipal = (each: GoogleSigned): each is Signed<PrincipalLiteral> =>
  each.literal.kind === 'principal';
const isPermission = (each: GoogleSigned): boolean => ['permission', 'role'].includes(each.literal.kind);
const isCel = (each: GoogleSigned): each is CelSigned => !isPrincipal(each) && !isPermission(each);

/** A request that may be a witness. */
export interface Proposal {
  readonly request: GoogleRequest;
  /** Members of which it is not known whether the principal belongs to them. */
  readonly uncertain: readonly string[];
  /** Reason why the result of a condition is uncertain. */
  readonly doubt: string | undefined;
}

/** Principals, permissions and attributes of two policies. */
export class RequestSpace {
  private readonly principals: PrincipalSpace;
  private readonly permissions: PermissionSpace;
  private readonly attributes: readonly string[];
  private readonly hasPermissions: boolean;

  constructor(signed: readonly GoogleSigned[]) {
    const literals = [...new Set(signed.map(({ literal }) => literal))];
    this.principals = new PrincipalSpace(
      literals.filter((each): each is PrincipalLiteral => each.kind === 'principal'),
    );
    this.permissions = new PermissionSpace(
      literals.filter((each): each is PermissionLiteral => each.kind === 'permission'),
    );
    this.hasPermissions = signed.some(isPermission);
    const attributes = signed.filter(isCel).filter(({ literal }) => literal.kind !== 'opaque');
    this.attributes = [...new Set(attributes.map(({ literal }) => literal.dimension))].sort();
  }

  /** Whether one part of a request can satisfy all literals. */
  public isPossible(signed: readonly GoogleSigned[]): boolean {
    switch (signed[0]?.literal.kind) {
      case 'principal':
        return this.principals.isPossible(signed.filter(isPrincipal));
      case 'permission':
      case 'role':
        return this.permissions.isPossible(signed);
      default:
        return isPossible(signed.filter(isCel));
    }
  }

  /** Requests that satisfy the literals, dimension by dimension. */
  public propose(dimensions: readonly (readonly GoogleSigned[])[]): readonly Proposal[] {
    const all = dimensions.flat();
    const permission = this.hasPermissions ? this.permissions.find(all.filter(isPermission)) : {};
    const conditions = dimensions.map((signed) => signed.filter(isCel)).filter(({ length }) => length > 0);
    const { request, doubt } = propose(conditions, this.attributes);
    return this.principals.find(all.filter(isPrincipal)).map(({ uncertain, ...principal }) => ({
      request: { ...principal, ...permission, ...request },
      uncertain,
      doubt,
    }));
  }
}
