import { isObject } from '../../../core/is-object';
import { LiteralTable } from '../literal-table';
import { RegionSearch } from '../regions';
import { DISAGREEMENT, Undecided, unknown, within, type Relation } from '../relation';
import { rulesOf } from './aggregation';
import { evaluateRbac } from './evaluate';
import { isPossible, proposeRbac, ruleRegion, type RbacLiteral } from './regions';
import type { RbacRequest } from './request';
import { readRoles, type RbacRole, type RbacRule } from './roles';

interface ReadRbac {
  readonly roles: readonly RbacRole[];
  readonly rules: readonly RbacRule[];
}

/** A role, a list of roles or of rules; or `{ roles, clusterRoles }` with the set of ClusterRoles for aggregation. */
function read(document: unknown, name: string): ReadRbac {
  const hasSet = isObject(document) && 'clusterRoles' in document;
  const roles = readRoles(hasSet ? document.roles : document, `Document ${name}`);
  const clusterRoles = hasSet
    ? readRoles(document.clusterRoles, `Document ${name}, clusterRoles`)
    : undefined;
  return { roles, rules: roles.flatMap((role) => rulesOf(role, clusterRoles)) };
}

/** A role does not name its subjects or its scope, so the comparison needs roles of one namespace. */
function checkScope(a: ReadRbac, b: ReadRbac): void {
  const namespaces = new Set([...a.roles, ...b.roles].flatMap(({ namespace }) => namespace ?? []));
  if (namespaces.size > 1) throw new Undecided('The roles are in more than one namespace.');
}

/**
 * Decides whether the roles of document B allow every request that the roles of document A allow, when both are bound
 * alike. A request is one question to the authorizer, with the attributes of a SubjectAccessReview. Kubernetes 1.36
 * asks for `impersonate:<mode>` and for `impersonate-on:<mode>:<verb>` in separate requests, so they are plain verbs:
 * https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function decideRbac(first: unknown, second: unknown): Relation<RbacRequest> {
  const [a, b] = [read(first, 'A'), read(second, 'B')];
  checkScope(a, b);
  const table = new LiteralTable<RbacLiteral>();
  const excluded = b.rules.map((rule) => ruleRegion(table, rule));
  const search = new RegionSearch<RbacLiteral>(isPossible);
  for (const rule of a.rules) {
    for (const dimensions of search.outside(ruleRegion(table, rule), excluded)) {
      const witness = proposeRbac(dimensions);
      const isConfirmed =
        evaluateRbac(a.rules, witness) === 'allowed' && evaluateRbac(b.rules, witness) === 'denied';
      return isConfirmed ? { relation: 'broader', witness } : unknown(DISAGREEMENT);
    }
  }
  const isCluster = a.rules.length > 0 && a.roles.some(({ kind }) => kind === 'ClusterRole');
  if (isCluster && b.roles.some(({ kind }) => kind === 'Role')) {
    return unknown('A has a ClusterRole and B has a Role, so the bindings decide the namespaces.');
  }
  return within;
}
