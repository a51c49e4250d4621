import type { Command } from 'commander';
import { readModels } from './models';
import type { Streams } from './streams';

/** Adds the verb that prints the resource model, for Open Policy Agent and other programs. */
export function addModel(program: Command, streams: Streams): void {
  program
    .command('model')
    .summary('print the resource model as JSON')
    .description(
      'Prints resources of synthesized stacks and plans as JSON. Sensitive values are in it in clear text.',
    )
    .argument('<paths...>', 'cdktf.out, a cdk.tf.json, or the JSON of a plan; "-" is standard input')
    .action((paths: readonly string[]) => {
      streams.stdout.write(`${JSON.stringify(readModels(paths), undefined, 2)}\n`);
    });
}
