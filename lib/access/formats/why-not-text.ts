import { cell, code, table } from '../../core/text/markdown';
import { visible } from '../../core/text/visible-text';
import { changeText } from '../why-not/change';
import type { WhyNotAnswer, WhyNotQuestion } from '../why-not/why-not';
import { nodeText } from './sentence';

/** Headline of an answer. */
function headline({ result, rejections }: WhyNotAnswer, question: WhyNotQuestion): string {
  const { identity, permission, resource } = question;
  if (result === 'allowed') return `${identity} has ${permission} on ${resource}.`;
  const missing = `${identity} does not have ${permission} on ${resource}`;
  const [first] = rejections;
  return first === undefined
    ? `${missing}. No chain of access is near.`
    : `${missing}. The first rejection is by ${first.stage}: ${first.cause}`;
}

/** Answer for a terminal: the chain link by link, with the cause and the change of each rejection. */
export function whyNotText(answer: WhyNotAnswer, question: WhyNotQuestion): string {
  const lines = answer.links.flatMap(({ from, to, rejections }, index) => [
    `${`${index + 1}.`.padStart(4)} ${rejections.length === 0 ? 'holds   ' : 'REJECTED'} ${nodeText(from)} > ${nodeText(to)}`,
    ...rejections.flatMap(({ stage, cause, stack, address, change }) => [
      `       ${stage}: ${cause}`,
      ...(change === undefined ? [] : [`       change: ${changeText(change)}`]),
      `       ${stack}: ${address}`,
    ]),
  ]);
  return [headline(answer, question), ...lines].map(visible).join('\n');
}

/** Answer as Markdown. */
export function whyNotMarkdown(answer: WhyNotAnswer, question: WhyNotQuestion): string {
  const rows = answer.links.flatMap(({ from, to, rejections }, index) => {
    const link = [String(index + 1), `${cell(nodeText(from))} &rarr; ${cell(nodeText(to))}`];
    if (rejections.length === 0) return [[...link, 'holds', '', '']];
    return rejections.map(({ stage, cause, address, change }) => [
      ...link,
      `**${stage}**: ${cell(cause)}`,
      change === undefined ? '' : cell(changeText(change)),
      code(address),
    ]);
  });
  const head = cell(headline(answer, question));
  return rows.length === 0 ? head : `${head}\n\n${table(['', 'Link', 'Result', 'Change', 'Resource'], rows)}`;
}
