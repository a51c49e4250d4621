import { memberOfPool } from '../edges/pool-member';
import { IMPERSONATES } from '../edges/google-members';
import type { AccessNode } from '../graph/node';
import { covers, hasPermission } from '../questions/match';
import { at, isUsed, type LinkContext } from './context';
import { federationRejections } from './federation';
import { conditionRejections } from './google-conditions';
import type { GoogleStatement } from './google-statements';
import type { Link, Rejection } from './link';

/** Links of an identity by grants of Google Cloud: it becomes a service account, or it has the permission. */
export function googleLinks(
  node: AccessNode,
  statements: readonly GoogleStatement[],
  context: LinkContext,
): readonly Link[] {
  return statements.flatMap((statement) => {
    const members = memberRejections(node, statement, context);
    if (members === undefined) return [];
    const links = [impersonation(statement, context), grant(statement, context)].flatMap(
      (each) => each ?? [],
    );
    return links.map(({ to, rejections }) => ({
      from: node.id,
      to,
      rejections: [...members, ...rejections],
    }));
  });
}

type Ending = Pick<Link, 'to' | 'rejections'>;

/** A grant on a service account, with a role that lets the member become the account. */
function impersonation(statement: GoogleStatement, context: LinkContext): Ending | undefined {
  const { resource, role, rolePath, target } = statement;
  if (!resource.type.startsWith('google_service_account_iam_')) return undefined;
  const account = context.reach.node(target);
  const isRight = IMPERSONATES.includes(role);
  const rejections: Rejection[] = isRight
    ? []
    : [
        {
          stage: 'role',
          cause: `The role ${role} of ${resource.address} does not let the member become the account.`,
          ...at(resource),
          change: { kind: 'set', ...at(resource), path: rolePath, value: 'roles/iam.workloadIdentityUser' },
          cost: 1,
        },
      ];
  return { to: target, rejections: [...rejections, ...conditionRejections(statement, account, context)] };
}

/** A grant on the resource of the question, or on what contains it. */
function grant(statement: GoogleStatement, context: LinkContext): Ending | undefined {
  const { goal, reach } = context;
  const granted = reach.node(statement.target);
  const target = goal.targets.map((id) => reach.node(id)).find((each) => covers(granted, each) !== 'no');
  const nodes = goal.targets.map((id) => reach.node(id));
  const wanted = target ?? nodes.find(({ names }) => names.some((name) => isSameKind(name, granted)));
  if (wanted === undefined) return undefined;
  const role = roleRejection(statement, context);
  // A grant with another role on another resource, or on more than the resource, is about something else.
  if (role.length > 0 && granted.id !== target?.id) return undefined;
  return {
    to: undefined,
    rejections: [
      ...role,
      ...(target === undefined ? [otherResource(statement, granted, wanted, context)] : []),
      ...conditionRejections(statement, wanted, context),
    ],
  };
}

/** Whether a name is that of a resource of the same type as the node, for example of another bucket. */
function isSameKind(name: string, { names }: AccessNode): boolean {
  const [type] = name.split(':');
  return name.includes(':') && names.some((each) => each.startsWith(`${type}:`));
}

function roleRejection(
  { resource, role, rolePath, permissions }: GoogleStatement,
  { goal }: LinkContext,
): readonly Rejection[] {
  const { permission } = goal;
  if (hasPermission({ role, permissions }, permission) !== 'no') return [];
  const isRole = /^(?:roles|projects|organizations)\//.test(permission);
  return [
    {
      stage: 'role',
      cause: `${resource.address} grants ${role}, which has no ${permission}.`,
      ...at(resource),
      ...(isRole && {
        change: { kind: 'set', ...at(resource), path: rolePath, value: permission },
      }),
      cost: 1,
    },
  ];
}

/** Arguments that name the resource of a grant, most specific first. */
const TARGETS = ['bucket', 'secret_id', 'topic', 'subscription', 'repository', 'dataset_id', 'project'];

function otherResource(
  { resource }: GoogleStatement,
  granted: AccessNode,
  wanted: AccessNode,
  context: LinkContext,
): Rejection {
  const path = TARGETS.find((name) => resource.values[name] !== undefined);
  return {
    stage: 'resource',
    cause: `${resource.address} is on ${granted.label}, and not on ${wanted.label}.`,
    ...at(resource),
    ...(path !== undefined && { change: { kind: 'set', ...at(resource), path, value: wanted.label } }),
    cost: isUsed(granted, context) ? 2 : 1,
  };
}

/** Rejections of an identity as the member of a statement; `undefined` if it cannot be such a member. */
function memberRejections(
  node: AccessNode,
  statement: GoogleStatement,
  context: LinkContext,
): readonly Rejection[] | undefined {
  if (statement.holder === node.id) return [];
  const { resource, member, memberPath, holder } = statement;
  const ofPool = memberOfPool(fixedScheme(member));
  if (node.kind === 'aws.role') {
    return ofPool && federationRejections(node, ofPool, statement, context);
  }
  const own = memberFor(node, member);
  if (own === undefined) return undefined;
  const named = holder === undefined ? undefined : context.reach.node(holder);
  return [
    {
      stage: 'member',
      cause: `The member of ${resource.address} is ${named?.label ?? member}, and not ${node.label}.`,
      ...at(resource),
      change: { kind: 'set', ...at(resource), path: memberPath, value: own },
      // Another kind of identity in the place of the member is another design.
      cost: named !== undefined && (named.kind !== node.kind || isUsed(named, context)) ? 2 : 1,
    },
  ];
}

/** A member with the scheme that its form needs. */
function fixedScheme(member: string): string {
  const scheme = /\/workloadIdentityPools\/[^/]+\/subject\//.test(member) ? 'principal:' : 'principalSet:';
  return member.replace(/^principal(?:Set)?:/, scheme);
}

/** The identity in the form of a member; `undefined` for another kind of identity. */
function memberFor(node: AccessNode, member: string): string | undefined {
  if (node.kind === 'google.serviceAccount') {
    const email = node.names.find((name) => /^[^:]+@/.test(name));
    return email === undefined ? undefined : `serviceAccount:${email}`;
  }
  if (node.kind !== 'kubernetes.serviceAccount') return undefined;
  const [namespace = '', name = ''] = node.label.split('/');
  const legacy = /^serviceAccount:([^[]+\.svc\.id\.goog)\[/.exec(member);
  if (legacy) return `serviceAccount:${legacy[1] ?? ''}[${namespace}/${name}]`;
  const subject = /^principal(?:Set)?(:\/\/iam\.googleapis\.com\/.*\.svc\.id\.goog)\//.exec(member);
  return subject ? `principal${subject[1] ?? ''}/subject/ns/${namespace}/sa/${name}` : undefined;
}
