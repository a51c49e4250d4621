import { Option, type Command } from 'commander';
import pc from 'picocolors';
import { sarifReport } from '../lib/guardrails/formats/sarif-report';
import { sourceLocator } from '../lib/guardrails/formats/source-location';
import type { Profile } from '../lib/guardrails/rule';
import { joinPlans } from '../lib/model/join';
import type { Model } from '../lib/model/model';
import { readModel } from '../lib/model/model-files';
import { GATES, isErrored, trippedGates, type Gate } from '../lib/review/gate';
import { reviewMarkdown } from '../lib/review/markdown';
import { withNames } from '../lib/review/names';
import { plainReview } from '../lib/review/plain';
import type { Review } from '../lib/review/review';
import { guardrailReport, reviewPlans } from '../lib/review/review-plans';
import { appended } from './appended';
import { InputError } from '../lib/core/input-error';
import { ExitCode } from './exit-codes';
import { readJson } from './input';
import { readModels } from './models';
import { writeOutput } from './output';
import { profileOption } from './profile-option';
import type { Streams } from './streams';

interface ReviewCommandOptions {
  readonly stack: readonly string[];
  readonly synthesized: readonly string[];
  readonly format: 'console' | 'json' | 'markdown' | 'sarif';
  readonly output?: string;
  readonly failOn: string;
  readonly profile: Profile;
  readonly merge: readonly string[];
  readonly reference?: string;
  readonly names?: string;
  readonly entry: string;
  readonly detailedExitcode: boolean;
}

/** Adds the verb to the program. `finish` receives the exit code. */
export function addReview(
  program: Command,
  version: string,
  streams: Streams,
  finish: (code: number) => void,
): void {
  program
    .command('review')
    .summary('review Terraform plans')
    .description(
      'Shows what plans change, what is lost, and who gains or loses access.\n' +
        'Exit code: 0 passed, 2 a gate is not passed, 1 wrong usage, unreadable input, or a plan that failed.',
    )
    .argument('[plans...]', 'JSON of "terraform show -json PLAN"; "-" is standard input')
    .option('--stack <name=path>', 'plan of a stack, several times if needed', appended, [])
    .option('--synthesized <path>', 'cdktf.out, for reasons and construct paths', appended, [])
    .addOption(
      new Option('--format <format>', 'format of the review')
        .choices(['console', 'json', 'markdown', 'sarif'])
        .default('console'),
    )
    .option('-o, --output <file>', 'file to write; standard output if it is omitted')
    .option('--fail-on <gates>', `gates, separated by commas: ${GATES.join(', ')}; or none`, 'error')
    .addOption(profileOption())
    .option('--merge <sarif>', 'findings of another scanner, several times if needed', appended, [])
    .option('--reference <policy>', 'policy document that no policy of an AWS identity may exceed')
    .option('--names <file>', 'JSON object with a name for each id')
    .option('--entry <file>', 'file for SARIF results without a known line', 'cdktf.json')
    .option('--detailed-exitcode', 'exit with 2 if the plans have changes, as Terraform does', false)
    .action(async (plans: readonly string[], options: ReviewCommandOptions) => {
      finish(await review(plans, options, version, streams));
    });
}

async function review(
  paths: readonly string[],
  options: ReviewCommandOptions,
  version: string,
  streams: Streams,
): Promise<number> {
  const gates = gatesOf(options.failOn);
  const model = joinPlans(plansIn(paths, options.stack), readModels(options.synthesized));
  const files = async (list: readonly string[]) => Promise.all(list.map((file) => readJson(file, streams)));
  const [reference] = await files(options.reference === undefined ? [] : [options.reference]);
  const [names = {}] = await files(options.names === undefined ? [] : [options.names]);
  const given = {
    profile: options.profile,
    merge: await files(options.merge),
    ...(reference !== undefined && { reference }),
  };
  const found = withNames(reviewPlans(model, given), names as Readonly<Record<string, string>>);
  writeOutput(`${textOf(found, model, options, version)}\n`, options.output, streams);
  if (isErrored(found)) {
    streams.stderr.write('error: Planning failed, so the review has only a part of the changes.\n');
    return ExitCode.unusable;
  }
  const tripped = trippedGates(found, gates);
  if (tripped.length > 0) streams.stderr.write(`Gates that are not passed: ${tripped.join(', ')}\n`);
  const hasChanges = found.stacks.some(({ counts }) => Object.keys(counts).length > 0);
  return tripped.length > 0 || (options.detailedExitcode && hasChanges) ? ExitCode.findings : ExitCode.ok;
}

/** The plans; each path is one plan. */
function plansIn(paths: readonly string[], named: readonly string[]): Model {
  if (paths.length + named.length === 0)
    throw new InputError('A plan is required. Run "terraform show -json PLAN".');
  const pairs = named.map((each) => {
    const [, name, path] = /^([^=]+)=(.+)$/.exec(each) ?? [];
    if (name === undefined || path === undefined) {
      throw new InputError(`--stack must have the form NAME=PATH (got "${each}").`);
    }
    return { name, path };
  });
  const stacks = [...paths.map((path) => ({ path, name: undefined })), ...pairs].flatMap(({ path, name }) => {
    const read = readModel(path, name === undefined ? {} : { name }).stacks;
    for (const { source } of read) {
      if (source !== 'plan')
        throw new InputError(`${path} must be a plan (got a synthesized stack). Name it with --synthesized.`);
    }
    return read;
  });
  const twice = stacks.find(({ name }, index) => stacks.findIndex((each) => each.name === name) !== index);
  if (twice)
    throw new InputError(`Two plans are of the stack "${twice.name}". Name each with --stack NAME=PATH.`);
  return { stacks };
}

function gatesOf(text: string): readonly Gate[] {
  if (text === 'none') return [];
  return text.split(',').map((each) => {
    const gate = GATES.find((known) => known === each.trim());
    if (gate === undefined)
      throw new InputError(`--fail-on must name ${GATES.join(', ')} or none (got "${each}").`);
    return gate;
  });
}

function textOf(
  found: Review,
  model: Model,
  { format, profile, entry }: ReviewCommandOptions,
  version: string,
): string {
  switch (format) {
    case 'json':
      return JSON.stringify(found, undefined, 2);
    case 'markdown':
      return reviewMarkdown(found);
    case 'sarif':
      return JSON.stringify(
        sarifReport(guardrailReport(model, { profile }), {
          locator: sourceLocator(process.cwd()),
          entryFile: entry,
          version,
        }),
        undefined,
        2,
      );
    case 'console':
      return plainReview(found, {
        bad: (text) => pc.bold(pc.red(text)),
        good: pc.green,
        bold: pc.bold,
        dim: pc.dim,
      });
  }
}
