import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import { AccessQuestions, type AccessAnswer } from '../questions/answers';
import { passesOn, Reach } from '../questions/reach';

/** Asks whether access is left. */
export type Ask = (questions: AccessQuestions) => readonly AccessAnswer[];

/**
 * The edge whose removal ends the access and takes the least other access; `undefined` if several edges are needed.
 * @param answers access that is to end
 * @param ask the question that found it
 */
export function cheapestCut(
  graph: AccessGraph,
  answers: readonly AccessAnswer[],
  ask: Ask,
): AccessEdge | undefined {
  const [first] = answers;
  const reach = new Reach(graph);
  const candidates = (first?.path ?? [])
    .map((edge) => ({ edge, loss: lossOf(edge, reach), users: reach.holdersOf([edge.from]).size }))
    .sort((a, b) => a.loss - b.loss || a.users - b.users);
  return candidates.find(({ edge }) => {
    const rest = { ...graph, edges: graph.edges.filter(({ id }) => id !== edge.id) };
    return ask(new AccessQuestions(rest)).length === 0;
  })?.edge;
}

/** Number of grants that an edge leads to. */
function lossOf(edge: AccessEdge, reach: Reach): number {
  if (!passesOn(edge)) return 1;
  return [...reach.identitiesOf([edge.to]).keys()]
    .map((id) => reach.from(id).filter(({ kind }) => kind === 'grants').length)
    .reduce((sum, count) => sum + count, 1);
}
