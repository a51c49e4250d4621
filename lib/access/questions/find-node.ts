import { nearest } from '../../core/names';
import type { AccessGraph } from '../graph/graph';
import type { AccessNode } from '../graph/node';
import { QuestionError } from './question-error';

/** Nodes that a name means: by id, by a name in a policy, by the label, or by the end of a name. */
export function findNodes({ nodes }: AccessGraph, name: string): readonly AccessNode[] {
  const wanted = name.toLowerCase();
  const tests: readonly ((node: AccessNode) => boolean)[] = [
    ({ id, names }) => id === name || names.includes(name),
    ({ id, names, label }) => [id, label, ...names].some((each) => each.toLowerCase() === wanted),
    ({ source }) => source?.address === name || source?.constructPath === name,
    ({ names }) =>
      names.some(
        (each) => each.toLowerCase().endsWith(`/${wanted}`) || each.toLowerCase().startsWith(`${wanted}@`),
      ),
  ];
  for (const test of tests) {
    const found = nodes.filter(test);
    if (found.length > 0) return found;
  }
  return [];
}

/** Characters of a part of a name that can mean the name. */
const MIN_PART = 3;

/**
 * Nodes that a name means.
 * @throws QuestionError with the nearest names if there is none
 */
export function nodesNamed(
  graph: AccessGraph,
  name: string,
  role: 'identity' | 'resource',
): readonly AccessNode[] {
  const found = findNodes(graph, name);
  if (found.length > 0) return found;
  const labels = graph.nodes.map(({ label }) => label);
  const part = name.toLowerCase();
  const meant =
    nearest(name, labels) ??
    (part.length < MIN_PART ? undefined : labels.find((each) => each.toLowerCase().includes(part)));
  const hint = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  throw new QuestionError(`${role} must be a node of the access graph (got "${name}").${hint}`);
}
