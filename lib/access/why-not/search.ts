import { costOf, type Link } from './link';

/** Effort above which a chain explains nothing. */
const MAX_COST = 6;

interface Reached {
  readonly cost: number;
  readonly path: readonly Link[];
}

/**
 * Links from a start to the goal with the least effort to make them hold, and among these the shortest; `undefined` if
 * there is none.
 */
export function cheapestPath(
  starts: readonly string[],
  linksFrom: (node: string) => readonly Link[],
): readonly Link[] | undefined {
  const queue: { readonly node: string | undefined; readonly reached: Reached }[] = starts.map((node) => ({
    node,
    reached: { cost: 0, path: [] },
  }));
  const done = new Set<string>();
  while (queue.length > 0) {
    // The number of nodes with an equal effort is small, so a sorted list is enough.
    queue.sort((a, b) => a.reached.cost - b.reached.cost || a.reached.path.length - b.reached.path.length);
    const next = queue.shift();
    if (next === undefined) break;
    const { node, reached } = next;
    if (node === undefined) return reached.path;
    if (done.has(node)) continue;
    done.add(node);
    for (const link of linksFrom(node)) {
      const cost = reached.cost + costOf(link.rejections);
      if (cost > MAX_COST || (link.to !== undefined && done.has(link.to))) continue;
      queue.push({ node: link.to, reached: { cost, path: [...reached.path, link] } });
    }
  }
  return undefined;
}
