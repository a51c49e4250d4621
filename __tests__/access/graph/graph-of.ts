import { accessGraph } from '../../../lib/access/access-graph';
import type { AccessGraph } from '../../../lib/access/graph/graph';
import { readSynthesizedStack } from '../../../lib/model';

/** Graph of a configuration in the JSON syntax of Terraform. */
export function graphOf(resource: object, more: object = {}): AccessGraph {
  return accessGraph({ stacks: [readSynthesizedStack({ resource, ...more }, { name: 'prod' })] });
}

/** Edges as lines: kind, ends, and what they have. */
export function linesOf({ edges }: AccessGraph): string[] {
  return edges
    .map(({ kind, effect, from, to, role, permissions, conditions = [], possible }) =>
      [
        effect === 'deny' ? `${kind} (deny)` : kind,
        `${from} -> ${to}`,
        ...(role === undefined ? [] : [role]),
        ...permissions,
        ...conditions.map((condition) => `if ${condition}`),
        ...(possible ? ['possible'] : []),
      ].join(' | '),
    )
    .sort();
}

/** Policy document with statements. */
export const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
