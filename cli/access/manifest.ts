import { Option, type Command } from 'commander';
import { dotOf } from '../../lib/access/formats/dot';
import { edgeSentence } from '../../lib/access/formats/sentence';
import { mermaidOf } from '../../lib/access/formats/mermaid';
import { focusedOn } from '../../lib/access/graph/focus';
import type { AccessEdge } from '../../lib/access/graph/edge';
import { compareAccess } from '../../lib/access/manifest/compare';
import type { AccessManifest } from '../../lib/access/manifest/manifest';
import { collapsed } from '../../lib/access/page/collapse';
import { nodesNamed } from '../../lib/access/questions/find-node';
import { visible } from '../../lib/core/text/visible-text';
import { ExitCode } from '../exit-codes';
import type { Streams } from '../streams';
import { svgOf } from './svg';
import { manifestIn, withInput, type GraphInput } from './graph-input';

interface GraphOptions extends GraphInput {
  readonly format: 'json' | 'dot' | 'mermaid' | 'svg';
  readonly focus?: string;
}

/** Adds `manifest`, `graph` and `diff`. `finish` receives the exit code. */
export function addManifest(access: Command, streams: Streams, finish: (code: number) => void): void {
  withInput(access.command('manifest'))
    .summary('print the access manifest')
    .description('Prints identities, resources and the access between them as sorted JSON with a digest.')
    .action((options: GraphInput) => {
      streams.stdout.write(`${JSON.stringify(manifestIn(options), undefined, 2)}\n`);
    });
  withInput(access.command('graph'))
    .summary('draw the access graph')
    .description('Writes the access graph for Graphviz or Mermaid, or as JSON.')
    .addOption(
      new Option('--format <format>', 'language of the picture')
        .choices(['json', 'dot', 'mermaid', 'svg'])
        .default('dot'),
    )
    .option('--focus <node>', 'draw only what leads to this node and what it leads to')
    .action(async (options: GraphOptions) => {
      streams.stdout.write(await pictureOf(focused(manifestIn(options), options.focus), options.format));
    });
  access
    .command('diff')
    .summary('compare the access of two manifests')
    .description(
      'Lists access that was gained and lost.\nExit code: 0 none was gained, 2 some was, 1 wrong usage.',
    )
    .argument('<old>', 'manifest, stack or plan')
    .argument('<new>', 'manifest, stack or plan')
    .addOption(
      new Option('--format <format>', 'format of the list').choices(['text', 'json']).default('text'),
    )
    .action((before: string, after: string, { format }: { readonly format: 'text' | 'json' }) => {
      const [old, now] = [manifestIn({ input: [before] }), manifestIn({ input: [after] })];
      const difference = compareAccess(old, now);
      const sentences = (edges: readonly AccessEdge[], sign: string) =>
        edges.map((edge) => `${sign} ${sentenceIn(edge, [now, old])}`);
      const text = [
        ...sentences(difference.gained, '+'),
        ...sentences(difference.lost, '-'),
        ...sentences(difference.explained, '~'),
      ];
      const output =
        format === 'json'
          ? JSON.stringify(difference, undefined, 2)
          : text.join('\n') || 'No access changed.';
      streams.stdout.write(`${output}\n`);
      finish(difference.gained.length > 0 ? ExitCode.findings : ExitCode.ok);
    });
}

function sentenceIn(edge: AccessEdge, manifests: readonly AccessManifest[]): string {
  const nodes = manifests.flatMap((manifest) => manifest.nodes);
  const from = nodes.find(({ id }) => id === edge.from);
  const to = nodes.find(({ id }) => id === edge.to);
  if (from === undefined || to === undefined) return '';
  // The same sentence is true before and after if only the names in a policy are others.
  const names = manifests.map(({ edges }) => namesOf(edges.find(({ id }) => id === edge.id)));
  const suffix = names[0] === names[1] || names.includes('') ? '' : ` (${namesOf(edge)})`;
  return visible(`${edgeSentence(edge, from, to)}${suffix}`);
}

/** Names of an edge in one text; empty without an edge or names. */
function namesOf({ principals = [], resources = [] }: Partial<AccessEdge> = {}): string {
  return [...principals, ...resources].join(', ');
}

function focused(manifest: AccessManifest, name: string | undefined): AccessManifest {
  if (name === undefined) return manifest;
  const ids = nodesNamed(manifest, name, 'resource').map(({ id }) => id);
  return { ...manifest, ...focusedOn(manifest, ids) };
}

async function pictureOf(manifest: AccessManifest, format: GraphOptions['format']): Promise<string> {
  if (format === 'svg') return svgOf(dotOf(collapsed(manifest)));
  if (format === 'dot') return dotOf(manifest);
  return format === 'mermaid' ? mermaidOf(manifest) : `${JSON.stringify(manifest, undefined, 2)}\n`;
}
