import { Option, type Command } from 'commander';
import { decide, documentKinds, type DocumentKind } from '../../lib/access/decide/decide';
import type { Relation } from '../../lib/access/decide/relation';
import { InputError } from '../../lib/core/input-error';
import { ExitCode } from '../exit-codes';
import { readJson } from '../input';
import type { Streams } from '../streams';
import { answerLines } from './batch';

interface CompareOptions {
  readonly kind: DocumentKind;
  readonly format: 'console' | 'json';
  readonly batch?: string;
}

const SENTENCES: Readonly<Record<Relation['relation'], string>> = {
  within: 'within: B allows every request that A allows.',
  broader: 'broader: A allows a request that B does not allow.',
  unknown: 'unknown: the documents are not decided.',
};

/** Lines `name  value` of a witness; names of nested values have no prefix. */
function witnessLines(witness: unknown): readonly (readonly [string, string])[] {
  return Object.entries(witness as object).flatMap(([name, value]: [string, unknown]) => {
    if (Array.isArray(value)) return [[name, value.map((each) => JSON.stringify(each)).join(', ')] as const];
    return typeof value === 'object' && value !== null
      ? witnessLines(value)
      : [[name, String(value)] as const];
  });
}

/** Text of an answer for a terminal. */
function consoleText(answer: Relation): string {
  const details = answer.relation === 'broader' ? witnessLines(answer.witness) : [];
  const reason = answer.relation === 'unknown' ? [['reason', answer.reason] as const] : [];
  const lines = [...details, ...reason];
  const width = Math.max(0, ...lines.map(([name]) => name.length));
  return [
    SENTENCES[answer.relation],
    ...lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
  ].join('\n');
}

const unknown = (reason: string): Relation => ({ relation: 'unknown', reason });

/** Answer for one line. The answer for a bad line is unknown, so that the other lines have theirs. */
function answerLine(line: string): Relation {
  try {
    const pair: unknown = JSON.parse(line);
    if (typeof pair !== 'object' || pair === null) return unknown('The line must be an object.');
    const { kind, a, b } = pair as Readonly<Record<string, unknown>>;
    if (!documentKinds.includes(kind as DocumentKind)) {
      return unknown(`kind must be one of ${documentKinds.join(', ')} (got ${JSON.stringify(kind)}).`);
    }
    if (a === undefined || b === undefined) return unknown('a and b are required.');
    return decide(kind as DocumentKind, a, b);
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'The line must be JSON' : 'The decision failed';
    return unknown(`${reason}: ${(error as Error).message}`);
  }
}

/** `access compare A.json B.json`, or `access compare --batch FILE`. */
async function compare(files: readonly string[], options: CompareOptions, streams: Streams): Promise<number> {
  if (options.batch !== undefined) {
    if (files.length > 0) throw new InputError('--batch must not be combined with documents.');
    await answerLines(options.batch, streams, answerLine);
    return ExitCode.ok;
  }
  const [first, second] = files;
  if (first === undefined || second === undefined || files.length > 2) {
    throw new InputError(`Two documents are required (got ${files.length}). See --help.`);
  }
  if (first === '-' && second === '-') throw new InputError('Only one document can be standard input.');
  const answer = decide(options.kind, await readJson(first, streams), await readJson(second, streams));
  const output = options.format === 'json' ? JSON.stringify(answer, undefined, 2) : consoleText(answer);
  streams.stdout.write(`${output}\n`);
  return answer.relation === 'within' ? ExitCode.ok : ExitCode.findings;
}

/** Adds the verb to the program. `finish` receives the exit code. */
export function addCompare(access: Command, streams: Streams, finish: (code: number) => void): void {
  access
    .command('compare')
    .summary('decide whether one document allows more than another')
    .description(
      'Decides exactly whether document B allows every request that document A allows.\n' +
        'Exit code: 0 within, 2 broader or unknown, 1 wrong usage or unreadable input. A batch exits with 0.',
    )
    .argument('[documents...]', 'JSON files A and B; "-" is standard input')
    .addOption(
      new Option('--kind <kind>', 'kind of both documents').choices(documentKinds).default('aws-policy'),
    )
    .addOption(
      new Option('--format <format>', 'format of the answer').choices(['console', 'json']).default('console'),
    )
    .option(
      '--batch <file>',
      'read a line {"kind", "a", "b"} for each pair, and write a line for each answer',
    )
    .action(async (files: readonly string[], options: CompareOptions) => {
      finish(await compare(files, options, streams));
    });
}
