import type { ModelResource } from '../../model/model';
import { patternOf } from '../permissions/aws-pattern';
import { STARTS, type HeldStatement } from '../edges/aws-policies';
import { allTexts, elements } from '../edges/reader';
import type { AccessNode } from '../graph/node';
import { covers, hasPermission } from '../questions/match';
import { at, type LinkContext } from './context';
import type { Link, Rejection } from './link';

/** An action on a resource of AWS that an identity needs for the next link. */
export interface Need {
  readonly action: string;
  readonly target: AccessNode;
  /** Id of the next node; `undefined` for the permission of the question. */
  readonly to: string | undefined;
  /** Whether edges lead from the target to the goal. */
  readonly leadsToGoal: boolean;
}

/** Links of an identity of AWS by policies that almost allow to start a workload, or to use the resource. */
export function policyLinks(
  node: AccessNode,
  statements: ReadonlyMap<string, readonly HeldStatement[]>,
  needs: readonly Need[],
  context: LinkContext,
): readonly Link[] {
  if (!['aws.role', 'aws.user', 'aws.group'].includes(node.kind)) return [];
  return needs.flatMap((need) => {
    const near = (statements.get(node.id) ?? []).flatMap((held) => {
      const rejections = rejectionsOf(held, need, context);
      return rejections === undefined ? [] : [{ from: node.id, to: need.to, rejections }];
    });
    if (!need.leadsToGoal) return near;
    return [...near, { from: node.id, to: need.to, rejections: noStatement(node, need) }];
  });
}

/** No statement of the identity is about the action or the resource. */
function noStatement(node: AccessNode, { action, target }: Need): readonly Rejection[] {
  const { source } = node;
  if (source === undefined) return [unstated(node, action, target)];
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: arnOf(target) }],
  };
  const [, argument = 'role'] = node.kind.split('.');
  const values = { [argument]: `\${${source.address}.name}`, policy: JSON.stringify(document) };
  return [
    {
      ...unstated(node, action, target),
      change: { kind: 'add', stack: source.stack, type: `aws_iam_${argument}_policy`, values },
    },
  ];
}

const unstated = (node: AccessNode, action: string, target: AccessNode): Rejection => ({
  stage: 'policy',
  cause: `No policy of ${node.label} allows ${action} on ${target.label}.`,
  stack: node.source?.stack ?? '',
  address: node.source?.address ?? node.label,
  cost: 4,
});

/** ARN of a node: a reference if a stack declares it, else the ARN in a policy. */
function arnOf({ source, names, label }: AccessNode): string {
  return source ? `\${${source.address}.arn}` : (names.find((name) => name.startsWith('arn:')) ?? label);
}

/** Actions that start a workload or that the question asks for. */
export function needsOf({ built, goal, reach }: LinkContext): readonly Need[] {
  const holders = built.edges.filter(
    (edge) =>
      edge.kind === 'grants' &&
      edge.effect === 'allow' &&
      hasPermission(edge, goal.permission) !== 'no' &&
      goal.targets.some((id) => covers(reach.node(edge.to), reach.node(id)) !== 'no'),
  );
  const leading = new Set(reach.holdersOf(holders.map(({ from }) => from)).keys());
  const starts = built.nodes.flatMap((target) =>
    target.source === undefined
      ? []
      : (STARTS[target.kind] ?? [])
          .slice(0, 1)
          .map((action) => ({ action, target, to: target.id, leadsToGoal: leading.has(target.id) })),
  );
  const uses = goal.targets
    .map((id) => reach.node(id))
    .filter(({ kind }) => kind.startsWith('aws.'))
    .map((target) => ({ action: goal.permission, target, to: undefined, leadsToGoal: true }));
  return [...starts, ...uses];
}

/** Rejections of one statement; `undefined` if it is about something else. */
function rejectionsOf(
  { statement, policy, path }: HeldStatement,
  { action, target }: Need,
  context: LinkContext,
): readonly Rejection[] | undefined {
  if (statement.effect !== 'allow' || statement.inverted.length > 0) return undefined;
  const hasAction = statement.actions.some((each) => patternOf(each, 'i').test(action));
  const named = statement.resources.map((each) => resourceNode(policy, each, context));
  const hasTarget = named.some((each) => each !== undefined && covers(each, target) !== 'no');
  if (hasAction === hasTarget) return undefined;
  const documentPath = `${path}.${statement.path}`;
  if (!hasAction) {
    // A statement about every resource is not meant for this one.
    if (named.some((each) => each?.names.includes('*'))) return undefined;
    return [
      {
        stage: 'policy',
        cause: `${documentPath} of ${policy.address} allows ${statement.actions.join(', ')}, and not ${action}.`,
        ...at(policy),
        change: {
          kind: 'set',
          ...at(policy),
          path: `${documentPath}.Action`,
          value: [...statement.actions, action],
        },
        cost: 1,
      },
    ];
  }
  const texts = statement.resources.flatMap((each) => allTexts(elements(each)));
  const unused = named.findIndex((each) => each !== undefined && isOfKind(each, target));
  const arn = arnOf(target);
  return [
    {
      stage: 'policy',
      cause: `${documentPath} of ${policy.address} allows ${action} on other resources than ${target.label}.`,
      ...at(policy),
      change: {
        kind: 'set',
        ...at(policy),
        path: `${documentPath}.Resource`,
        value: unused < 0 ? [...texts, arn] : texts.map((each, index) => (index === unused ? arn : each)),
      },
      cost: unused < 0 ? 2 : 1,
    },
  ];
}

/** Whether a name in a policy, whose resource no stack declares, is of the kind of the target. */
function isOfKind(named: AccessNode, target: AccessNode): boolean {
  return named.kind === target.kind && named.source === undefined;
}

function resourceNode(
  { stack }: ModelResource,
  value: HeldStatement['statement']['resources'][number],
  { directory, reach }: LinkContext,
): AccessNode | undefined {
  const id = value === '*' ? 'aws.resource/*' : directory.awsNode(stack, value);
  return id === undefined ? undefined : reach.tryNode(id);
}
