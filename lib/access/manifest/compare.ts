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
  const added = after.edges.filter(({ id }) => !old.has(id));
  const removed = before.edges.filter(({ id }) => !now.has(id));
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

const FACTS = ['reason', 'owner', 'ticket', 'reviewBy'] as const;
