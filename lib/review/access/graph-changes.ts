import { decide } from '../../access/decide/decide';
import { edgeSentence } from '../../access/formats/sentence';
import type { GoogleRequest } from '../../access/decide/google/policy/request';
import type { Relation } from '../../access/decide/relation';
import type { AccessEdge } from '../../access/graph/edge';
import type { AccessGraph } from '../../access/graph/graph';
import type { AccessNode } from '../../access/graph/node';
import { permits } from '../../access/questions/match';
import type { Model, ModelResource } from '../../model/model';
import type { Sides } from '../sides';
import type { AccessChange } from '../review';
import type { Reached } from './reach';
import { roleRelation } from './role-relation';
import { changeOf, type Side } from './verdict';

/** Access graphs of the two sides. */
export interface SideGraphs {
  readonly before: AccessGraph;
  readonly after: AccessGraph;
}

/**
 * Changes of grants of Google Cloud, of Kubernetes RBAC, of federation, and of what runs under which identity.
 * @param decided resources whose policies are compared exactly
 */
export function graphChanges(
  { before, after }: Sides,
  graphs: SideGraphs,
  decided: ReadonlySet<ModelResource>,
  reached: Reached,
): readonly AccessChange[] {
  const old = groupsOf(before, graphs.before, decided);
  const now = groupsOf(after, graphs.after, decided);
  const keys = [...new Set([...old.groups.keys(), ...now.groups.keys()])].sort();
  return keys.flatMap((key) => {
    const [left, right] = [old.groups.get(key) ?? [], now.groups.get(key) ?? []];
    const added = beyond(right, left, now.nodes, 'now');
    const removed = beyond(left, right, old.nodes, 'no longer');
    const [edge] = [...right, ...left];
    if (edge === undefined) return [];
    // A denial that ends gives access.
    const [gained, lost] = edge.effect === 'deny' ? [removed, added] : [added, removed];
    const nodes = right.length > 0 ? now.nodes : old.nodes;
    const changed = [...right, ...left].filter(
      (each) => !(left.some(({ id }) => id === each.id) && right.some(({ id }) => id === each.id)),
    );
    return (
      changeOf({
        subject: nodeOf(nodes, edge.from).label,
        gained,
        lost,
        resources: changed
          .flatMap(({ sources }) => sources)
          .flatMap(
            ({ stack, address }) =>
              now.resources.get(`${stack} ${address}`) ?? old.resources.get(`${stack} ${address}`) ?? [],
          ),
        reached,
        // An identity that becomes another one gains all that the other one reaches.
        identities: right.length === 0 ? [] : [edge.kind === 'grants' ? edge.from : edge.to],
      }) ?? []
    );
  });
}

interface Groups {
  readonly nodes: ReadonlyMap<string, AccessNode>;
  readonly groups: ReadonlyMap<string, readonly AccessEdge[]>;
  readonly resources: ReadonlyMap<string, ModelResource>;
}

/** Edges by their ends and kind. */
function groupsOf(model: Model, graph: AccessGraph, decided: ReadonlySet<ModelResource>): Groups {
  const resources = new Map(
    model.stacks.flatMap((stack) =>
      stack.resources.map((each) => [`${stack.name} ${each.address}`, each] as const),
    ),
  );
  const groups = new Map<string, AccessEdge[]>();
  for (const edge of graph.edges) {
    const sources = edge.sources.map(({ stack, address }) => resources.get(`${stack} ${address}`));
    if (sources.every((each) => each !== undefined && decided.has(each))) continue;
    const key = [edge.kind, edge.effect, edge.from, edge.to].join(' ');
    const known = groups.get(key);
    if (known) known.push(edge);
    else groups.set(key, [edge]);
  }
  return { nodes: new Map(graph.nodes.map((node) => [node.id, node])), groups, resources };
}

/** Access of edges that other edges between the same nodes do not have. */
function beyond(
  edges: readonly AccessEdge[],
  others: readonly AccessEdge[],
  nodes: ReadonlyMap<string, AccessNode>,
  time: 'no longer' | 'now',
): Side {
  const certain: string[] = [];
  const unknown: string[] = [];
  for (const edge of edges) {
    const answers = others.map((other) => isWithin(edge, other));
    // Most edges do not change, and the decision about roles takes the most time.
    if (answers.includes('yes')) continue;
    const role = roleRelation(edge, others);
    if (role?.relation === 'within') continue;
    const sentence = changeSentence(edge, others, nodes, time) + exampleText(role, edge, others);
    (answers.includes('unknown') || edge.possible === true ? unknown : certain).push(sentence);
  }
  return { certain, unknown };
}

/** Example of what a role grants beyond other roles. A role for which no other one is held needs none. */
function exampleText(role: Relation | undefined, edge: AccessEdge, others: readonly AccessEdge[]): string {
  if (role?.relation !== 'broader' || !others.some((each) => each.role !== edge.role)) return '';
  const { permission } = role.witness as GoogleRequest;
  return permission === undefined ? '' : ` For example ${permission}.`;
}

/** The part of an edge that the others lack. The same access under other conditions is a change of the conditions. */
function changeSentence(
  edge: AccessEdge,
  others: readonly AccessEdge[],
  nodes: ReadonlyMap<string, AccessNode>,
  time: 'no longer' | 'now',
): string {
  const [from, to] = [nodeOf(nodes, edge.from), nodeOf(nodes, edge.to)];
  const rest = edge.permissions.filter(
    (permission) =>
      !others.some(
        (other) => other.role === edge.role && other.permissions.some((each) => permits(each, permission)),
      ),
  );
  const isPart = rest.length > 0 && rest.length < edge.permissions.length;
  const text = edgeSentence(isPart ? { ...edge, permissions: rest } : edge, from, to);
  const twin = rest.length > 0 ? undefined : others.find((other) => hasAll(edge, other));
  if (twin === undefined) return `${time}: ${text}${conditionText(edge)}`;
  const [before, after] = time === 'now' ? [twin, edge] : [edge, twin];
  return `${time === 'now' ? 'wider' : 'narrower'}: ${text} Before: ${conditionsOf(before)}. After: ${conditionsOf(after)}.`;
}

const conditionsOf = ({ conditions = [] }: AccessEdge) =>
  conditions.length === 0 ? 'always' : `only if ${conditions.join(' and ')}`;

const conditionText = ({ conditions = [] }: AccessEdge) =>
  conditions.length === 0 ? '' : ` Only if ${conditions.join(' and ')}.`;

/** Whether an edge has the role or the permissions of another one. The conditions do not matter. */
function hasAll(edge: AccessEdge, other: AccessEdge): boolean {
  if (edge.permissions.length === 0) return edge.role === other.role;
  return edge.permissions.every((permission) => other.permissions.some((each) => permits(each, permission)));
}

/** Whether one edge allows nothing that the other one does not allow. */
function isWithin(edge: AccessEdge, other: AccessEdge): 'no' | 'unknown' | 'yes' {
  if (edge.id === other.id) return 'yes';
  if (!hasAll(edge, other)) return 'no';
  return conditionsWithin(edge.conditions ?? [], other.conditions ?? []);
}

function conditionsWithin(
  conditions: readonly string[],
  others: readonly string[],
): 'no' | 'unknown' | 'yes' {
  if (others.length === 0 || JSON.stringify(conditions) === JSON.stringify(others)) return 'yes';
  const [condition, other] = [conditions, others].map((each) => each.map((text) => `(${text})`).join(' && '));
  const { relation } = decide('gcp-condition', condition || 'true', other);
  return relation === 'within' ? 'yes' : relation === 'broader' ? 'no' : 'unknown';
}

function nodeOf(nodes: ReadonlyMap<string, AccessNode>, id: string): AccessNode {
  const found = nodes.get(id);
  if (found === undefined) throw new Error(`The graph has no node "${id}".`);
  return found;
}
