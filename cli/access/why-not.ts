import { Option, type Command } from 'commander';
import { whyNotMarkdown, whyNotText } from '../../lib/access/formats/why-not-text';
import { whyNotIn, type WhyNotAnswer, type WhyNotQuestion } from '../../lib/access/why-not/why-not';
import { InputError } from '../../lib/core/input-error';
import { ExitCode } from '../exit-codes';
import type { Streams } from '../streams';
import { answerLines, withBatch, type BatchOptions } from './batch';
import {
  modelsIn,
  organizationIn,
  withModels,
  withOrganization,
  type ModelsInput,
  type OrganizationOptions,
} from './graph-input';
import { questionIn } from './question-line';

const FORMATS = {
  text: whyNotText,
  markdown: whyNotMarkdown,
  json: (answer: WhyNotAnswer) => JSON.stringify(answer, undefined, 2),
} as const;

interface WhyNotOptions extends ModelsInput, BatchOptions, OrganizationOptions {
  readonly format: keyof typeof FORMATS;
}

const ARGUMENTS = [
  ['identity', 'name of the identity'],
  ['permission', 'AWS action, Google permission or role, or "VERB GROUP/RESOURCE" of Kubernetes'],
  ['resource', 'name of the resource'],
] as const;

/** Adds `why-not`. `finish` receives the exit code. */
export function addWhyNot(access: Command, streams: Streams, finish: (code: number) => void): void {
  const command = withBatch(withOrganization(withModels(access.command('why-not'))), ARGUMENTS)
    .summary('explain why an identity does not have a permission')
    .description(
      'Finds the chain of access that needs the smallest changes: its first link that is rejected, by claim, mapping, ' +
        'condition, member, role, trust, policy, RBAC, admission, network or dependency, and the change that allows it.\n' +
        'Exit code: 0 the identity has the permission, 2 it does not, 1 wrong usage or unreadable input. A batch exits with 0.',
    )
    .addOption(
      new Option('--format <format>', 'format of the answer').choices(Object.keys(FORMATS)).default('text'),
    );
  command.action(async () => {
    finish(await whyNot(command.args, command.opts<WhyNotOptions>(), streams));
  });
}

async function whyNot(words: readonly string[], options: WhyNotOptions, streams: Streams): Promise<number> {
  const ask = whyNotIn(modelsIn(options), await organizationIn(options, streams));
  if (options.batch !== undefined) {
    if (words.length > 0) throw new InputError('--batch must not be combined with arguments.');
    const names = ARGUMENTS.map(([name]) => name);
    await answerLines(options.batch, streams, (line) =>
      questionIn(line, names, (values) => ask(questionOf(values))),
    );
    return ExitCode.ok;
  }
  if (words.length !== ARGUMENTS.length) {
    throw new InputError(
      `identity, permission and resource must be given (got ${words.length} words). See --help.`,
    );
  }
  const question = questionOf(words);
  const answer = ask(question);
  streams.stdout.write(`${FORMATS[options.format](answer, question)}\n`);
  return answer.result === 'allowed' ? ExitCode.ok : ExitCode.findings;
}

function questionOf([identity = '', permission = '', resource = '']: readonly string[]): WhyNotQuestion {
  return { identity, permission, resource };
}
