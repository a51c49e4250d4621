import type { AccessGraph } from './graph';

/** The part of a graph that leads to a node or that the node leads to. */
export function focusedOn(graph: AccessGraph, ids: readonly string[]): AccessGraph {
  const reached = new Set([...spread(ids, graph, 'from', 'to'), ...spread(ids, graph, 'to', 'from')]);
  return {
    ...graph,
    nodes: graph.nodes.filter(({ id }) => reached.has(id)),
    edges: graph.edges.filter(({ from, to }) => reached.has(from) && reached.has(to)),
  };
}

type End = 'from' | 'to';

function spread(ids: readonly string[], { edges }: AccessGraph, start: End, end: End): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    const known = next.get(edge[start]);
    if (known) known.push(edge[end]);
    else next.set(edge[start], [edge[end]]);
  }
  const found = new Set(ids);
  // The set is a queue: an iteration visits ids that are added during it.
  for (const id of found) for (const each of next.get(id) ?? []) found.add(each);
  return found;
}
