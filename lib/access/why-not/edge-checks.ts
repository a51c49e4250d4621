import type { KubernetesObjects } from '../edges/kubernetes-rbac';
import type { AccessEdge } from '../graph/edge';
import type { AccessGraph } from '../graph/graph';
import type { NarrowedGraph } from '../organization/narrow';
import { covers, hasPermission } from '../questions/match';
import { memberOfPool } from '../edges/pool-member';
import { admissionRejections } from './admission';
import { executionRejections } from './aws-execution-roles';
import { callerOf, trustRejections } from './aws-trust';
import { at, declarationOf, type LinkContext } from './context';
import type { Dependencies } from './dependencies';
import { federationRejections } from './federation';
import { conditionRejections } from './google-conditions';
import type { GoogleStatement } from './google-statements';
import type { Rejection } from './link';
import { networkRejections } from './network';

/** Input of the checks of edges. */
export interface CheckInput {
  readonly context: LinkContext;
  readonly objects: KubernetesObjects;
  readonly statements: readonly GoogleStatement[];
  readonly dependencies: Dependencies;
  /** The graph without the access that the organization denies. */
  readonly narrowed: NarrowedGraph<AccessGraph>;
}

/** Causes why an edge of the graph does not hold for each request. */
export function edgeRejections(edge: AccessEdge, input: CheckInput): readonly Rejection[] {
  return [
    ...identityRejections(edge, input),
    ...(edge.kind === 'grants' ? denials(edge, input.context) : []),
    ...input.dependencies.rejections(edge),
    ...organizationRejection(edge, input),
  ];
}

/** Rejection by a policy of the organization, which no change of the stacks mends. */
function organizationRejection(edge: AccessEdge, { context, narrowed }: CheckInput): readonly Rejection[] {
  const cause = narrowed.denied.get(edge.id);
  const [source] = edge.sources;
  if (cause === undefined || source === undefined) return [];
  const left = narrowed.graph.edges.find(({ id }) => id === edge.id);
  const isLeft =
    left !== undefined && (edge.kind !== 'grants' || hasPermission(left, context.goal.permission) !== 'no');
  return isLeft ? [] : [{ stage: 'denial', cause, stack: source.stack, address: source.address, cost: 1 }];
}

function identityRejections(edge: AccessEdge, input: CheckInput): readonly Rejection[] {
  const { context, objects, statements } = input;
  const [from, to] = [context.reach.node(edge.from), context.reach.node(edge.to)];
  if (edge.kind === 'runsAs' && from.kind.startsWith('aws.')) {
    return executionRejections(from, edge.to, context);
  }
  if (edge.kind === 'federates' && from.kind === 'aws.role') {
    return statements
      .filter(({ holder }) => holder === edge.to)
      .slice(0, 1)
      .flatMap((statement) => {
        const member = memberOfPool(statement.member);
        return (member && federationRejections(from, member, statement, context)) ?? [];
      });
  }
  if (edge.kind === 'assumes' && to.kind === 'aws.role') {
    const role = declarationOf(to, context);
    const isIdentity = from.kind === 'aws.role' || from.kind === 'aws.user';
    return role === undefined || !isIdentity ? [] : trustRejections(role, callerOf(from, context), context);
  }
  if (edge.kind === 'starts' && to.kind === 'kubernetes.serviceAccount') {
    return admissionRejections(from, to, objects);
  }
  return [
    ...(from.kind === 'kubernetes.serviceAccount' && to.kind.startsWith('google.')
      ? networkRejections(from, objects)
      : []),
    ...statements
      .filter(({ resource, holder }) => holder === edge.from && edge.sources.some(isAt(resource)))
      .flatMap((statement) => conditionRejections(statement, to, context)),
  ];
}

const isAt =
  (resource: { readonly stack: string; readonly address: string }) =>
  ({ stack, address }: { readonly stack: string; readonly address: string }): boolean =>
    stack === resource.stack && address === resource.address;

/** Principals of Google that every identity is. */
const EVERYBODY = /^(?:principalSet:\/\/goog\/public:all|allUsers|allAuthenticatedUsers)$/;

/** Denials of the permission of the question for the identity of a grant. */
function denials(grant: AccessEdge, { built, reach, goal, index }: LinkContext): readonly Rejection[] {
  const from = reach.node(grant.from);
  return built.edges
    .filter(({ effect, kind, possible }) => effect === 'deny' && kind === 'grants' && possible !== true)
    .filter((each) => {
      const denied = reach.node(each.from);
      return denied.id === from.id || denied.names.some((name) => EVERYBODY.test(name));
    })
    .filter((each) => covers(reach.node(each.to), reach.node(grant.to)) !== 'no')
    .filter((each) => isDenied(each, goal.permission))
    .filter(({ conditions = [] }) => !conditions.some((each) => excepts(each, from.names)))
    .flatMap(({ sources }) => sources.slice(0, 1))
    .flatMap((source) => {
      const resource = index.tryFindResource(source.stack, source.address);
      if (resource === undefined) return [];
      return [
        {
          stage: 'denial',
          cause: `${source.path ?? 'A policy'} of ${resource.address} denies ${goal.permission} to ${from.label}.`,
          ...at(resource),
          ...(source.path !== undefined && {
            change: { kind: 'remove', ...at(resource), path: source.path } as const,
          }),
          cost: 1,
        },
      ];
    });
}

/** Whether a denial has the permission, or a permission of the service of the role. */
function isDenied(denial: AccessEdge, permission: string): boolean {
  if (hasPermission(denial, permission) !== 'no') return true;
  const [, service] = /^roles\/([^.]+)\./.exec(permission) ?? [];
  return service !== undefined && denial.permissions.some((each) => each.startsWith(`${service}.`));
}

/** Whether a condition is the list of the exceptions of a denial and has one of the names. */
function excepts(condition: string, names: readonly string[]): boolean {
  return condition.startsWith('except ') && names.some((name) => condition.includes(name));
}
