import { Command, CommanderError } from 'commander';
import { addCompare } from './access/compare';
import { addExplainToken } from './access/explain-token';
import { addDrift } from './access/drift';
import { addManifest } from './access/manifest';
import { addObserved } from './access/observed';
import { addPage } from './access/page';
import { addQueries } from './access/queries';
import { addQuestions } from './access/questions';
import { addWhyNot } from './access/why-not';
import { addCheck } from './check';
import { InputError } from '../lib/core/input-error';
import { visible } from '../lib/core/text/visible-text';
import { ExitCode } from './exit-codes';
import { addModel } from './model';
import { addComment } from './comment/comment';
import { addReview } from './review';
import type { Streams } from './streams';

/** Runs the command line. Returns the exit code. */
export async function run(args: readonly string[], version: string, streams: Streams): Promise<number> {
  let code: number = ExitCode.ok;
  const program = new Command('cdktf-multicloud')
    .description(
      'Analyses stacks, plans and access documents. Writes results to standard output and problems to standard error.',
    )
    .version(version)
    .showHelpAfterError('Add --help for usage.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
    });
  const access = program.command('access').description('answer questions about access');
  addCompare(access, streams, (result) => (code = result));
  addQuestions(access, streams, (result) => (code = result));
  addWhyNot(access, streams, (result) => (code = result));
  addExplainToken(access, streams, (result) => (code = result));
  addManifest(access, streams, (result) => (code = result));
  addPage(access, streams);
  addDrift(access, streams, (result) => (code = result));
  addObserved(access, streams, (result) => (code = result));
  addQueries(access, streams, (result) => (code = result));
  addCheck(program, version, streams, (result) => (code = result));
  addModel(program, streams);
  addComment(program, streams);
  addReview(program, version, streams, (result) => (code = result));
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    // Help and version end with 0, wrong usage ends with 1. Commander has printed the text.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.unusable;
    if (!(error instanceof InputError)) throw error;
    streams.stderr.write(`error: ${visible(error.message)}\n`);
    return ExitCode.unusable;
  }
}
