import { cell, code, table } from '../../core/text/markdown';
import { visible } from '../../core/text/visible-text';
import type { AccessEdge } from '../graph/edge';
import type { AccessNode } from '../graph/node';
import type { AccessAnswer } from '../questions/answers';
import { edgeSentence, nodeText } from './sentence';

/** Node of an id. */
export type NodeOf = (id: string) => AccessNode;

/** Lines of an edge for a terminal: the sentence, then its conditions, its reason and its address. */
export function edgeLines(edge: AccessEdge, nodeOf: NodeOf): readonly string[] {
  return [
    edgeSentence(edge, nodeOf(edge.from), nodeOf(edge.to)),
    ...(edge.conditions ?? []).map((condition) => `  if ${condition}`),
    ...factLines(edge).map((line) => `  ${line}`),
    `  ${edge.sources.map(({ stack, address }) => `${stack}: ${address}`).join('; ')}`,
  ].map(visible);
}

function factLines({ reason, owner, ticket, reviewBy }: AccessEdge): readonly string[] {
  const facts = [
    reason && `reason: ${reason}`,
    owner && `owner: ${owner}`,
    ticket && `ticket: ${ticket}`,
    reviewBy && `review by: ${reviewBy}`,
  ].filter(Boolean);
  return facts.length === 0 ? [] : [facts.join(', ')];
}

/** Answers for a terminal: each path, edge by edge. */
export function pathsText(answers: readonly AccessAnswer[], nodeOf: NodeOf): string {
  return answers
    .map(({ path, certainty }, index) =>
      [
        `Path ${index + 1}${certainty === 'possible' ? ' (possible: a value is known after apply, or the permissions of a role are not known)' : ''}`,
        ...path.flatMap((edge, at) =>
          edgeLines(edge, nodeOf).map(
            (line, row) => `${row === 0 ? `${at + 1}.`.padStart(4) : '    '} ${line}`,
          ),
        ),
      ].join('\n'),
    )
    .join('\n\n');
}

/** Answers as rows: identity, what, resource, reason. */
export function answerRows(answers: readonly AccessAnswer[], nodeOf: NodeOf): readonly (readonly string[])[] {
  return answers.map(({ identity, path, resource, certainty }) => {
    const last = path.at(-1);
    const via = path.slice(0, -1).map(({ to }) => nodeOf(to).label);
    return [
      nodeText(identity),
      last === undefined ? '' : [last.role, ...last.permissions].filter(Boolean).join(', '),
      nodeText(resource),
      via.join(' > '),
      last?.reason ?? '',
      certainty === 'yes' ? 'yes' : 'possible',
    ];
  });
}

/** Headings of the rows. */
export const ANSWER_HEAD = ['Identity', 'Access', 'Resource', 'Through', 'Reason', 'Certain'];

/** Answers as a table in Markdown. */
export function answersMarkdown(answers: readonly AccessAnswer[], nodeOf: NodeOf): string {
  return table(
    ANSWER_HEAD,
    answerRows(answers, nodeOf).map(([identity = '', ...rest]) => [code(identity), ...rest.map(cell)]),
  );
}
