import type { Command } from 'commander';
import { dotOf } from '../../lib/access/formats/dot';
import { accessPage } from '../../lib/access/page/access-page';
import { collapsed } from '../../lib/access/page/collapse';
import { writeOutput } from '../output';
import type { Streams } from '../streams';
import { manifestIn, withInput, type GraphInput } from './graph-input';
import { svgOf } from './svg';

interface PageOptions extends GraphInput {
  readonly title?: string;
  readonly output?: string;
  readonly picture: boolean;
}

/** Adds `page`. */
export function addPage(access: Command, streams: Streams): void {
  withInput(access.command('page'))
    .summary('write a page with all access')
    .description(
      'Writes one HTML file with the picture, the filters and the table of all access. It needs no network.',
    )
    .option('--title <text>', 'name of the environment')
    .option('-o, --output <file>', 'file to write; standard output if it is omitted')
    .option('--no-picture', 'omit the picture, which needs @hpcc-js/wasm-graphviz')
    .action(async (options: PageOptions) => {
      const manifest = manifestIn(options);
      const page = accessPage(manifest, {
        ...(options.title !== undefined && { title: options.title }),
        ...(options.picture && { svg: await svgOf(dotOf(collapsed(manifest))) }),
      });
      writeOutput(page, options.output, streams);
    });
}
