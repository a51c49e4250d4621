import { visible } from '../../core/text/visible-text';
import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import type { AccessLane, AccessNode } from '../graph/node';

/** Lanes of the picture from left to right, with their headings. */
export const LANES: readonly (readonly [AccessLane, string])[] = [
  ['ci', 'Outside'],
  ['aws', 'AWS'],
  ['federation', 'Federation'],
  ['google', 'Google IAM'],
  ['kubernetes', 'GKE'],
  ['resource', 'Resources'],
];

/** The graph in the language of Graphviz. */
export function dotOf({ nodes, edges }: AccessGraph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const clusters = LANES.map(([lane, title]) => {
    const own = nodes.filter((node) => node.lane === lane);
    if (own.length === 0) return '';
    return [
      `  subgraph cluster_${lane} {`,
      `    label=${quoted(title)};`,
      ...own.map((node) => `    ${names.get(node.id) ?? ''} [${attributesOf(node)}];`),
      '  }',
    ].join('\n');
  });
  return [
    'digraph access {',
    '  rankdir=LR; bgcolor="transparent"; fontname="sans-serif"; nodesep=0.15; ranksep=0.8;',
    '  node [shape=box, style="rounded", fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=9];',
    ...clusters.filter((cluster) => cluster !== ''),
    ...merged(edges).map(
      ({ edge, count }) =>
        `  ${names.get(edge.from) ?? ''} -> ${names.get(edge.to) ?? ''} [${edgeAttributes(edge, count)}];`,
    ),
    '}',
    '',
  ].join('\n');
}

/** The edges between two nodes as one for each kind and effect. */
export function merged(
  edges: readonly AccessEdge[],
): readonly { readonly edge: AccessEdge; readonly count: number }[] {
  const groups = new Map<string, { edge: AccessEdge; count: number }>();
  for (const edge of edges) {
    const key = [edge.from, edge.to, edge.kind, edge.effect].join(' ');
    const known = groups.get(key);
    if (known) known.count += 1;
    else groups.set(key, { edge, count: 1 });
  }
  return [...groups.values()];
}

function attributesOf({ id, label, kind, pending }: AccessNode): string {
  const [, word = ''] = kind.split('.');
  return [
    `id=${quoted(`node:${id}`)}`,
    `label=${quoted(`${shortened(visible(label))}\n${word}`)}`,
    `tooltip=${quoted(visible(label))}`,
    ...(pending ? ['style="rounded,dashed"'] : []),
  ].join(', ');
}

function edgeAttributes({ id, kind, effect, reason, possible }: AccessEdge, count: number): string {
  return [
    `id=${quoted(`edge:${id}`)}`,
    `label=${quoted(count > 1 ? `${kind} (${count})` : kind)}`,
    `tooltip=${quoted(visible(reason ?? 'no reason is recorded'))}`,
    ...(effect === 'deny' ? ['class="deny"', 'color="#c62828"'] : []),
    ...(possible ? ['style="dashed"'] : []),
  ].join(', ');
}

/** Names of members have up to 200 characters; the tooltip has the whole name. */
function shortened(text: string): string {
  return text.length > 48 ? `${text.slice(0, 20)}…${text.slice(-26)}` : text;
}

/** Text of Graphviz in quotation marks. A line break is written as an escape. */
function quoted(text: string): string {
  return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}
