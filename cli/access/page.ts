import type { Command } from 'commander';
import { dotOf } from '../../lib/access/formats/dot';
import type { AccessGraph } from '../../lib/access/graph/graph';
import { invariantLines } from '../../lib/access/invariants/recorded';
import { accessPage } from '../../lib/access/page/access-page';
import { collapsed } from '../../lib/access/page/collapse';
import { findingLines } from '../../lib/guardrails/formats/finding-lines';
import { reportOf } from '../../lib/guardrails/report';
import type { Profile } from '../../lib/guardrails/rule';
import type { Model } from '../../lib/model/model';
import { writeOutput } from '../output';
import { profileOption } from '../profile-option';
import type { Streams } from '../streams';
import { sourceIn, withInput, type GraphInput } from './graph-input';
import { svgOf } from './svg';

interface PageOptions extends GraphInput {
  readonly title?: string;
  readonly output?: string;
  readonly picture: boolean;
  readonly profile: Profile;
}

/** Sentences about the invariants that the stacks record, and about the findings of the guardrails. */
const findingsOf = (model: Model, graph: AccessGraph, profile: Profile): readonly string[] => [
  ...invariantLines(model, graph),
  ...findingLines(reportOf(model, { profile })),
];

/** Adds `page`. */
export function addPage(access: Command, streams: Streams): void {
  withInput(access.command('page'))
    .summary('write a page with all access')
    .description(
      'Writes one HTML file with the picture, the filters and the table of all access. It needs no network.',
    )
    .option('--title <text>', 'name of the environment')
    .option('-o, --output <file>', 'file to write; standard output if it is omitted')
    .addOption(profileOption())
    .option('--no-picture', 'omit the picture, which needs @hpcc-js/wasm-graphviz')
    .action(async (options: PageOptions) => {
      const { manifest, model } = sourceIn(options);
      const page = accessPage(manifest, {
        ...(options.title !== undefined && { title: options.title }),
        ...(model !== undefined && { findings: findingsOf(model, manifest, options.profile) }),
        ...(options.picture && { svg: await svgOf(dotOf(collapsed(manifest))) }),
      });
      writeOutput(page, options.output, streams);
    });
}
