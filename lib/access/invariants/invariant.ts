import { edgeSentence } from '../formats/sentence';
import { pathsText } from '../formats/path-text';
import type { AccessGraph } from '../graph/graph';
import { AccessQuestions, type AccessAnswer } from '../questions/answers';
import { cheapestCut, type Ask } from './cut';
import { nodesNamed } from '../questions/find-node';
import { QuestionError } from '../questions/question-error';

/** A statement about access that must hold. */
export type Invariant =
  | {
      readonly kind: 'never';
      readonly identity: string;
      readonly permission?: string;
      readonly resource: string;
    }
  | {
      readonly kind: 'only';
      readonly identities: readonly string[];
      readonly permission: string;
      readonly resource: string;
    };

/** Violations of an invariant as sentences, with the path and with the cheapest edge to cut; none if it holds. */
export function violationsOf(graph: AccessGraph, invariant: Invariant): readonly string[] {
  const questions = new AccessQuestions(graph);
  try {
    const ask = asked(graph, invariant);
    const answers = ask(questions);
    const [first] = answers;
    if (first === undefined) return [];
    const nodeOf = (id: string) => questions.node(id);
    const cut = cheapestCut(graph, answers, ask);
    const remedy =
      cut === undefined
        ? `Several grants give this access: ${answers.length} paths.`
        : `Remove this access: ${edgeSentence(cut, nodeOf(cut.from), nodeOf(cut.to))} (${cut.sources.map(({ address }) => address).join(', ')})`;
    return [`${headline(invariant, first)}\n${pathsText([first], nodeOf)}\n${remedy}`];
  } catch (error) {
    // An invariant about a misspelt name would hold for ever.
    if (error instanceof QuestionError) return [`Access.${invariant.kind}: ${error.message}`];
    throw error;
  }
}

function headline(invariant: Invariant, { identity, resource, certainty }: AccessAnswer): string {
  const verb = certainty === 'yes' ? 'has' : 'may have';
  const what = invariant.permission ?? 'access';
  return `Access.${invariant.kind}: ${identity.label} must not have ${what} on ${resource.label}, and it ${verb}.`;
}

function asked(graph: AccessGraph, invariant: Invariant): Ask {
  const { permission, resource } = invariant;
  if (invariant.kind === 'never') {
    const { identity } = invariant;
    if (permission === undefined) return (questions) => questions.why(identity, resource);
    return (questions) => questions.can(identity, permission, resource);
  }
  const allowed = new Set(
    invariant.identities.flatMap((name) => nodesNamed(graph, name, 'identity').map(({ id }) => id)),
  );
  // A path through an allowed identity is access of that identity.
  return (questions) =>
    questions
      .whoCan(invariant.permission, resource)
      .filter(
        ({ identity, path }) => !allowed.has(identity.id) && !path.some(({ from }) => allowed.has(from)),
      );
}
