import type { ModelResource } from '../../model/model';
import { anyText, argument, type ReadContext } from '../edges/reader';
import { patternOf } from '../permissions/aws-pattern';
import { statementsOf, type AwsStatement } from '../edges/aws-statement';
import { principalNode } from '../edges/aws-trust';
import type { AccessNode } from '../graph/node';
import type { ConfigurationChange } from './change';
import { failedKeys, type FailedKey } from './aws-conditions';
import { at, awsAccountOf, isUsed, type LinkContext } from './context';
import { costOf, type Link, type Rejection } from './link';

const ACTION = 'sts:AssumeRole';
const TRUST = 'assume_role_policy';

/** A caller that wants to become a role. */
export interface TrustCaller {
  /** Kind of the principal, as in the element `Principal`. */
  readonly kind: 'AWS' | 'Service';
  /** Principal that the trust policy would name. */
  readonly principal: string;
  /** Node of the principal; `undefined` for a service. */
  readonly node: AccessNode | undefined;
  /** Condition keys whose value is known. */
  readonly context: Readonly<Record<string, string>>;
}

/**
 * Rejections of a caller by the trust policy of a role, by the statement that rejects it least; empty if a statement
 * accepts it. A policy that is known after apply rejects nothing.
 */
export function trustRejections(
  role: ModelResource,
  caller: TrustCaller,
  context: LinkContext,
): readonly Rejection[] {
  const statements = context.trust(role);
  if (statements === undefined) return [];
  const denied = statements.filter(
    (each) => each.effect === 'deny' && allRejections(each, role, caller, context).length === 0,
  );
  const denials = denied.map(({ path }): Rejection => ({
    stage: 'denial',
    cause: `${path} of the trust policy of ${role.address} denies the role.`,
    ...at(role),
    change: { kind: 'remove', ...at(role), path: `${TRUST}.${path}` },
    cost: 1,
  }));
  const [best] = statements
    .filter(({ effect }) => effect === 'allow')
    .map((each) => allRejections(each, role, caller, context))
    .sort((a, b) => costOf(a) - costOf(b));
  return [...denials, ...(best ?? [noStatement(role)])];
}

const noStatement = (role: ModelResource): Rejection => ({
  stage: 'trust',
  cause: `The trust policy of ${role.address} allows nothing.`,
  ...at(role),
  cost: 4,
});

function allRejections(
  statement: TrustStatement,
  role: ModelResource,
  caller: TrustCaller,
  context: LinkContext,
): readonly Rejection[] {
  return [
    ...principalRejection(statement, role, caller, context),
    ...actionRejection(statement, role),
    ...failedKeys(statement, caller.context).map((failed) =>
      conditionRejection(statement, role, failed, caller),
    ),
  ];
}

function principalRejection(
  { path, named, inverted }: TrustStatement,
  role: ModelResource,
  { kind, principal, node }: TrustCaller,
  context: LinkContext,
): readonly Rejection[] {
  if (inverted.includes('NotPrincipal')) return [];
  const isAccepted = named.some(({ type, text, id }) => {
    if (text === '*') return true;
    return type === kind && (text === principal || id === node?.id || isAccountOf(text, node));
  });
  if (isAccepted) return [];
  const same = named.filter(({ type }) => type === kind);
  const replaced = same.findIndex(({ id }) => isReplaceable(id, kind, context));
  const list = same.map(({ text }) => text);
  const value =
    replaced < 0 ? [...list, principal] : list.map((each, index) => (index === replaced ? principal : each));
  const others = Object.fromEntries(
    named.map(({ type }) => [type, named.filter((each) => each.type === type).map(({ text }) => text)]),
  );
  return [
    {
      stage: 'trust',
      cause: `The trust policy of ${role.address} names ${named.map(({ text }) => text).join(', ')}, and not ${principal}.`,
      ...at(role),
      change: set(role, `${path}.Principal`, {
        ...others,
        [kind]: value.length === 1 ? (value[0] ?? '') : value,
      }),
      // A role that only services or tokens can assume is not meant for another role.
      cost: replaced >= 0 ? 1 : same.length > 0 ? 2 : 4,
    },
  ];
}

/** Whether a principal is the account of a node. */
function isAccountOf(text: string, node: AccessNode | undefined): boolean {
  const [, account] = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(text) ?? [];
  return account !== undefined && (node?.names ?? []).some((name) => name.includes(`:iam::${account}:`));
}

/** Whether a principal is a service in the place of another, or a name that no stack declares. */
function isReplaceable(id: string, kind: TrustCaller['kind'], { reach }: LinkContext): boolean {
  if (kind === 'Service') return true;
  const node = reach.tryNode(id);
  return node !== undefined && ['aws.role', 'aws.user'].includes(node.kind) && !isUsed(node, { reach });
}

function actionRejection(
  { path, actions, inverted }: AwsStatement,
  role: ModelResource,
): readonly Rejection[] {
  const matches = actions.some((each) => patternOf(each, 'i').test(ACTION));
  if (matches !== inverted.includes('NotAction')) return [];
  return [
    {
      stage: 'trust',
      cause: `${path} of the trust policy of ${role.address} has the action ${actions.join(', ')}, and not ${ACTION}.`,
      ...at(role),
      change: set(role, `${path}.Action`, inverted.includes('NotAction') ? 'sts:TagSession' : ACTION),
      cost: 1,
    },
  ];
}

function conditionRejection(
  { path }: AwsStatement,
  role: ModelResource,
  { operator, key, wanted }: FailedKey,
  { context }: TrustCaller,
): Rejection {
  const given = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1] ?? '';
  return {
    stage: 'condition',
    cause: `The trust policy of ${role.address} requires ${key} ${operator} ${wanted.join(', ')}, and it is ${given}.`,
    ...at(role),
    change: /Not/.test(operator)
      ? {
          kind: 'remove',
          ...at(role),
          path: `${TRUST}.${path}.Condition.${operator}[${JSON.stringify(key)}]`,
        }
      : set(role, `${path}.Condition.${operator}[${JSON.stringify(key)}]`, given),
    cost: 1,
  };
}

function set(
  role: ModelResource,
  path: string,
  value: Extract<ConfigurationChange, { kind: 'set' }>['value'],
): ConfigurationChange {
  return { kind: 'set', ...at(role), path: `${TRUST}.${path}`, value };
}

/** A statement of a trust policy, and the nodes of its principals. */
export interface TrustStatement extends AwsStatement {
  readonly named: readonly { readonly type: string; readonly text: string; readonly id: string }[];
}

/** Trust policies by role, `undefined` for a policy that is known after apply. Each is parsed once, before a question. */
export function trustReader(
  context: ReadContext,
): (role: ModelResource) => readonly TrustStatement[] | undefined {
  const roles = context.index.ofType('aws_iam_role');
  const policies = new Map(roles.map((role) => [role, trustOf(role, context)]));
  return (role) => policies.get(role);
}

function trustOf(role: ModelResource, context: ReadContext): readonly TrustStatement[] | undefined {
  const document = context.index.document(role.stack, argument(role, TRUST, context));
  return document.kind === 'parsed'
    ? statementsOf(document).map((each) => withNodes(each, role, context))
    : undefined;
}

function withNodes(statement: AwsStatement, role: ModelResource, context: ReadContext): TrustStatement {
  const named = statement.principals.map(([type, value]) => ({
    type,
    text: anyText(value),
    id: principalNode(role, type, value, context),
  }));
  return { ...statement, named };
}

/** Links of a role or a user to the roles that almost trust it. */
export function trustLinks(node: AccessNode, context: LinkContext): readonly Link[] {
  if (node.kind !== 'aws.role' && node.kind !== 'aws.user') return [];
  const caller = callerOf(node, context);
  return context.index.ofType('aws_iam_role').flatMap((role) => {
    const to = context.directory.nodeOf(role);
    if (to === undefined || to === node.id) return [];
    const rejections = trustRejections(role, caller, context);
    return [{ from: node.id, to, rejections }];
  });
}

/** A role or a user as a caller. */
export function callerOf(node: AccessNode, context: LinkContext): TrustCaller {
  const arn = node.names.find((name) => /^arn:[^:]*:iam::\d{12}:(?:role|user)\//.test(name));
  const principal = arn ?? (node.source && `\${${node.source.address}.arn}`) ?? node.label;
  const account = awsAccountOf(node, context);
  return {
    kind: 'AWS',
    principal,
    node,
    context: {
      ...(arn !== undefined && { 'aws:PrincipalArn': arn }),
      ...(account !== undefined && { 'aws:PrincipalAccount': account }),
    },
  };
}
