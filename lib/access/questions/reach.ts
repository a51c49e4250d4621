import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import type { AccessNode } from '../graph/node';

/** Edges from an identity to another one, in order; empty for the identity itself. */
export type AccessPath = readonly AccessEdge[];

/** The graph with its edges by node. */
export class Reach {
  private readonly byId: ReadonlyMap<string, AccessNode>;
  private readonly outgoing = new Map<string, AccessEdge[]>();
  private readonly incoming = new Map<string, AccessEdge[]>();

  constructor(
    /** The graph. */
    public readonly graph: AccessGraph,
  ) {
    this.byId = new Map(graph.nodes.map((node) => [node.id, node]));
    for (const edge of graph.edges) {
      pushed(this.outgoing, edge.from, edge);
      pushed(this.incoming, edge.to, edge);
    }
  }

  /** Node of an id. */
  public node(id: string): AccessNode {
    const found = this.byId.get(id);
    if (found === undefined) throw new Error(`The graph has no node "${id}".`);
    return found;
  }

  /** Node of an id; `undefined` if the graph does not have it. */
  public tryNode(id: string): AccessNode | undefined {
    return this.byId.get(id);
  }

  /** Edges that begin at a node. */
  public from(id: string): readonly AccessEdge[] {
    return this.outgoing.get(id) ?? [];
  }

  /** Edges that end at a node. */
  public into(id: string): readonly AccessEdge[] {
    return this.incoming.get(id) ?? [];
  }

  /** Identities that an identity is or can become, each with the shortest path to it. */
  public identitiesOf(ids: readonly string[]): ReadonlyMap<string, AccessPath> {
    return walk(
      ids,
      (id) => this.from(id).filter(passesOn),
      ({ to }) => to,
    );
  }

  /** Identities that are or can become one of the identities, each with the shortest path from it. */
  public holdersOf(ids: readonly string[]): ReadonlyMap<string, AccessPath> {
    const paths = walk(
      ids,
      (id) => this.into(id).filter(passesOn),
      ({ from }) => from,
    );
    return new Map([...paths].map(([id, path]) => [id, [...path].reverse()]));
  }
}

/** Whether an edge leads from one identity to another. A permission on a resource does not. */
export function passesOn({ kind, effect }: AccessEdge): boolean {
  return effect === 'allow' && kind !== 'grants';
}

/** Shortest paths, breadth first; a cycle of trust ends at a node that was met before. */
function walk(
  starts: readonly string[],
  edgesOf: (id: string) => readonly AccessEdge[],
  nextOf: (edge: AccessEdge) => string,
): ReadonlyMap<string, AccessPath> {
  const paths = new Map<string, AccessPath>(starts.map((id) => [id, []]));
  // The map is a queue: an iteration visits entries that are added during it.
  for (const [id, path] of paths) {
    for (const edge of edgesOf(id)) {
      const next = nextOf(edge);
      if (!paths.has(next)) paths.set(next, [...path, edge]);
    }
  }
  return paths;
}

function pushed(map: Map<string, AccessEdge[]>, key: string, edge: AccessEdge): void {
  const known = map.get(key);
  if (known) known.push(edge);
  else map.set(key, [edge]);
}
