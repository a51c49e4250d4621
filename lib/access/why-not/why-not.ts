import type { Model } from '../../model/model';
import { readAccess } from '../access-graph';
import { policyStatements, type HeldStatement } from '../edges/aws-policies';
import { kubernetesObjects, type KubernetesObjects } from '../edges/kubernetes-rbac';
import type { AccessGraph } from '../graph/graph';
import type { AccessNode } from '../graph/node';
import { covers, hasPermission } from '../questions/match';
import { nodesNamed } from '../questions/find-node';
import { narrowed, type NarrowedGraph } from '../organization/narrow';
import type { OrganizationPolicy } from '../organization/organization-policy';
import { Reach } from '../questions/reach';
import { executionRoleLinks } from './aws-execution-roles';
import { needsOf, policyLinks } from './aws-policy-links';
import { trustLinks, trustReader } from './aws-trust';
import type { GraphContext, LinkContext } from './context';
import { Dependencies } from './dependencies';
import { edgeRejections, type CheckInput } from './edge-checks';
import { googleLinks } from './google-links';
import { googleStatements, type GoogleStatement } from './google-statements';
import type { Goal, Link, Rejection } from './link';
import { rbacLinks } from './rbac-links';
import { cheapestPath } from './search';

/** Question why an identity does not have a permission. */
export interface WhyNotQuestion {
  /** Name of the identity. */
  readonly identity: string;
  /** AWS action, Google permission or role, or `VERB GROUP/RESOURCE` of Kubernetes. */
  readonly permission: string;
  /** Name of the resource. */
  readonly resource: string;
  /**
   * Time of the request, for conditions with an end.
   * @default - now
   */
  readonly now?: Date;
}

/** One link of the chain from the identity to the permission. */
export interface WhyNotLink {
  /** Identity at the beginning of the link. */
  readonly from: AccessNode;
  /** Identity or resource at the end of the link. */
  readonly to: AccessNode;
  /** Causes why the link does not hold; empty if it does. */
  readonly rejections: readonly Rejection[];
}

/** Answer to the question why an identity does not have a permission. */
export interface WhyNotAnswer {
  /**
   * - `allowed`: the identity has the permission.
   * - `rejected`: the first rejection of the links is the cause.
   * - `unrelated`: no chain of links is near.
   */
  readonly result: 'allowed' | 'rejected' | 'unrelated';
  /** Chain that needs the smallest changes; empty if the identity and the resource are unrelated. */
  readonly links: readonly WhyNotLink[];
  /** Rejections of all links in order. All of them must be mended. */
  readonly rejections: readonly Rejection[];
}

/**
 * Explains why an identity does not have a permission on a resource: the first link of the chain that rejects it, and
 * the smallest change that allows it.
 * @throws QuestionError for an unknown identity or resource
 */
export function whyNot(model: Model, question: WhyNotQuestion): WhyNotAnswer {
  return whyNotIn(model)(question);
}

/**
 * Reads a model once for many questions.
 * @param organization policies that only the cloud has and that limit the access
 */
export function whyNotIn(
  model: Model,
  organization: readonly OrganizationPolicy[] = [],
): (question: WhyNotQuestion) => WhyNotAnswer {
  const read = readAccess(model);
  const built = read.graph.build();
  const resources = model.stacks.flatMap((stack) => stack.resources.filter(({ mode }) => mode === 'managed'));
  const graph: GraphContext = {
    ...read,
    built,
    reach: new Reach(built),
    resources,
    trust: trustReader(read),
  };
  const stated: Stated = {
    objects: kubernetesObjects(graph),
    statements: googleStatements(graph),
    policies: byHolder(resources.flatMap((each) => policyStatements(each, graph))),
    dependencies: new Dependencies(graph),
    narrowed: narrowed(built, organization),
  };
  return (question) => answer(question, graph, stated);
}

function answer(question: WhyNotQuestion, graph: GraphContext, stated: Stated): WhyNotAnswer {
  const { permission, resource, now = new Date() } = question;
  const targets = nodesNamed(graph.built, resource, 'resource').map(({ id }) => id);
  const goal: Goal = { permission, targets };
  const context: LinkContext = { ...graph, goal, now };
  const { reach } = context;
  const starts = nodesNamed(context.built, question.identity, 'identity').map(({ id }) => id);
  const path = cheapestPath(starts, linksOf(context, stated));
  if (path === undefined) return { result: 'unrelated', links: [], rejections: [] };
  const [target = ''] = goal.targets;
  const links = path.map(({ from, to, rejections }) => ({
    from: reach.node(from),
    to: reach.node(to ?? target),
    rejections,
  }));
  const rejections = links.flatMap((link) => link.rejections);
  return { result: rejections.length === 0 ? 'allowed' : 'rejected', links, rejections };
}

/** Everything that the resources state, as the finders of links read it. */
interface Stated {
  readonly objects: KubernetesObjects;
  readonly statements: readonly GoogleStatement[];
  readonly policies: ReadonlyMap<string, readonly HeldStatement[]>;
  readonly dependencies: Dependencies;
  readonly narrowed: NarrowedGraph<AccessGraph>;
}

function byHolder(statements: readonly HeldStatement[]): ReadonlyMap<string, readonly HeldStatement[]> {
  const found = new Map<string, HeldStatement[]>();
  for (const each of statements) {
    const known = found.get(each.holder);
    if (known) known.push(each);
    else found.set(each.holder, [each]);
  }
  return found;
}

/** All links from a node: the edges of the graph, and what resources almost state. */
function linksOf(context: LinkContext, { policies, ...stated }: Stated): (node: string) => readonly Link[] {
  const { reach } = context;
  const { objects, statements } = stated;
  const input: CheckInput = { context, ...stated };
  const needs = needsOf(context);
  return (id) => {
    const node = reach.node(id);
    const near = [
      ...trustLinks(node, context),
      ...executionRoleLinks(node, context),
      ...policyLinks(node, policies, needs, context),
      ...googleLinks(node, statements, context),
      ...rbacLinks(node, objects, context),
    ];
    // What a resource states completely is an edge, which has more checks.
    return [...edgeLinks(id, input), ...near.filter(({ rejections }) => rejections.length > 0)];
  };
}

/** Links by the edges of the graph from a node. */
function edgeLinks(id: string, input: CheckInput): readonly Link[] {
  const { reach, goal } = input.context;
  return reach
    .from(id)
    .filter(({ effect }) => effect === 'allow')
    .flatMap((edge): readonly Link[] => {
      if (edge.kind !== 'grants') {
        return [{ from: id, to: edge.to, edge, rejections: edgeRejections(edge, input) }];
      }
      const isGoal =
        hasPermission(edge, goal.permission) !== 'no' &&
        goal.targets.some((target) => covers(reach.node(edge.to), reach.node(target)) !== 'no');
      return isGoal ? [{ from: id, to: undefined, edge, rejections: edgeRejections(edge, input) }] : [];
    });
}
