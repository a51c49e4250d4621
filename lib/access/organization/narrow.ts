import { STARTS } from '../edges/aws-policies';
import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import type { AccessNode } from '../graph/node';
import { awsLimit } from './aws-limits';
import { boundaryLimit, denyLimit } from './google-limits';
import { joined, type Limit } from './limit';
import type {
  AwsLimit,
  GoogleAccessBoundary,
  GoogleDenyPolicy,
  OrganizationPolicy,
} from './organization-policy';

/** A graph without the access that the organization denies. */
export interface NarrowedGraph<G extends AccessGraph> {
  readonly graph: G;
  /** Causes of denials by the id of the edge. The edge has no permission, or only some of them. */
  readonly denied: ReadonlyMap<string, string>;
}

/**
 * Removes permissions that policies of the organization certainly deny. What they deny for some requests becomes a
 * condition of the edge.
 */
export function narrowed<G extends AccessGraph>(
  graph: G,
  policies: readonly OrganizationPolicy[],
): NarrowedGraph<G> {
  if (policies.length === 0) return { graph, denied: new Map() };
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const denied = new Map<string, string>();
  const limit = limitsBy(policies);
  const edges = graph.edges.flatMap((edge): readonly AccessEdge[] => {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (edge.effect === 'deny' || from === undefined || to === undefined) return [edge];
    const limits = actionsOf(edge, to).map((action) => ({
      action,
      limit: limit(action, { edge, from, to }),
    }));
    const causes = limits.flatMap((each) => (each.limit.kind === 'denied' ? [each.limit.cause] : []));
    const [cause] = causes;
    if (cause !== undefined) denied.set(edge.id, cause);
    if (limits.length > 0 && causes.length === limits.length) return [];
    const notes = limits.flatMap((each) => (each.limit.kind === 'partly' ? [each.limit.note] : []));
    const kept = limits.filter((each) => each.limit.kind !== 'denied').map(({ action }) => action);
    const conditions = [...(edge.conditions ?? []), ...new Set(notes)];
    return [
      {
        ...edge,
        ...(edge.permissions.length > 0 && {
          permissions: edge.permissions.filter((each) => kept.includes(each)),
        }),
        ...(conditions.length > 0 && { conditions }),
      },
    ];
  });
  return { graph: { ...graph, edges }, denied };
}

interface Context {
  readonly edge: AccessEdge;
  readonly from: AccessNode;
  readonly to: AccessNode;
}

/** Actions of an edge; `undefined` represents the permissions of a role that is known by name only. */
function actionsOf({ kind, permissions, from }: AccessEdge, to: AccessNode): readonly (string | undefined)[] {
  if (kind === 'starts') return from.startsWith('aws.') ? (STARTS[to.kind] ?? []).slice(0, 1) : [];
  if (kind !== 'grants' && kind !== 'assumes') return [];
  return permissions.length > 0 ? permissions : [undefined];
}

function limitsBy(policies: readonly OrganizationPolicy[]) {
  const aws = policies.filter((each): each is AwsLimit => 'statements' in each);
  const denies = policies.filter((each): each is GoogleDenyPolicy => each.kind === 'denyPolicy');
  const boundaries = policies.filter(
    (each): each is GoogleAccessBoundary => each.kind === 'principalAccessBoundary',
  );
  return (action: string | undefined, context: Context): Limit => {
    if (action !== undefined && /^[a-z0-9-]+:|^\*$/i.test(action)) return awsLimit(action, context, aws);
    return joined([denyLimit(action, context, denies), boundaryLimit(context, boundaries)]);
  };
}
