import { costOf, type Link } from './link';

/** Effort above which a chain explains nothing. */
const MAX_COST = 6;

interface Reached {
  /** Id of the node; `undefined` for the goal. */
  readonly node: string | undefined;
  readonly cost: number;
  readonly path: readonly Link[];
}

/** Queue that gives the least effort first, and among these the shortest path. */
class Queue {
  private readonly buckets: Reached[][][] = [];

  public push(reached: Reached): void {
    const lengths = (this.buckets[reached.cost] ??= []);
    (lengths[reached.path.length] ??= []).push(reached);
  }

  public pop(): Reached | undefined {
    for (const lengths of this.buckets) {
      for (const bucket of lengths ?? []) {
        const first = bucket?.pop();
        if (first) return first;
      }
    }
    return undefined;
  }
}

/**
 * Links from a start to the goal with the least effort to make them hold, and among these the shortest; `undefined` if
 * there is none.
 */
export function cheapestPath(
  starts: readonly string[],
  linksFrom: (node: string) => readonly Link[],
): readonly Link[] | undefined {
  const queue = new Queue();
  for (const node of starts) queue.push({ node, cost: 0, path: [] });
  const done = new Set<string>();
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { node, path } = next;
    if (node === undefined) return path;
    if (done.has(node)) continue;
    done.add(node);
    for (const link of linksFrom(node)) {
      const cost = next.cost + costOf(link.rejections);
      if (cost > MAX_COST || (link.to !== undefined && done.has(link.to))) continue;
      queue.push({ node: link.to, cost, path: [...path, link] });
    }
  }
  return undefined;
}
