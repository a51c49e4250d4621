import { compareText } from '../../core/text/compare-text';
import type { Model, ModelStack } from '../../model/model';
import { accessGraph } from '../access-graph';
import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import type { AccessDrift, DriftFinding, NotCompared } from './access-drift';
import { isCloudMade } from './cloud-made';
import { accountsOf, neverExported, notCovered } from './coverage';
import type { LiveExport } from './exports/live-export';
import { judgeDeclared, judgeDenial, judgeLive, type Judgement } from './judge';
import { isOpenEdge, OpenEdges } from './open-edges';
import { Side } from './side';

/**
 * Compares the access of a manifest with the files that the tools of the clouds print.
 *
 * @param manifest declared access, of `accessGraph` or `readManifest`
 * @param exports content of the files, one for each
 */
export function accessDrift(manifest: AccessGraph, exports: readonly LiveExport[]): AccessDrift {
  const live = accessGraph(modelOf(exports));
  const nodes = new Map([...live.nodes, ...manifest.nodes].map((node) => [node.id, node]));
  const results = new Results();
  for (const each of exports.flatMap(({ unread }) => unread)) results.notCompared.push(each);
  for (const { source, reason } of live.gaps) results.notCompared.push({ what: source.address, reason });

  const open: AccessEdge[] = [];
  const known: AccessEdge[] = [];
  for (const edge of manifest.edges.filter(({ kind }) => kind !== 'starts' && kind !== 'is')) {
    const reason = neverExported(edge);
    if (reason !== undefined) results.notCompared.push({ edge, reason });
    else (isOpenEdge(edge, nodes) ? open : known).push(edge);
  }
  const sides = {
    declared: new Side(known),
    clouds: new Side(live.edges.filter(({ kind }) => kind === 'grants' || kind === 'assumes')),
    covers: new Set(exports.flatMap(({ covers }) => covers)),
  };
  compareClouds(sides, new OpenEdges(open, nodes), cloudMadeBy(exports), results);
  compareManifest(sides, results);
  return {
    findings: results.findings.sort(byIdentity),
    cloudMade: results.cloudMade,
    notCompared: results.notCompared,
    compared: { manifest: known.length, clouds: sides.clouds.edges.length },
    nodes: [...nodes.values()].sort((a, b) => compareText(a.id, b.id)),
  };
}

interface ComparedSides {
  readonly declared: Side;
  readonly clouds: Side;
  readonly covers: ReadonlySet<string>;
}

class Results {
  public readonly findings: DriftFinding[] = [];
  public readonly cloudMade: AccessEdge[] = [];
  public readonly notCompared: NotCompared[] = [];

  public add(edge: AccessEdge, judgement: Judgement): void {
    if (judgement.kind === 'unknown') this.notCompared.push({ edge, reason: judgement.reason });
    else if (judgement.kind !== 'same') this.findings.push({ edge, ...judgement });
  }
}

/** Finds access of the clouds that is not in the manifest. */
function compareClouds(
  { declared, clouds, covers }: ComparedSides,
  openEdges: OpenEdges,
  made: ReadonlySet<string>,
  results: Results,
): void {
  const accounts = accountsOf(covers);
  for (const edge of clouds.edges) {
    if (edge.effect === 'deny' || declared.hasSame(edge)) continue;
    const judgement = judgeLive(edge, { declared, clouds, accounts });
    if (judgement.kind === 'same') continue;
    if (isCloudMade(edge, made)) results.cloudMade.push(edge);
    else if (!openEdges.claim(edge)) results.add(edge, judgement);
  }
  for (const edge of openEdges.ambiguous) results.findings.push({ kind: 'extra', edge });
  for (const edge of openEdges.edges)
    results.notCompared.push({ edge, reason: 'A part of the access is known after apply.' });
}

/** Finds access of the manifest that the clouds do not have. */
function compareManifest({ declared, clouds, covers }: ComparedSides, results: Results): void {
  for (const edge of declared.edges) {
    if (clouds.hasSame(edge)) continue;
    const gap = notCovered(edge, covers);
    if (gap !== undefined) results.notCompared.push({ edge, reason: gap });
    else
      results.add(
        edge,
        edge.effect === 'deny' ? judgeDenial(edge, clouds) : judgeDeclared(edge, { declared, clouds }),
      );
  }
}

function cloudMadeBy(exports: readonly LiveExport[]): ReadonlySet<string> {
  return new Set(
    exports.flatMap(({ resources, cloudMade }) => {
      const [first] = resources;
      return first === undefined ? [] : cloudMade.map((address) => `${first.stack} ${address}`);
    }),
  );
}

/** The exports as stacks, so that the readers of edges read both sides. */
function modelOf(exports: readonly LiveExport[]): Model {
  const nothing = {
    dependencies: [],
    comment: {},
    providers: [],
    variables: [],
    outputs: [],
    locals: {},
    modules: [],
  };
  return {
    stacks: exports.flatMap(({ resources }): ModelStack[] => {
      const [first] = resources;
      return first === undefined ? [] : [{ name: first.stack, source: 'synthesized', resources, ...nothing }];
    }),
  };
}

function byIdentity(a: DriftFinding, b: DriftFinding): number {
  return (
    compareText(a.edge.from, b.edge.from) || compareText(a.kind, b.kind) || compareText(a.edge.id, b.edge.id)
  );
}
