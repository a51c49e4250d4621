import { arnOf } from '../edges/aws-names';
import { isPattern } from '../permissions/aws-pattern';
import type { AccessEdge } from '../graph/edge';
import { resourceNames } from '../edges/resource-names';

const CLUSTER = 'kubernetes.resource/cluster';
const ANY_PRINCIPAL = 'aws.principal/*';

/** The edges of one side of a comparison, by their ends. */
export class Side {
  private readonly byEnds = new Map<string, AccessEdge[]>();
  private readonly wide = new Map<string, AccessEdge[]>();
  private readonly denials = new Map<string, AccessEdge[]>();
  private readonly same = new Set<string>();

  constructor(
    /** The edges. */
    public readonly edges: readonly AccessEdge[],
  ) {
    for (const edge of edges) {
      this.same.add(textOf(edge));
      if (edge.effect === 'deny') {
        pushed(this.denials, denialKey(edge), edge);
        continue;
      }
      pushed(this.byEnds, endsOf(edge), edge);
      if (isWide(edge)) pushed(this.wide, edge.from, edge);
    }
  }

  /**
   * Whether the side has an edge of the same text. An ARN of any account has none: the manifest writes a reference to a
   * resource of one account in this form.
   */
  public hasSame(edge: AccessEdge): boolean {
    return edge.resources?.some((name) => name.startsWith('arn:*:')) !== true && this.same.has(textOf(edge));
  }

  /** Edges between the ends of an edge. */
  public between(edge: AccessEdge): readonly AccessEdge[] {
    return this.byEnds.get(endsOf(edge)) ?? [];
  }

  /** Edges that can have the access of an edge, also those of a resource that contains its resource. */
  public including(edge: AccessEdge): readonly AccessEdge[] {
    const also: readonly AccessEdge[] = [
      ...(edge.to.startsWith('kubernetes.namespace/') ? this.between({ ...edge, to: CLUSTER }) : []),
      ...(edge.to.startsWith('aws.') && edge.kind === 'grants' ? (this.wide.get(edge.from) ?? []) : []),
      ...(edge.kind === 'assumes' && edge.to.startsWith('aws.')
        ? this.between({ ...edge, from: ANY_PRINCIPAL })
        : []),
    ];
    return [...new Set([...this.between(edge), ...also])];
  }

  /** Denials that can apply to the access of an edge. */
  public denied(edge: AccessEdge): readonly AccessEdge[] {
    return this.denials.get(denialKey(edge)) ?? [];
  }
}

const endsOf = ({ kind, from, to }: AccessEdge) => JSON.stringify([kind, from, to]);

/** A denial of a trust is for one role, and a denial of a policy for each resource. */
const denialKey = ({ kind, from, to }: AccessEdge) =>
  JSON.stringify(kind === 'assumes' ? [kind, from, to] : [kind, from]);

/** Statement of the policies of an edge. */
function textOf({
  kind,
  from,
  to,
  effect,
  role,
  permissions,
  conditions,
  principals,
  resources,
}: AccessEdge) {
  return JSON.stringify([kind, from, to, effect, role, permissions, conditions, principals, resources]);
}

/** Whether an edge of AWS is on more than the one resource at its end. */
function isWide(edge: AccessEdge): boolean {
  if (!edge.to.startsWith('aws.') || edge.kind !== 'grants') return false;
  return resourceNames(edge).some((name) => isPattern(arnOf(name)?.resource ?? name));
}

function pushed(map: Map<string, AccessEdge[]>, key: string, edge: AccessEdge): void {
  const known = map.get(key);
  if (known) known.push(edge);
  else map.set(key, [edge]);
}
