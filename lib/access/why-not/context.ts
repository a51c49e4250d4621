import type { ModelResource } from '../../model/model';
import { anyText, type ReadContext } from '../edges/reader';
import type { AccessGraph } from '../graph/graph';
import type { AccessNode } from '../graph/node';
import type { Reach } from '../questions/reach';
import type { TrustStatement } from './aws-trust';
import type { Goal, Rejection } from './link';

/** Model and graph. */
export interface GraphContext extends ReadContext {
  /** The graph, complete. */
  readonly built: AccessGraph;
  readonly reach: Reach;
  /** Managed resources of all stacks. */
  readonly resources: readonly ModelResource[];
  /** Statements of the trust policy of a role; `undefined` for a policy that is known after apply. */
  readonly trust: (role: ModelResource) => readonly TrustStatement[] | undefined;
}

/** Model, graph and question that the finders of links read. */
export interface LinkContext extends GraphContext {
  readonly goal: Goal;
  /** Time of the request, for conditions with an end. */
  readonly now: Date;
}

/** Members whose accounts no configuration declares: people and groups. */
const PEOPLE = /^(?:user|group|domain):|^(?:allUsers|allAuthenticatedUsers)$/;

/**
 * Whether an identity may use a node: a resource declares it or what becomes it, or it names people. Another name in
 * the place of a node without use takes access from no identity.
 */
export function isUsed(node: AccessNode, { reach }: Pick<LinkContext, 'reach'>): boolean {
  if (node.kind === 'kubernetes.subject' || node.names.some((name) => PEOPLE.test(name))) return true;
  return [...reach.holdersOf([node.id]).keys()].some((id) => reach.node(id).source !== undefined);
}

/** Stack and address of a rejection. */
export const at = ({ stack, address }: ModelResource): Pick<Rejection, 'stack' | 'address'> => ({
  stack,
  address,
});

/** Resource that declares a node; `undefined` if none does. */
export function declarationOf(
  { source }: AccessNode,
  { index }: Pick<ReadContext, 'index'>,
): ModelResource | undefined {
  return source && index.tryFindResource(source.stack, source.address);
}

/** Account of an identity of AWS: that of its provider configuration, else that of an ARN which names it. */
export function awsAccountOf(node: AccessNode, context: Pick<ReadContext, 'index'>): string | undefined {
  const declared = declarationOf(node, context);
  const allowed = declared && context.index.providerOf(declared)?.values.allowed_account_ids;
  if (Array.isArray(allowed) && allowed.length === 1) return anyText(allowed[0] as string);
  return node.names.flatMap((name) => /^arn:[^:]*:iam::(\d{12}):/.exec(name)?.[1] ?? [])[0];
}
