import { Option, type Command } from 'commander';
import { whyNotMarkdown, whyNotText } from '../../lib/access/formats/why-not-text';
import { whyNot, type WhyNotAnswer } from '../../lib/access/why-not/why-not';
import { ExitCode } from '../exit-codes';
import type { Streams } from '../streams';
import { modelsIn, withModels, type ModelsInput } from './graph-input';

const FORMATS = {
  text: whyNotText,
  markdown: whyNotMarkdown,
  json: (answer: WhyNotAnswer) => JSON.stringify(answer, undefined, 2),
} as const;

interface WhyNotOptions extends ModelsInput {
  readonly format: keyof typeof FORMATS;
}

/** Adds `why-not`. `finish` receives the exit code. */
export function addWhyNot(access: Command, streams: Streams, finish: (code: number) => void): void {
  withModels(access.command('why-not'))
    .summary('explain why an identity does not have a permission')
    .description(
      'Finds the chain of access that needs the smallest changes: its first link that is rejected, by claim, mapping, ' +
        'condition, member, role, trust, policy, RBAC, admission, network or dependency, and the change that allows it.\n' +
        'Exit code: 0 the identity has the permission, 2 it does not, 1 wrong usage or unreadable input.',
    )
    .argument('<identity>', 'name of the identity')
    .argument('<permission>', 'AWS action, Google permission or role, or "VERB GROUP/RESOURCE" of Kubernetes')
    .argument('<resource>', 'name of the resource')
    .addOption(
      new Option('--format <format>', 'format of the answer').choices(Object.keys(FORMATS)).default('text'),
    )
    .action((identity: string, permission: string, resource: string, options: WhyNotOptions) => {
      const question = { identity, permission, resource };
      const answer = whyNot(modelsIn(options), question);
      streams.stdout.write(`${FORMATS[options.format](answer, question)}\n`);
      finish(answer.result === 'allowed' ? ExitCode.ok : ExitCode.findings);
    });
}
