import { createHash } from 'node:crypto';
import { compareText } from '../../core/text/compare-text';
import type { ModelFacts } from '../../model/facts';
import type { ModelResource } from '../../model/model';
import type { AccessEdge } from './edge';
import type { AccessGap, AccessGraph } from './graph';
import type { AccessLane, AccessNode, AccessNodeKind } from './node';
import type { AccessSource } from './source';

/** Node without the parts that derive from its kind and its name. */
export interface NodeOptions {
  /** Names in policies and logs; the first one identifies the node. */
  readonly names?: readonly string[];
  /**
   * Name for people.
   * @default - the first name, else the address
   */
  readonly label?: string;
  /** Resource that declares the node. */
  readonly source?: AccessSource;
  /** Project, account, or namespace. */
  readonly scope?: string;
}

/** Edge without its id and without the facts that derive from its source. */
export type EdgeOptions = Pick<AccessEdge, 'kind' | 'from' | 'to'> &
  Partial<Omit<AccessEdge, 'id' | 'kind' | 'from' | 'to' | 'sources'>>;

const LANES: Readonly<Record<string, AccessLane>> = { aws: 'aws', ci: 'ci', kubernetes: 'kubernetes' };

const LANES_OF_KINDS: Partial<Record<AccessNodeKind, AccessLane>> = {
  'aws.federatedProvider': 'federation',
  'aws.resource': 'resource',
  'google.member': 'google',
  'google.pool': 'federation',
  'google.provider': 'federation',
  'google.resource': 'resource',
  'google.serviceAccount': 'google',
};

/** Collects nodes and edges. The same node or edge of two resources is one. */
export class GraphBuilder {
  private readonly nodes = new Map<string, AccessNode>();
  private readonly edges = new Map<string, AccessEdge>();
  private readonly facts = new Map<string, ModelFacts>();
  private readonly gaps: AccessGap[] = [];
  private readonly stated = new Set<string>();
  private readonly unread = new Set<string>();

  /** Adds a node, or adds names and the source to the node of this id. Returns its id. */
  public node(kind: AccessNodeKind, { names = [], label, source, scope }: NodeOptions): string {
    const name = names[0] ?? (source && `${source.stack}:${source.address}`) ?? '';
    const id = `${kind}/${name}`;
    const known = this.nodes.get(id);
    const declared = known?.source ?? source;
    const place = known?.scope ?? scope;
    this.nodes.set(id, {
      id,
      kind,
      label: known?.source ? known.label : (label ?? known?.label ?? (names[0] || (source?.address ?? ''))),
      lane: LANES_OF_KINDS[kind] ?? LANES[kind.split('.')[0] ?? ''] ?? 'resource',
      names: [...new Set([...(known?.names ?? []), ...names])].sort(),
      pending: names.length === 0,
      ...(declared && { source: declared }),
      ...(place !== undefined && { scope: place }),
    });
    return id;
  }

  /** Adds an edge that a resource states. Facts of the resource are the reason of the edge. */
  public edge(resource: ModelResource, path: string | undefined, options: EdgeOptions): void {
    this.stated.add(keyOf(resource));
    const { permissions = [], effect = 'allow', evidence = 'authenticated', ...rest } = options;
    const sorted = [...new Set(permissions)].sort();
    const id = hashOf([rest.kind, rest.from, rest.to, effect, sorted, rest.role, rest.conditions]);
    const source = sourceOf(resource, path);
    const known = this.edges.get(id);
    this.edges.set(
      id,
      withOther(known, {
        ...textsOf(resource.facts),
        ...rest,
        id,
        effect,
        evidence,
        permissions: sorted,
        sources: [source],
      }),
    );
  }

  /** Facts of the resource that declares a node. Edges of the node without a reason have this reason. */
  public describe(id: string, facts: ModelFacts): void {
    this.facts.set(id, facts);
  }

  /** Records access that a resource states and the graph cannot show. */
  public gap(resource: ModelResource, path: string | undefined, reason: string): void {
    this.stated.add(keyOf(resource));
    this.unread.add(keyOf(resource));
    this.gaps.push({ source: sourceOf(resource, path), reason });
  }

  /** All nodes so far. */
  public get allNodes(): readonly AccessNode[] {
    return [...this.nodes.values()];
  }

  private withFacts(edge: AccessEdge): AccessEdge {
    if (edge.reason !== undefined) return edge;
    const declared = [edge.from, edge.to].map((id) => this.facts.get(id));
    const facts = declared.find((each) => each?.reason !== undefined);
    return facts === undefined ? edge : { ...textsOf(facts), ...edge };
  }

  /** The graph, in an order that does not depend on the order of resources. */
  public build(): AccessGraph {
    return {
      nodes: [...this.nodes.values()].sort((a, b) => compareText(a.id, b.id)),
      edges: [...this.edges.values()]
        .map((edge) => this.withFacts(edge))
        .sort((a, b) => compareText(a.id, b.id)),
      gaps: [...this.gaps].sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b))),
      coverage: { stated: this.stated.size, read: this.stated.size - this.unread.size },
    };
  }
}

/** One edge of two resources that state it. It is certain if one of them is, and it has both reasons. */
function withOther(known: AccessEdge | undefined, edge: AccessEdge): AccessEdge {
  if (known === undefined) return edge;
  const both = (name: 'owner' | 'reason' | 'ticket') =>
    [...new Set([known[name], edge[name]].flatMap((text) => text ?? []))].sort().join('; ');
  const [reviewBy] = [known.reviewBy, edge.reviewBy].flatMap((day) => day ?? []).sort();
  const { possible, principals, resources, ...rest } = edge;
  // Without names, the edge is of the whole node.
  const names = [
    ['principals', bothNames(known.principals, principals)],
    ['resources', bothNames(known.resources, resources)],
  ].filter(([, all]) => all !== undefined);
  const texts = (['reason', 'owner', 'ticket'] as const).flatMap((name) =>
    both(name) === '' ? [] : [[name, both(name)]],
  );
  return {
    ...rest,
    ...(Object.fromEntries([...texts, ...names]) as Partial<AccessEdge>),
    ...(reviewBy !== undefined && { reviewBy }),
    ...(possible === true && known.possible === true && { possible }),
    sources: [...known.sources, ...edge.sources].sort((a, b) =>
      compareText(JSON.stringify(a), JSON.stringify(b)),
    ),
  };
}

function bothNames(own: readonly string[] | undefined, other: readonly string[] | undefined) {
  return own && other ? [...new Set([...own, ...other])].sort() : undefined;
}

/** Facts of a resource that people read. */
function textsOf({ reason, owner, ticket, reviewBy }: ModelFacts): Partial<AccessEdge> {
  return {
    ...(reason !== undefined && { reason }),
    ...(owner !== undefined && { owner }),
    ...(ticket !== undefined && { ticket }),
    ...(reviewBy !== undefined && { reviewBy }),
  };
}

/** Resource of an edge or a node. */
export function sourceOf(resource: ModelResource, path?: string): AccessSource {
  const { stack, address, constructPath } = resource;
  return {
    stack,
    address,
    ...(path !== undefined && { path }),
    ...(constructPath !== undefined && { constructPath }),
  };
}

const keyOf = ({ stack, address }: ModelResource) => `${stack} ${address}`;

function hashOf(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}
