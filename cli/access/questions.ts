import { Option, type Command } from 'commander';
import type { AccessManifest } from '../../lib/access/manifest/manifest';
import { AccessQuestions, type AccessAnswer } from '../../lib/access/questions/answers';
import { InputError } from '../../lib/core/input-error';
import { ExitCode } from '../exit-codes';
import type { Streams } from '../streams';
import { answersText, type AnswerFormat } from './answers-text';
import { answerLines, withBatch, type BatchOptions } from './batch';
import { narrowed } from '../../lib/access/organization/narrow';
import {
  manifestIn,
  organizationIn,
  withInput,
  withOrganization,
  type GraphInput,
  type OrganizationOptions,
} from './graph-input';
import { questionIn } from './question-line';

interface QuestionOptions extends GraphInput, BatchOptions, OrganizationOptions {
  readonly format: AnswerFormat;
}

/** Values of the arguments of a verb, in order. */
type Values = readonly string[];

/** One verb: its arguments, and how the graph answers it. */
interface Verb {
  readonly name: string;
  readonly summary: string;
  /** Names of the arguments with their descriptions. */
  readonly arguments: readonly (readonly [string, string])[];
  readonly ask: (questions: AccessQuestions, values: Values) => readonly AccessAnswer[];
  /** Whether the paths are the answer, and not only their ends. */
  readonly showsPaths: boolean;
  /** Sentence if there is no answer. */
  readonly none: (values: Values) => string;
}

const VERBS: readonly Verb[] = [
  {
    name: 'who-can',
    summary: 'list the identities that have a permission on a resource',
    arguments: [
      ['permission', 'AWS action, Google permission or role, or "VERB GROUP/RESOURCE" of Kubernetes'],
      ['resource', 'name of the resource, after the word "on" if you like'],
    ],
    ask: (questions, [permission = '', resource = '']) => questions.whoCan(permission, resource),
    showsPaths: false,
    none: ([permission, resource]) => `No identity has ${permission} on ${resource}.`,
  },
  {
    name: 'what-can',
    summary: 'list what an identity can use',
    arguments: [['identity', 'name of the identity']],
    ask: (questions, [identity = '']) => questions.whatCan(identity),
    showsPaths: false,
    none: ([identity]) => `${identity} has no access.`,
  },
  {
    name: 'why',
    summary: 'explain each path from an identity to a resource',
    arguments: [
      ['identity', 'name of the identity'],
      ['resource', 'name of the resource, or of another identity'],
    ],
    ask: (questions, [identity = '', resource = '']) => questions.why(identity, resource),
    showsPaths: true,
    none: ([identity, resource]) => `No path leads from ${identity} to ${resource}.`,
  },
];

/** Adds `who-can`, `what-can` and `why`. `finish` receives the exit code. */
export function addQuestions(access: Command, streams: Streams, finish: (code: number) => void): void {
  for (const verb of VERBS) {
    const command = withBatch(withOrganization(withInput(access.command(verb.name))), verb.arguments)
      .summary(verb.summary)
      .description(
        `${verb.summary.charAt(0).toUpperCase()}${verb.summary.slice(1)}.\n` +
          'Exit code: 0 there is access, 2 there is none, 1 wrong usage or unreadable input. A batch exits with 0.',
      )
      .addOption(
        new Option('--format <format>', 'format of the answer')
          .choices(['table', 'json', 'markdown'])
          .default('table'),
      );
    command.action(async () => {
      const options = command.opts<QuestionOptions>();
      const { graph: manifest } = narrowed(manifestIn(options), await organizationIn(options, streams));
      finish(await answered(verb, command.args, { options, manifest, streams }));
    });
  }
}

interface Asking {
  readonly options: QuestionOptions;
  readonly manifest: AccessManifest;
  readonly streams: Streams;
}

async function answered(
  verb: Verb,
  words: readonly string[],
  { options, manifest, streams }: Asking,
): Promise<number> {
  const questions = new AccessQuestions(manifest);
  const names = verb.arguments.map(([name]) => name);
  if (options.batch !== undefined) {
    if (words.length > 0) throw new InputError('--batch must not be combined with arguments.');
    await answerLines(options.batch, streams, (line) =>
      questionIn(line, names, (values) => ({ answers: verb.ask(questions, values) })),
    );
    return ExitCode.ok;
  }
  const values = valuesOf(words, names);
  const answers = verb.ask(questions, values);
  const { showsPaths } = verb;
  const nodeOf = (id: string) => questions.node(id);
  const asked = { answers, showsPaths, none: verb.none(values) };
  streams.stdout.write(`${answersText(asked, manifest, nodeOf, options.format)}\n`);
  return answers.length > 0 ? ExitCode.ok : ExitCode.findings;
}

/** Words as arguments. The last one can have several words, after the word "on" if there is one. */
function valuesOf(words: readonly string[], names: readonly string[]): Values {
  const rest = words.slice(names.length - 1);
  const last = names.length > 1 && rest.length > 1 && rest[0] === 'on' ? rest.slice(1) : rest;
  if (last.length === 0) throw new InputError(`${names.join(' and ')} must be given. See --help.`);
  return [...words.slice(0, names.length - 1), last.join(' ')];
}
