import { visible } from '../../core/text/visible-text';
import type { AccessGraph } from '../graph/graph';
import { LANES, merged } from './dot';

/** Edges that Mermaid draws at most. https://mermaid.js.org/config/schema-docs/config.html */
const MOST_EDGES = 500;

/** The graph as a flow chart of Mermaid, which GitHub and GitLab draw in Markdown. */
export function mermaidOf({ nodes, edges }: AccessGraph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const drawn = merged(edges);
  const lanes = LANES.flatMap(([lane, title]) => {
    const own = nodes.filter((node) => node.lane === lane);
    if (own.length === 0) return [];
    return [
      `  subgraph ${lane} [${quoted(title)}]`,
      ...own.map(({ id, label }) => `    ${names.get(id) ?? ''}[${quoted(label)}]`),
      '  end',
    ];
  });
  return [
    'flowchart LR',
    ...lanes,
    ...drawn.slice(0, MOST_EDGES).map(({ edge }) => {
      const arrow = edge.possible ? '-.->' : '-->';
      const label = edge.effect === 'deny' ? `denies ${edge.kind}` : edge.kind;
      return `  ${names.get(edge.from) ?? ''} ${arrow}|${label}| ${names.get(edge.to) ?? ''}`;
    }),
    ...(drawn.length > MOST_EDGES ? [`  %% ${drawn.length - MOST_EDGES} edges are omitted`] : []),
    '',
  ].join('\n');
}

/** Text in quotation marks, with entities for each character that has a meaning. */
function quoted(text: string): string {
  const entities = visible(text).replace(/[#"<>&`|[\]{}();]/g, (sign) => `#${sign.charCodeAt(0)};`);
  return `"${entities}"`;
}
