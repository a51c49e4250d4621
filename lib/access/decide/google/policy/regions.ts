import { predefinedPermissions } from '../../../permissions/predefined-roles';
import { LiteralTable } from '../../literal-table';
import type { PolicyRegions } from '../../policy-regions';
import type { Region } from '../../regions';
import { alternativesOf } from '../cel/formula';
import type { CelLiteral } from '../cel/literals';
import type { GoogleLiteral, PermissionLiteral, PrincipalLiteral, RoleLiteral } from './literals';
import { isByName, principalSetOf, type PrincipalSet } from './principal-set';
import { includesPattern } from './patterns';
import type { GooglePolicy, GoogleStatement, PermissionClaim } from './statement';

/** Reader of policies as regions. Equal claims of two policies are one literal. */
export class RegionReader {
  private readonly conditions = new LiteralTable<CelLiteral>();
  private readonly principals = new LiteralTable<PrincipalLiteral>();
  private readonly permissions = new LiteralTable<PermissionLiteral | RoleLiteral>();

  public read(policy: GooglePolicy): PolicyRegions<GoogleLiteral> {
    const regions = (effect: GoogleStatement['effect']) =>
      policy.filter((each) => each.effect === effect).flatMap((each) => this.regionsOf(each));
    return { allow: regions('allow'), deny: regions('deny') };
  }

  private regionsOf(statement: GoogleStatement): readonly Region<GoogleLiteral>[] {
    const { principals, exceptions, permissions, condition } = statement;
    const alternatives = alternativesOf(this.conditions, condition, true);
    const excluded = this.literalsOf(exceptions).map((literal) => ({ literal, holds: false }));
    const claimed = permissions ? [{ literal: this.permissionLiteral(permissions), holds: true }] : [];
    return this.literalsOf(principals).flatMap((literal) =>
      alternatives.map((region) => [{ literal, holds: true }, ...excluded, ...claimed, ...region]),
    );
  }

  /** One literal for all sets that are known by names, and one for each other set. */
  private literalsOf(members: readonly string[]): readonly PrincipalLiteral[] {
    const sets = [...new Set(members)].sort().map(principalSetOf);
    const byName = sets.filter(isByName);
    const groups = [
      ...(byName.length > 0 ? [byName] : []),
      ...sets.filter((each) => !isByName(each)).map((each) => [each]),
    ];
    return groups.map((group: readonly PrincipalSet[]) =>
      this.principals.of(JSON.stringify(group), () => ({
        kind: 'principal',
        dimension: 'principal',
        sets: group,
      })),
    );
  }

  private permissionLiteral(claim: PermissionClaim): PermissionLiteral | RoleLiteral {
    if (claim.kind === 'patterns') {
      const { included, excluded } = claim;
      const has = (patterns: readonly string[], permission: string) =>
        patterns.some((pattern) => includesPattern(pattern, permission));
      return this.permissions.of(JSON.stringify([[...included].sort(), [...excluded].sort()]), () => ({
        kind: 'permission',
        dimension: 'permission',
        named: [...included, ...excluded],
        isExact: false,
        includes: (permission) => has(included, permission) && !has(excluded, permission),
      }));
    }
    const { role, permissions } = claim;
    if (permissions === undefined) {
      return this.permissions.of(`unknown ${role}`, () => ({ kind: 'role', dimension: 'permission', role }));
    }
    const isPredefined = predefinedPermissions(role) === permissions;
    return this.permissions.of(isPredefined ? role : `custom ${[...permissions].sort().join()}`, () => ({
      kind: 'permission',
      dimension: 'permission',
      named: ownFirst(role, permissions),
      isExact: true,
      includes: (permission) => permissions.has(permission),
    }));
  }
}

/** Permissions of a role, first those of its service: a witness has the first one that it can. */
function ownFirst(role: string, permissions: ReadonlySet<string>): readonly string[] {
  const service = `${role.replace(/^roles\//, '').split('.')[0]}.`;
  const isOwn = (permission: string) => permission.startsWith(service);
  const all = [...permissions];
  return [...all.filter(isOwn), ...all.filter((each) => !isOwn(each))];
}
