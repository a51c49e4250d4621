import { createHash } from 'node:crypto';
import { edgeSentence } from '../formats/sentence';
import type { AccessEdge } from '../graph/edge';
import type { AccessNode } from '../graph/node';
import type { AccessManifest } from '../manifest/manifest';
import { html } from './html';
import { SCRIPT } from './script';
import { STYLE } from './style';

/** Parts of a page beside the manifest. */
export interface AccessPageOptions {
  /**
   * Name of the environment or the application.
   * @default - the names of the stacks
   */
  readonly title?: string;
  /**
   * Picture of the graph as SVG of Graphviz.
   * @default - the page has no picture, and names the command that adds it
   */
  readonly svg?: string;
  /**
   * Sentences about invariants and findings.
   * @default - the page has no such section
   */
  readonly findings?: readonly string[];
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** A page with all access: one file that needs no network, and works without its script. */
export function accessPage(manifest: AccessManifest, options: AccessPageOptions = {}): string {
  const { title = manifest.stacks.join(', '), svg, findings } = options;
  const byId = new Map(manifest.nodes.map((node) => [node.id, node]));
  const policy = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  const rows = manifest.edges.flatMap((edge) => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    return from && to ? [rowOf(edge, from, to)] : [];
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Access of ${html(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Access of ${html(title)}</h1>
<p>${manifest.edges.length} grants between ${manifest.nodes.length} identities and resources. ${coverageText(manifest)}</p>
<p class="muted">Digest ${manifest.digest}</p>
<form hidden>
${filters(manifest)}
<output aria-live="polite"></output>
</form>
${svg === undefined ? NO_PICTURE : pictureSection(svg)}
${findings === undefined ? '' : findingsSection(findings)}
<h2 id="grants">Grants</h2>
<div class="table" tabindex="0" role="region" aria-labelledby="grants">
<table>
<thead><tr><th scope="col">Access</th><th scope="col">Conditions</th><th scope="col">Reason</th><th scope="col">Owner</th><th scope="col">Address</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>
${gapSection(manifest)}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function coverageText({ coverage: { stated, read } }: AccessManifest): string {
  return `${read} of ${stated} resources that state access were read completely.`;
}

function filters({ nodes, stacks }: AccessManifest): string {
  const options = (values: readonly string[]) =>
    ['', ...new Set(values)]
      .sort()
      .map((each) => `<option value="${html(each)}">${html(each) || 'all'}</option>`)
      .join('');
  const select = (name: string, text: string, values: readonly string[]) =>
    `<label>${text}<select name="${name}">${options(values)}</select></label>`;
  return [
    '<label>Search<input name="search" type="search" autocomplete="off"></label>',
    select(
      'identity',
      'Identity',
      nodes.filter(({ lane }) => lane !== 'resource').map(({ label }) => label),
    ),
    select(
      'cloud',
      'Cloud',
      nodes.map(({ kind }) => cloudOf(kind)),
    ),
    select('stack', 'Stack', stacks),
    select(
      'scope',
      'Account, project or namespace',
      nodes.flatMap(({ scope }) => scope ?? []),
    ),
  ].join('\n');
}

const cloudOf = (kind: string) => kind.replace(/\..*$/, '');

function rowOf(edge: AccessEdge, from: AccessNode, to: AccessNode): string {
  const sentence = edgeSentence(edge, from, to);
  const { conditions = [], reason, owner = '', ticket, reviewBy, sources } = edge;
  const places = sources.map(({ stack, address }) => `${stack}: ${address}`);
  const text = [sentence, ...conditions, reason ?? '', owner, ticket ?? '', ...places]
    .join(' ')
    .toLowerCase();
  const data = (name: string, value: unknown) => ` data-${name}="${html(JSON.stringify(value))}"`;
  const both = (part: (node: AccessNode) => string | undefined) => [part(from), part(to)].filter(Boolean);
  const because = [reason, ticket, reviewBy && `review by ${reviewBy}`].filter(Boolean).join(', ');
  return [
    `<tr id="${html(edge.id)}"`,
    data(
      'identity',
      both(({ label }) => label),
    ),
    data(
      'cloud',
      both(({ kind }) => cloudOf(kind)),
    ),
    data(
      'stack',
      sources.map(({ stack }) => stack),
    ),
    data(
      'scope',
      both(({ scope }) => scope),
    ),
    data('nodes', [from.id, to.id]),
    ` data-text="${html(text)}">`,
    `<td${edge.effect === 'deny' ? ' class="deny"' : ''}>${html(sentence)}</td>`,
    `<td>${conditions.map(html).join('<br>')}</td>`,
    `<td${because === '' ? ' class="none"' : ''}>${html(because || 'no reason is recorded')}</td>`,
    `<td>${html(owner)}</td>`,
    `<td><code>${places.map(html).join('<br>')}</code></td></tr>`,
  ].join('');
}

const NO_PICTURE =
  '<p class="muted">This page has no picture. <code>cdktf-multicloud access page</code> writes it with one.</p>';

/** The picture; its script-free SVG has links and tooltips only. */
function pictureSection(svg: string): string {
  const picture = svg
    .slice(Math.max(0, svg.indexOf('<svg')))
    .replace(/<svg /, '<svg role="img" aria-label="Access graph; the table below has the same content" ');
  return `<h2 id="picture">Picture</h2>\n<div class="picture" tabindex="0" role="region" aria-labelledby="picture">${picture}</div>`;
}

function findingsSection(findings: readonly string[]): string {
  const items = findings.map((each) => `<li>${html(each)}</li>`).join('\n');
  return `<h2>Invariants and findings</h2>\n${findings.length === 0 ? '<p>None.</p>' : `<ul>\n${items}\n</ul>`}`;
}

function gapSection({ gaps }: AccessManifest): string {
  if (gaps.length === 0) return '';
  const items = gaps.map(
    ({ source, reason }) =>
      `<li><code>${html(`${source.stack}: ${source.address}`)}</code> ${html(reason)}</li>`,
  );
  return `<h2>Not understood</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}
