import type { Relation } from '../decide/relation';
import { arnPatterns } from '../edges/aws-names';
import type { AccessEdge } from '../graph/edge';
import type { DriftKind } from './access-drift';
import { permits } from '../questions/match';
import { resourceNames } from '../edges/resource-names';
import { relationOf, sameNames } from './relate';
import type { Side } from './side';

/** Result for one edge: the other side has its access, or how it differs. */
export type Judgement =
  | { readonly kind: 'same' }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: DriftKind; readonly witness?: unknown };

/** Both sides of a comparison. */
export interface Sides {
  readonly declared: Side;
  readonly clouds: Side;
}

/**
 * Compares access of a cloud with the manifest.
 * @param accounts accounts of AWS in which the resources of the stacks are
 */
export function judgeLive(
  edge: AccessEdge,
  { declared, clouds, accounts }: Sides & { readonly accounts: readonly string[] },
): Judgement {
  const allowed = declared.including(edge).map((each) => inAccounts(each, accounts));
  const denials = {
    denied: declared.denied(edge).map((each) => inAccounts(each, accounts)),
    ownDenied: clouds.denied(edge),
  };
  const relation = relationOf(edge, { allowed, ...denials });
  const alike = declared
    .between(edge)
    .map((each) => inAccounts(each, accounts))
    .filter((each) => sameNames(edge, each) && overlaps(edge, each));
  if (relation.relation !== 'broader' || alike.length === 0) return judgementOf(relation, 'extra');
  const withoutTests = relationOf(unconditional(edge), { allowed: allowed.map(unconditional), ...denials });
  return judgementOf(relation, withoutTests.relation === 'within' ? 'weakened' : 'widened');
}

/** Compares access of the manifest with a cloud. */
export function judgeDeclared(edge: AccessEdge, { declared, clouds }: Sides): Judgement {
  const allowed = clouds.including(edge);
  const relation = relationOf(edge, {
    allowed,
    denied: clouds.denied(edge),
    ownDenied: declared.denied(edge),
  });
  return judgementOf(relation, 'missing');
}

/** Compares a denial of the manifest with a cloud. What the cloud does not deny is more access. */
export function judgeDenial(edge: AccessEdge, clouds: Side): Judgement {
  const allowed = clouds.denied(edge).map(asAllowed);
  const relation = relationOf(asAllowed(edge), { allowed, denied: [], ownDenied: [] });
  return judgementOf(relation, 'widened');
}

function judgementOf(relation: Relation, kind: DriftKind): Judgement {
  if (relation.relation === 'within') return { kind: 'same' };
  if (relation.relation === 'unknown') return { kind: 'unknown', reason: relation.reason };
  const { witness } = relation;
  return Object.keys(witness as object).length === 0 ? { kind } : { kind, witness };
}

/** Whether two grants on one resource have a permission in common, so that one can be a wider form of the other. */
function overlaps(edge: AccessEdge, other: AccessEdge): boolean {
  // A role of Kubernetes can have any name, and a role of Google or a policy of AWS is known by its name.
  const isNamed =
    !edge.to.startsWith('kubernetes.') && [edge.role, other.role].some((role) => role !== undefined);
  if (isNamed) return edge.role === other.role;
  return edge.permissions.some((permission) =>
    other.permissions.some((each) => permits(permission, each) || permits(each, permission)),
  );
}

const asAllowed = (edge: AccessEdge): AccessEdge => ({ ...edge, effect: 'allow' });

/** The edge without its conditions. What a statement excludes is not a condition. */
function unconditional({ conditions = [], ...edge }: AccessEdge): AccessEdge {
  const kept = conditions.filter((text) => /^Not\w+ excludes /.test(text));
  return kept.length === 0 ? edge : { ...edge, conditions: kept };
}

/** An edge whose resources and principals are in the accounts. A reference in a stack does not tell the account. */
function inAccounts(edge: AccessEdge, accounts: readonly string[]): AccessEdge {
  if (!edge.to.startsWith('aws.') || accounts.length === 0) return edge;
  const placed = (names: readonly string[]) =>
    names.flatMap((name) => {
      const [, start, end] = /^(arn:\*:[^:]+:[^:]*:)\*(:.*)$/s.exec(name) ?? [];
      return start === undefined || end === undefined
        ? [name]
        : accounts.map((each) => `${start}${each}${end}`);
    });
  const principals = edge.principals ?? arnPatterns(edge.from);
  return {
    ...edge,
    ...(edge.kind === 'grants' && { resources: placed(resourceNames(edge)) }),
    ...(principals.length > 0 && { principals: placed(principals) }),
  };
}
