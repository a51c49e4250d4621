import { cell, code, table } from '../../core/text/markdown';
import { visible } from '../../core/text/visible-text';
import type { TokenExplanation, TokenStep } from '../token/explanation';

const SIGNS: Readonly<Record<TokenStep['result'], string>> = {
  accepts: 'accepts',
  rejects: 'REJECTS',
  unknown: 'unknown',
};

/** Headline of an explanation: what rejects first. */
function headline({ provider, result, steps, identities }: TokenExplanation): string {
  const first = steps.find((step) => step.result === result);
  if (result === 'accepts') return `${provider} accepts the token as ${identities.join(', ')}.`;
  const verb = result === 'rejects' ? 'rejects the token' : 'is not decided';
  return `${provider} ${verb}: ${first?.stage ?? ''}.`;
}

/** Explanation of a token for a terminal: each part of the exchange in order. */
export function tokenText(explanation: TokenExplanation): string {
  const width = Math.max(...explanation.steps.map(({ stage }) => stage.length));
  return [
    headline(explanation),
    ...explanation.steps.flatMap(({ stage, result, text, remedy, address }) => [
      `  ${stage.padEnd(width)}  ${SIGNS[result]}  ${text}`,
      ...(remedy === undefined ? [] : [`  ${' '.repeat(width)}           ${remedy}`]),
      ...(address === undefined ? [] : [`  ${' '.repeat(width)}           ${address}`]),
    ]),
  ]
    .map(visible)
    .join('\n');
}

/** Explanation of a token as Markdown. */
export function tokenMarkdown(explanation: TokenExplanation): string {
  const rows = explanation.steps.map(
    ({ stage, result, text, remedy = '', address = explanation.provider }) => [
      stage,
      result === 'rejects' ? '**rejects**' : result,
      cell(text),
      cell(remedy),
      code(address),
    ],
  );
  return `${cell(headline(explanation))}\n\n${table(['Part', 'Result', 'Cause', 'Remedy', 'Resource'], rows)}`;
}
