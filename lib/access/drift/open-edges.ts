import type { AccessEdge } from '../graph/edge';
import type { AccessNode } from '../graph/node';
import { fitsOpen, isOpen } from './open-text';

type Nodes = ReadonlyMap<string, AccessNode>;

/** Whether a part of an edge is known only after apply: an end, a role, a condition. */
export function isOpenEdge(edge: AccessEdge, nodes: Nodes): boolean {
  const { from, to, role = '', permissions, conditions = [], principals = [], resources = [] } = edge;
  const isPending = [from, to].some((id) => nodes.get(id)?.pending === true);
  return (
    isPending || [from, to, role, ...permissions, ...conditions, ...principals, ...resources].some(isOpen)
  );
}

/** Edges of the manifest with a part that is known only after apply, and access of the clouds that can be theirs. */
export class OpenEdges {
  private readonly claims: readonly { readonly edge: AccessEdge; readonly claimed: AccessEdge[] }[];

  constructor(
    /** The edges of the manifest. */
    public readonly edges: readonly AccessEdge[],
    private readonly nodes: Nodes,
  ) {
    this.claims = edges.map((edge) => ({ edge, claimed: [] }));
  }

  /** Records access of a cloud for the edge that it can be, and returns whether there is one. */
  public claim(live: AccessEdge): boolean {
    const fitting = this.claims.filter(({ edge }) => this.fits(edge, live));
    const found = fitting.find(({ claimed }) => claimed.length === 0) ?? fitting[0];
    found?.claimed.push(live);
    return found !== undefined;
  }

  /** Access of the clouds that is more than one for one edge. Only one of them is the edge, and none is known to be it. */
  public get ambiguous(): readonly AccessEdge[] {
    return this.claims.flatMap(({ claimed }) => (claimed.length > 1 ? claimed : []));
  }

  private fits(open: AccessEdge, live: AccessEdge): boolean {
    return (
      open.kind === live.kind &&
      open.effect === live.effect &&
      fitsOpen(open.role ?? '', live.role ?? '') &&
      this.isEnd(open.from, live.from) &&
      this.isEnd(open.to, live.to) &&
      (live.permissions.length === 0 || fitsAll(open.permissions, live.permissions)) &&
      fitsAll(open.conditions ?? [], live.conditions ?? []) &&
      fitsSome(open.principals, live.principals) &&
      fitsSome(open.resources, live.resources)
    );
  }

  /** Whether a node of a cloud can be a node of the manifest. A node without a name can be any of its cloud. */
  private isEnd(open: string, live: string): boolean {
    if (open === live) return true;
    const [wanted, found] = [this.nodes.get(open), this.nodes.get(live)];
    if (wanted === undefined || found === undefined) return false;
    if (wanted.pending) return wanted.kind.split('.')[0] === found.kind.split('.')[0];
    return wanted.names.some((name) => isOpen(name) && found.names.some((each) => fitsOpen(name, each)));
  }
}

function fitsAll(open: readonly string[], texts: readonly string[]): boolean {
  return open.length === texts.length && open.every((each, index) => fitsOpen(each, texts[index] ?? ''));
}

function fitsSome(open: readonly string[] | undefined, texts: readonly string[] | undefined): boolean {
  if (open === undefined || texts === undefined) return true;
  return texts.every((text) => open.some((each) => each.startsWith('arn:*:') || fitsOpen(each, text)));
}
