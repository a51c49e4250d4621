import Table from 'cli-table3';
import { visible } from '../../lib/core/text/visible-text';
import {
  ANSWER_HEAD,
  answerRows,
  answersMarkdown,
  pathsText,
  type NodeOf,
} from '../../lib/access/formats/path-text';
import type { AccessManifest } from '../../lib/access/manifest/manifest';
import type { AccessAnswer } from '../../lib/access/questions/answers';

/** Widths of the columns, 80 characters with their borders. */
const WIDTHS = [18, 18, 15, 11, 11];

/** Format of answers. */
export type AnswerFormat = 'table' | 'json' | 'markdown';

/** Answers of a verb. */
interface Asked {
  readonly answers: readonly AccessAnswer[];
  /** Whether the paths are the answer, and not only their ends. */
  readonly showsPaths: boolean;
  /** Sentence if there is no answer. */
  readonly none: string;
}

/** Answers for the standard output. */
export function answersText(
  { answers, showsPaths, none }: Asked,
  { gaps }: AccessManifest,
  nodeOf: NodeOf,
  format: AnswerFormat,
): string {
  if (format === 'json') return JSON.stringify(answers, undefined, 2);
  const note =
    gaps.length === 0 ? [] : [`${gaps.length} resources are not understood: see "access manifest".`];
  if (answers.length === 0) return [visible(none), ...note].join('\n');
  if (format === 'markdown') return [answersMarkdown(answers, nodeOf), ...note].join('\n\n');
  if (showsPaths) return [pathsText(answers, nodeOf), ...note].join('\n\n');
  const table = new Table({
    head: withoutCertainty(ANSWER_HEAD),
    style: { head: [], border: [] },
    colWidths: WIDTHS,
    wordWrap: true,
    wrapOnWordBoundary: false,
  });
  table.push(...answerRows(answers, nodeOf).map((row) => withoutCertainty(row).map(visible)));
  return [table.toString(), ...note].join('\n');
}

/** The row for a terminal: access that is only possible has a question mark. */
function withoutCertainty(row: readonly string[]): string[] {
  const [identity = '', what = '', ...rest] = row;
  const certainty = rest.pop();
  return [identity, certainty === 'possible' ? `${what} (?)` : what, ...rest];
}
