import { arnOf } from '../edges/aws-names';
import { patternOf } from '../permissions/aws-pattern';
import { resourceNames } from '../edges/resource-names';
import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import { hasPermission } from '../questions/match';
import { passesOn, Reach, type AccessPath } from '../questions/reach';
import type { LoggedAccess } from './logged-access';

/** A path that explains a call. */
export interface Explanation {
  /** Edges from the origin of the call to the resource. */
  readonly path: AccessPath;
  /** All edges of paths that explain the call: a session of a role needs a grant and a trust. */
  readonly used: ReadonlySet<AccessEdge>;
}

/** Finds the path of a graph that explains a call of a log. */
export class Explainer {
  private readonly reach: Reach;
  private readonly ids: ReadonlySet<string>;
  private readonly members = new Map<string, readonly AccessPath[]>();

  constructor(graph: AccessGraph) {
    this.reach = new Reach(graph);
    this.ids = new Set(graph.nodes.map(({ id }) => id));
  }

  /** Node of the caller that the graph has; the first name if it has none. */
  public identityOf({ callers }: LoggedAccess): string {
    const [origin = []] = callers;
    return origin.find((id) => this.ids.has(id)) ?? origin[0] ?? 'unknown caller';
  }

  /** The shortest path; of two, the certain one, and then the first by its edges. `undefined` if no path explains it. */
  public explain(access: LoggedAccess): Explanation | undefined {
    const starts = this.starts(access.callers);
    const found = starts
      .flatMap((start) => this.from(start, access))
      .filter((path) => path.every((edge) => isOfPool(edge, access)));
    const [first] = found.sort(byLength);
    return first === undefined ? undefined : { path: first, used: new Set(found.flat()) };
  }

  /** Paths from the origin to the account that makes the call, through each identity that the log names. */
  private starts(callers: LoggedAccess['callers']): readonly Start[] {
    const [origin = [], ...rest] = callers;
    let starts: readonly Start[] = origin
      .filter((id) => this.ids.has(id))
      .map((id) => ({ at: id, path: [] }));
    for (const next of rest) {
      starts = starts.flatMap(({ at, path }) => {
        const reached = this.reach.identitiesOf([at]);
        return next.flatMap((id) => {
          const more = reached.get(id);
          return more === undefined ? [] : [{ at: id, path: [...path, ...more] }];
        });
      });
    }
    return starts;
  }

  /** Paths with a grant that has the permission, of the identity or of a set of identities that it is in. */
  private from({ at, path }: Start, access: LoggedAccess): readonly AccessPath[] {
    return this.membershipsOf(at).flatMap((member) => {
      const holder = member.at(-1)?.to ?? at;
      return this.reach
        .from(holder)
        .filter((edge) => allows(edge, access))
        .map((edge) => [...path, ...member, edge]);
    });
  }

  private membershipsOf(id: string): readonly AccessPath[] {
    const known = this.members.get(id);
    if (known) return known;
    const found = new Map<string, AccessPath>([[id, []]]);
    for (const [at, path] of found) {
      for (const edge of this.reach.from(at)) {
        const isMember = passesOn(edge) && (edge.kind === 'is' || edge.to.startsWith('google.member/'));
        if (isMember && !found.has(edge.to)) found.set(edge.to, [...path, edge]);
      }
    }
    const paths = [...found.values()];
    this.members.set(id, paths);
    return paths;
  }
}

/** Whether an edge of a pod is for the pool of the pod that makes the call. */
function isOfPool({ from, principals }: AccessEdge, { pool }: LoggedAccess): boolean {
  if (pool === undefined || principals === undefined || !from.startsWith('kubernetes.')) return true;
  return principals.some((name) => name.includes(`:${pool}[`) || name.includes(`/${pool}/`));
}

interface Start {
  readonly at: string;
  readonly path: AccessPath;
}

function byLength(a: AccessPath, b: AccessPath): number {
  const doubts = (path: AccessPath) =>
    path.filter(({ possible, permissions }) => possible ?? permissions.length === 0);
  return a.length - b.length || doubts(a).length - doubts(b).length || (idsOf(a) < idsOf(b) ? -1 : 1);
}

const idsOf = (path: AccessPath) => path.map(({ id }) => id).join(' ');

/** Permissions that are the exchange of a token. The edge to the provider or to the account has none. */
const EXCHANGES = ['sts.identity.exchange'];

/** Whether an edge allows a call. */
export function allows(edge: AccessEdge, access: LoggedAccess): boolean {
  if (edge.effect !== 'allow') return false;
  if (edge.kind === 'federates') return EXCHANGES.includes(access.permission) && isProviderOf(edge, access);
  if ((edge.kind !== 'grants' && edge.kind !== 'assumes') || !isOn(edge, access)) return false;
  // The permissions of a policy of AWS are known to AWS alone.
  if (edge.to.startsWith('aws.') && edge.role !== undefined) return true;
  return hasPermission(edge, access.permission) !== 'no';
}

/** Whether the provider of a token exchange accepts the identity of an edge, or maps it to the member of the edge. */
function isProviderOf({ to }: AccessEdge, { targets }: LoggedAccess): boolean {
  const pools = targets.flatMap((target) => /^google\.provider\/(.+)\/[^/]+$/.exec(target)?.[1] ?? []);
  return targets.includes(to) || pools.some((pool) => to.includes(`/workloadIdentityPools/${pool}/`));
}

/** Whether the resource of an edge is the resource of a call or contains it. */
function isOn(edge: AccessEdge, { targets, resource, project }: LoggedAccess): boolean {
  const { to, resources } = edge;
  if (!to.startsWith('aws.')) {
    const isAbove = /^google\.resource\/(?:folder|organization):/.test(to);
    return (targets.includes(to) || (isAbove && project !== undefined)) && isInProject(resources, project);
  }
  if (to === 'aws.resource/*' || resource === '') return true;
  // Targets are the ids of nodes and the ARNs.
  const patterns = resourceNames(edge).map((name) => patternOf(name.replace(/(?<!\$)\$\{[^}]*\}/g, '*')));
  return targets.some((target) =>
    arnOf(target) === undefined ? target === to : patterns.some((pattern) => pattern.test(target)),
  );
}

function isInProject(names: readonly string[] | undefined, project: string | undefined): boolean {
  if (names === undefined || project === undefined || !names.some((name) => name.startsWith('projects/')))
    return true;
  return names.some((name) => name.startsWith(`projects/${project}/`));
}
