import { cell, code, table } from '../../core/text/markdown';
import { visible } from '../../core/text/visible-text';
import type { AccessDrift, DriftFinding, NotCompared } from '../drift/access-drift';
import type { BaselinedDrift } from '../drift/baseline';
import type { AccessEdge } from '../graph/edge';
import type { AccessNode } from '../graph/node';
import { edgeSentence, nodeText } from './sentence';

/** Headings of the rows of a comparison. */
export const DRIFT_HEAD = ['Drift', 'Identity', 'Access', 'Resource', 'Detail'];

type NodeOf = (id: string) => AccessNode | undefined;

/** Differences as rows: kind, identity, access, resource, detail. */
export function driftRows({ findings, nodes }: AccessDrift): readonly (readonly string[])[] {
  const nodeOf = nodesById(nodes);
  return findings.map((finding) => {
    const { kind, edge } = finding;
    const what = [edge.role, ...edge.permissions].filter(Boolean).join(', ');
    return [
      kind,
      nameOf(edge.from, nodeOf),
      edge.effect === 'deny' ? `denial of ${what}` : what || edge.kind,
      nameOf(edge.to, nodeOf),
      detailOf(finding),
    ];
  });
}

/** Names, conditions, a request that shows the difference, and the place in the file or in the stack. */
function detailOf({ edge, witness }: DriftFinding): string {
  return [
    ...[...(edge.principals ?? []), ...(edge.resources ?? [])],
    ...(edge.conditions ?? []).map((condition) => `if ${condition}`),
    ...(witness === undefined ? [] : [`request: ${JSON.stringify(witness)}`]),
    edge.sources.map(({ stack, address }) => `${stack}: ${address}`).join('; '),
  ].join('; ');
}

/** Sections of lines below the rows: what the clouds created, and what was not compared. */
export function driftSections(drift: BaselinedDrift): readonly Section[] {
  const { cloudMade, notCompared, nodes, compared, known } = drift;
  const nodeOf = nodesById(nodes);
  const reasons = [...new Set(notCompared.map(({ reason }) => reason))].sort();
  return [
    {
      title: `Compared: ${compared.manifest} grants of the manifest, ${compared.clouds} of the clouds.`,
      lines: [],
    },
    ...(cloudMade.length === 0
      ? []
      : [
          {
            title: `Created by the clouds for their services (${cloudMade.length}):`,
            lines: cloudMade.map((edge) => sentenceOf(edge, nodeOf)),
          },
        ]),
    ...(known.length === 0
      ? []
      : [
          {
            title: `In the baseline (${known.length}):`,
            lines: known.map(({ kind, edge }) => `${kind}: ${sentenceOf(edge, nodeOf)}`),
          },
        ]),
    ...reasons.map((reason) => {
      const lines = notCompared
        .filter((each) => each.reason === reason)
        .map((each) => notComparedText(each, nodeOf));
      return { title: `Not compared (${lines.length}): ${reason}`, lines };
    }),
  ];
}

/** Lines below a heading. They have any characters: output must escape them. */
interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

function notComparedText({ edge, what }: NotCompared, nodeOf: NodeOf): string {
  return edge === undefined ? (what ?? '') : sentenceOf(edge, nodeOf);
}

/** Comparison in Markdown. */
export function driftMarkdown(drift: BaselinedDrift): string {
  const rows = driftRows(drift).map(([kind = '', identity = '', ...rest]) => [
    kind,
    code(identity),
    ...rest.map(cell),
  ]);
  return [
    rows.length === 0 ? NO_DRIFT : table(DRIFT_HEAD, rows),
    ...driftSections(drift).map(({ title, lines }) =>
      [cell(title), ...(lines.length > 0 ? [''] : []), ...lines.map((line) => `- ${cell(line)}`)].join('\n'),
    ),
  ].join('\n\n');
}

/** Sections for a terminal. */
export function driftSectionsText(drift: BaselinedDrift): string {
  return driftSections(drift)
    .map(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`)].map(visible).join('\n'))
    .join('\n\n');
}

/** Sentence of a comparison without a difference. */
export const NO_DRIFT = 'No drift in what was compared.';

function nodesById(nodes: readonly AccessNode[]): NodeOf {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return (id) => byId.get(id);
}

function nameOf(id: string, nodeOf: NodeOf): string {
  const node = nodeOf(id);
  return node === undefined ? id : nodeText(node);
}

function sentenceOf(edge: AccessEdge, nodeOf: NodeOf): string {
  const [from, to] = [nodeOf(edge.from), nodeOf(edge.to)];
  return from && to ? edgeSentence(edge, from, to) : `${edge.from} ${edge.kind} ${edge.to}`;
}
