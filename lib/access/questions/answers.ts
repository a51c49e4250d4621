import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import type { AccessNode } from '../graph/node';
import { nodesNamed } from './find-node';
import { covers, hasPermission, weaker, type Match } from './match';
import { Reach, type AccessPath } from './reach';

/** One way in which an identity has access. */
export interface AccessAnswer {
  /** The identity. */
  readonly identity: AccessNode;
  /** The resource. */
  readonly resource: AccessNode;
  /** Edges from the identity to the resource; the last one has the permission. */
  readonly path: AccessPath;
  /** Whether all edges are certain. Conditions and values that are known after apply make access possible. */
  readonly certainty: 'yes' | 'possible';
}

/** Answers of a graph to the questions who, what and why. */
export class AccessQuestions {
  private readonly reach: Reach;

  constructor(graph: AccessGraph) {
    this.reach = new Reach(graph);
  }

  /** Node of an id. */
  public node(id: string): AccessNode {
    return this.reach.node(id);
  }

  /** Identities that have a permission on a resource, directly or through other identities. */
  public whoCan(permission: string, resource: string): readonly AccessAnswer[] {
    const targets = nodesNamed(this.reach.graph, resource, 'resource');
    const matchOf = (edge: AccessEdge, target: AccessNode) =>
      weaker(hasPermission(edge, permission), this.coverage(edge, target));
    return this.grants(matchOf, targets).flatMap(({ edge, match, target }) =>
      [...this.reach.holdersOf([edge.from])].map(([id, path]) =>
        this.answer(id, [...path, edge], match, target),
      ),
    );
  }

  /** Everything that an identity can use, directly or through other identities. */
  public whatCan(identity: string): readonly AccessAnswer[] {
    // The search of a name visits all nodes; an id needs no search.
    const starts =
      this.reach.tryNode(identity) === undefined
        ? nodesNamed(this.reach.graph, identity, 'identity').map(({ id }) => id)
        : [identity];
    return [...this.reach.identitiesOf(starts)].flatMap(([id, path]) =>
      this.reach
        .from(id)
        .filter(({ kind, effect }) => kind === 'grants' && effect === 'allow')
        .filter((edge) => !this.isDenied(edge))
        .map((edge) =>
          this.answer(
            path[0]?.from ?? id,
            [...path, edge],
            edge.possible ? 'possible' : 'yes',
            this.reach.node(edge.to),
          ),
        ),
    );
  }

  /** Ways in which an identity has access to a resource, or can become it. */
  public why(identity: string, resource: string): readonly AccessAnswer[] {
    const starts = nodesNamed(this.reach.graph, identity, 'identity').map(({ id }) => id);
    const targets = nodesNamed(this.reach.graph, resource, 'resource');
    const reached = this.reach.identitiesOf(starts);
    // Without a permission, only access that is surely to the resource is an answer.
    const matchOf = (edge: AccessEdge, target: AccessNode) =>
      this.coverage(edge, target) === 'yes' ? (edge.possible ? 'possible' : 'yes') : 'no';
    const grants = this.grants(matchOf, targets).flatMap(({ edge, match, target }) => {
      const path = reached.get(edge.from);
      return path === undefined
        ? []
        : [this.answer(path[0]?.from ?? edge.from, [...path, edge], match, target)];
    });
    const becomes = targets.flatMap((target) => {
      const path = reached.get(target.id) ?? [];
      return path[0] === undefined ? [] : [this.answer(path[0].from, path, 'yes', target)];
    });
    return [...becomes, ...grants];
  }

  /** Whether an identity has a permission on a resource; unknown values count as possible. */
  public can(identity: string, permission: string, resource: string): readonly AccessAnswer[] {
    const ids = new Set(nodesNamed(this.reach.graph, identity, 'identity').map(({ id }) => id));
    return this.whoCan(permission, resource).filter((answer) => ids.has(answer.identity.id));
  }

  private grants(
    matchOf: (edge: AccessEdge, target: AccessNode) => Match,
    targets: readonly AccessNode[],
  ): readonly { edge: AccessEdge; match: Exclude<Match, 'no'>; target: AccessNode }[] {
    return this.reach.graph.edges.flatMap((edge) => {
      if (edge.kind !== 'grants' || edge.effect !== 'allow') return [];
      const matches = targets.flatMap((target) => {
        const match = matchOf(edge, target);
        return match === 'no' ? [] : [{ edge, match, target }];
      });
      const best = matches.find(({ match }) => match === 'yes') ?? matches[0];
      return best === undefined || this.isDenied(edge) ? [] : [best];
    });
  }

  /** Whether the resource of an edge is the target or contains it. */
  private coverage({ to }: AccessEdge, target: AccessNode): Match {
    return covers(this.reach.node(to), target);
  }

  /** Whether an unconditional denial of the same identity has every permission of the edge. */
  private isDenied(edge: AccessEdge): boolean {
    const resource = this.reach.node(edge.to);
    return this.reach
      .from(edge.from)
      .some(
        (each) =>
          each.effect === 'deny' &&
          each.conditions === undefined &&
          each.possible !== true &&
          this.coverage(each, resource) === 'yes' &&
          edge.permissions.length > 0 &&
          edge.permissions.every((permission) => hasPermission(each, permission) === 'yes'),
      );
  }

  private answer(
    id: string,
    path: AccessPath,
    match: Exclude<Match, 'no'>,
    resource: AccessNode,
  ): AccessAnswer {
    const isSure = match === 'yes' && path.every(({ possible }) => possible !== true);
    return { identity: this.reach.node(id), resource, path, certainty: isSure ? 'yes' : 'possible' };
  }
}
