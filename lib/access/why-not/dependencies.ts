import type { ModelResource } from '../../model/model';
import { referencesIn } from '../../model/values/value';
import { argument, knownText } from '../edges/reader';
import { memberOfPool } from '../edges/pool-member';
import type { AccessEdge } from '../graph/edge';
import { at, declarationOf, type GraphContext } from './context';
import type { Rejection } from './link';

/** Resources that each resource is created after, by stack and address. */
export class Dependencies {
  private readonly before = new Map<string, ReadonlySet<string>>();

  constructor(private readonly context: GraphContext) {}

  /** Rejections of an edge whose resource names another resource of the stack, and can be created before it. */
  public rejections(edge: AccessEdge): readonly Rejection[] {
    return edge.sources.flatMap(({ stack, address }) => {
      const resource = this.context.index.tryFindResource(stack, address);
      if (resource === undefined) return [];
      return this.namedBy(resource, edge)
        .filter((each) => each.stack === stack && each.address !== address)
        .filter((each) => !this.allBefore(resource).has(each.address))
        .map((each) => missing(resource, each));
    });
  }

  /** Resources that must exist when the cloud accepts the grant or the trust. */
  private namedBy(resource: ModelResource, edge: AccessEdge): readonly ModelResource[] {
    const { index, reach } = this.context;
    const from = reach.node(edge.from);
    const to = reach.node(edge.to);
    const isGoogle = resource.type.startsWith('google_');
    const isTrust = resource.type === 'aws_iam_role' && edge.kind === 'assumes';
    // Google does not look up a role of AWS, and AWS no account of Google.
    const nodes = [
      ...(isGoogle ? [from, to].filter(({ kind }) => kind === 'google.serviceAccount') : []),
      ...(isTrust ? [from].filter(({ kind }) => kind === 'aws.role' || kind === 'aws.user') : []),
    ];
    const pools = from.names.flatMap((name) => memberOfPool(name)?.pool ?? []);
    return [
      ...nodes.flatMap((node) => declarationOf(node, { index }) ?? []),
      ...(isGoogle && edge.kind !== 'federates' ? this.poolsNamed(pools) : []),
    ];
  }

  private poolsNamed(ids: readonly string[]): readonly ModelResource[] {
    return this.context.index
      .ofType('google_iam_workload_identity_pool')
      .filter((each) =>
        ids.includes(knownText(argument(each, 'workload_identity_pool_id', this.context)) ?? ''),
      );
  }

  /** Addresses that Terraform creates before a resource: by references and by `depends_on`, also through others. */
  private allBefore(resource: ModelResource): ReadonlySet<string> {
    const key = `${resource.stack} ${resource.address}`;
    const known = this.before.get(key);
    if (known) return known;
    const found = new Set(directly(resource));
    // The set is a queue: an iteration visits addresses that are added during it.
    for (const address of found) {
      const next = this.context.index.tryFindResource(resource.stack, address);
      if (next) directly(next).forEach((each) => found.add(each));
    }
    this.before.set(key, found);
    return found;
  }
}

function directly({ dependsOn, values }: ModelResource): readonly string[] {
  return [...dependsOn, ...referencesIn(values).map(({ address }) => address)];
}

function missing(resource: ModelResource, named: ModelResource): Rejection {
  return {
    stage: 'dependency',
    cause: `${resource.address} names ${named.address} and can be created before it.`,
    ...at(resource),
    change: {
      kind: 'set',
      ...at(resource),
      path: 'depends_on',
      value: [...resource.dependsOn, named.address],
    },
    cost: 1,
  };
}
