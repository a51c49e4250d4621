import { decide } from '../decide/decide';
import { unknown, within, type Relation } from '../decide/relation';
import { patternOf } from '../permissions/aws-pattern';
import type { AccessEdge } from '../graph/edge';
import { resourceNames } from '../edges/resource-names';
import { awsStatement, rbacRules, withoutPlace } from './documents';
import { isOpen } from './open-text';

/** The other side of a comparison, as far as it can have the access of one edge. */
export interface Candidates {
  /** Edges that allow access of the same identity. */
  readonly allowed: readonly AccessEdge[];
  /** Edges that deny access to the same identity. */
  readonly denied: readonly AccessEdge[];
  /** Edges of the side of the edge itself that deny access to the identity. */
  readonly ownDenied: readonly AccessEdge[];
}

const broader: Relation = { relation: 'broader', witness: {} };

/** Decides whether the candidates have all access of an edge. */
export function relationOf(edge: AccessEdge, candidates: Candidates): Relation {
  const system = edge.to.split('.')[0];
  if (system === 'google') return googleRelation(edge, candidates.allowed);
  if (system === 'kubernetes') return kubernetesRelation(edge, candidates.allowed);
  return awsRelation(edge, candidates);
}

/** Edges of which the names include those of an edge. A side without names allows each. */
export function sameNames(edge: AccessEdge, other: AccessEdge): boolean {
  return (
    includesNames(edge.principals, other.principals) &&
    (edge.to.startsWith('aws.') || includesNames(edge.resources, other.resources))
  );
}

function includesNames(names: readonly string[] | undefined, others: readonly string[] | undefined): boolean {
  if (names === undefined || others === undefined) return true;
  return names.every((name) => others.some((other) => isName(name, other)));
}

function isName(name: string, other: string): boolean {
  if (name === other) return true;
  return name.startsWith('arn:*:') !== other.startsWith('arn:*:')
    ? patternOf(other).test(name) || patternOf(name).test(other)
    : isOpen(other) && !isOpen(name);
}

function googleRelation(edge: AccessEdge, allowed: readonly AccessEdge[]): Relation {
  const same = allowed.filter((each) => each.role === edge.role && sameNames(edge, each));
  if (same.length === 0) return broader;
  const answers = same.map((each) => {
    // The role is the same. One side can know more of its permissions than the other.
    const added = edge.permissions.find((permission) => !each.permissions.includes(permission));
    if (each.permissions.length > 0 && added !== undefined)
      return { relation: 'broader', witness: { permission: added } } as const;
    return decide('gcp-condition', conditionOf(edge), conditionOf(each));
  });
  return best(answers);
}

function conditionOf({ conditions = [] }: AccessEdge): string {
  return conditions.map((each) => `(${each})`).join(' && ');
}

function kubernetesRelation(edge: AccessEdge, allowed: readonly AccessEdge[]): Relation {
  // The rules of a role that the side does not have are known by its name alone.
  const named = allowed.filter((each) => each.to === edge.to && each.role === edge.role);
  if (edge.possible) {
    if (named.length === 0) return broader;
    const isAlike = named.some(({ possible }) => possible);
    return isAlike ? within : unknown(`The rules of ${edge.role ?? 'the role'} are known on one side alone.`);
  }
  if (edge.permissions.length === 0 || named.some(({ possible }) => possible)) return within;
  const rules = rbacRules(allowed);
  return rules.length === 0 ? broader : decide('rbac', rbacRules([edge]), rules);
}

function awsRelation(edge: AccessEdge, { allowed, denied, ownDenied }: Candidates): Relation {
  // The permissions of a policy of AWS are known by its name alone.
  if (edge.role !== undefined) return allowed.some(({ role }) => role === edge.role) ? within : broader;
  const known = allowed.filter((each) => each.role === undefined && sameNames(edge, each));
  if (known.length === 0) return broader;
  const isWild = resourceNames(edge).some((name) => name.startsWith('arn:*:'));
  const nameOf = (name: string) => (isWild ? withoutPlace(name) : name);
  const policy = (edges: readonly AccessEdge[]) => ({
    Version: '2012-10-17',
    Statement: edges.map((each) => awsStatement(each, nameOf)),
  });
  return decide('aws-policy', policy([edge, ...ownDenied]), policy([...known, ...denied]));
}

/** The answer of the candidate that has most of the access. */
function best(answers: readonly Relation[]): Relation {
  return (
    answers.find(({ relation }) => relation === 'within') ??
    answers.find(({ relation }) => relation === 'unknown') ??
    answers[0] ??
    unknown('There is nothing to compare with.')
  );
}
