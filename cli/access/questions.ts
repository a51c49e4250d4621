import Table from 'cli-table3';
import { Option, type Command } from 'commander';
import { visible } from '../../lib/core/text/visible-text';
import {
  ANSWER_HEAD,
  answerRows,
  answersMarkdown,
  pathsText,
  type NodeOf,
} from '../../lib/access/formats/path-text';
import type { AccessManifest } from '../../lib/access/manifest/manifest';
import { AccessQuestions, type AccessAnswer } from '../../lib/access/questions/answers';
import { ExitCode } from '../exit-codes';
import type { Streams } from '../streams';
import { manifestIn, withInput, type GraphInput } from './graph-input';

/** Widths of the columns, 80 characters with their borders. */
const WIDTHS = [18, 18, 15, 11, 11];

type Format = 'table' | 'json' | 'markdown';

interface QuestionOptions extends GraphInput {
  readonly format: Format;
}

/** Answers of a verb. */
interface Asked {
  readonly answers: readonly AccessAnswer[];
  /** Whether the paths are the answer, and not only their ends. */
  readonly showsPaths: boolean;
  /** Sentence if there is no answer. */
  readonly none: string;
}

/** Adds `who-can`, `what-can` and `why`. `finish` receives the exit code. */
export function addQuestions(access: Command, streams: Streams, finish: (code: number) => void): void {
  const verb = (name: string, summary: string): Command =>
    withInput(access.command(name).summary(summary))
      .description(
        `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.\n` +
          'Exit code: 0 there is access, 2 there is none, 1 wrong usage or unreadable input.',
      )
      .addOption(
        new Option('--format <format>', 'format of the answer')
          .choices(['table', 'json', 'markdown'])
          .default('table'),
      );
  const ask = (options: QuestionOptions, question: (questions: AccessQuestions) => Asked): void => {
    const manifest = manifestIn(options);
    const questions = new AccessQuestions(manifest);
    const asked = question(questions);
    streams.stdout.write(`${textOf(asked, manifest, (id) => questions.node(id), options.format)}\n`);
    finish(asked.answers.length > 0 ? ExitCode.ok : ExitCode.findings);
  };

  verb('who-can', 'list the identities that have a permission on a resource')
    .argument('<permission>', 'AWS action, Google permission or role, or "VERB GROUP/RESOURCE" of Kubernetes')
    .argument('<resource...>', 'name of the resource, after the word "on" if you like')
    .action((permission: string, words: readonly string[], options: QuestionOptions) => {
      const resource = words.filter((word, index) => index > 0 || word !== 'on').join(' ');
      ask(options, (questions) => ({
        answers: questions.whoCan(permission, resource),
        showsPaths: false,
        none: `No identity has ${permission} on ${resource}.`,
      }));
    });
  verb('what-can', 'list what an identity can use')
    .argument('<identity>', 'name of the identity')
    .action((identity: string, options: QuestionOptions) => {
      ask(options, (questions) => ({
        answers: questions.whatCan(identity),
        showsPaths: false,
        none: `${identity} has no access.`,
      }));
    });
  verb('why', 'explain each path from an identity to a resource')
    .argument('<identity>', 'name of the identity')
    .argument('<resource>', 'name of the resource, or of another identity')
    .action((identity: string, resource: string, options: QuestionOptions) => {
      ask(options, (questions) => ({
        answers: questions.why(identity, resource),
        showsPaths: true,
        none: `No path leads from ${identity} to ${resource}.`,
      }));
    });
}

function textOf(
  { answers, showsPaths, none }: Asked,
  { gaps }: AccessManifest,
  nodeOf: NodeOf,
  format: Format,
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
