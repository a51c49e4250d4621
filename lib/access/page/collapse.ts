import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import type { AccessNode } from '../graph/node';

/** Nodes that a picture shows one by one. */
const MOST_NODES = 150;

/** The graph for a picture: above 150 nodes, those of one lane, stack and scope are one. */
export function collapsed(graph: AccessGraph): AccessGraph {
  if (graph.nodes.length <= MOST_NODES) return graph;
  const groups = new Map<string, AccessNode[]>();
  for (const node of graph.nodes) {
    const key = [
      node.lane,
      node.source?.stack ?? '',
      node.kind.startsWith('kubernetes.') ? (node.scope ?? '') : '',
    ].join('/');
    const known = groups.get(key);
    if (known) known.push(node);
    else groups.set(key, [node]);
  }
  const groupOf = new Map<string, string>();
  const nodes = [...groups].map(([key, members]): AccessNode => {
    const [first] = members;
    if (first === undefined || members.length === 1) return first as AccessNode;
    const id = `group/${key}`;
    members.forEach((each) => groupOf.set(each.id, id));
    const place = [
      first.source?.stack,
      first.kind.startsWith('kubernetes.') ? first.scope : undefined,
    ].filter(Boolean);
    return {
      ...first,
      id,
      label: `${members.length} nodes${place.length > 0 ? ` of ${place.join(', ')}` : ''}`,
      names: [],
      pending: false,
    };
  });
  const moved = ({ from, to, ...rest }: AccessEdge): AccessEdge => ({
    ...rest,
    from: groupOf.get(from) ?? from,
    to: groupOf.get(to) ?? to,
  });
  return { ...graph, nodes, edges: graph.edges.map(moved).filter(({ from, to }) => from !== to) };
}
