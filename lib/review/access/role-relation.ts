import { decide } from '../../access/decide/decide';
import type { Relation } from '../../access/decide/relation';
import type { AccessEdge } from '../../access/graph/edge';

/** The same member in all policies, because the edges have the same ends. */
const MEMBER = 'user:member@example.com';

/**
 * Decides whether the roles of other edges between the same nodes grant everything that the role of an edge grants,
 * under its conditions. Undefined for an edge that has no role of Google Cloud.
 */
export function roleRelation(edge: AccessEdge, others: readonly AccessEdge[]): Relation | undefined {
  if (edge.role === undefined || !edge.to.startsWith('google.')) return undefined;
  return decide('gcp-policy', policyOf([edge]), policyOf(others));
}

function policyOf(edges: readonly AccessEdge[]): object {
  return {
    bindings: edges.map(({ role, conditions = [] }) => ({
      role,
      members: [MEMBER],
      condition: { expression: conditions.map((each) => `(${each})`).join(' && ') },
    })),
    // An edge with a predefined role lists no permissions.
    roles: edges
      .filter(({ permissions }) => permissions.length > 0)
      .map(({ role, permissions }) => ({ name: role, permissions })),
  };
}
