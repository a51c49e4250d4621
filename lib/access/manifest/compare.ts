import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';

/** Difference of the access of two graphs. */
export interface AccessDifference {
  /** Access of the second graph alone. */
  readonly gained: readonly AccessEdge[];
  /** Access of the first graph alone. */
  readonly lost: readonly AccessEdge[];
  /** Access of both with another reason, owner, ticket or review date. */
  readonly explained: readonly AccessEdge[];
}

/** Compares two graphs by what their edges allow. Addresses and reasons do not count as access. */
export function compareAccess(before: AccessGraph, after: AccessGraph): AccessDifference {
  const old = new Map(before.edges.map((edge) => [edge.id, edge]));
  const now = new Map(after.edges.map((edge) => [edge.id, edge]));
  const isDenial = ({ effect }: AccessEdge) => effect === 'deny';
  const added = after.edges.filter((edge) => !hasNames(old.get(edge.id), edge));
  const removed = before.edges.filter((edge) => !hasNames(now.get(edge.id), edge));
  return {
    // A removed denial can give access, and a new one takes it.
    gained: [...added.filter((edge) => !isDenial(edge)), ...removed.filter(isDenial)],
    lost: [...removed.filter((edge) => !isDenial(edge)), ...added.filter(isDenial)],
    explained: after.edges.filter((edge) => {
      const other = old.get(edge.id);
      return other !== undefined && FACTS.some((name) => other[name] !== edge[name]);
    }),
  };
}

/**
 * Whether an edge has the names of the other one: a function and its alias are one node, and a policy can name one of
 * them. An edge without names has all.
 */
function hasNames(edge: AccessEdge | undefined, other: AccessEdge): boolean {
  if (edge === undefined) return false;
  return NAMES.every((list) => {
    const [own, wanted] = [edge[list], other[list]];
    return own === undefined || wanted === undefined || wanted.every((name) => own.includes(name));
  });
}

const NAMES = ['principals', 'resources'] as const;

const FACTS = ['reason', 'owner', 'ticket', 'reviewBy'] as const;
