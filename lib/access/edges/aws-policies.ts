import type { ModelResource } from '../../model/model';
import type { ModelIndex } from '../../model/model-index';
import type { AccessEdge } from '../graph/edge';
import { INLINE_POLICIES, POLICY_ATTACHMENTS, type PolicyHolder } from './aws-identity-policies';
import { arnPatterns, namedByArn } from './aws-names';
import { isPattern, patternOf } from '../permissions/aws-pattern';
import { conditionsOf, statementsOf, type AwsStatement } from './aws-statement';
import { anyText, argument, argumentList, elements, type EdgeReader, type ReadContext } from './reader';

const KINDS = { role: 'aws.role', user: 'aws.user', group: 'aws.group' } as const;

/** A policy that an identity has. */
interface HeldPolicy {
  /** Id of the node of the identity; `undefined` if only Terraform knows it. */
  readonly holder: string | undefined;
  /** Argument that names the identity. */
  readonly property: string;
  /** Resource with the document, and the path of the document; `undefined` for a policy that no stack declares. */
  readonly document?: { readonly policy: ModelResource; readonly path: string };
  /** ARN of a policy that no stack declares. */
  readonly arn: string;
}

/** Policies that a resource gives to identities: inline policies, blocks of a role, attachments. */
function heldPolicies(resource: ModelResource, context: ReadContext): readonly HeldPolicy[] {
  const inline = INLINE_POLICIES[resource.type];
  if (inline) {
    const value = argument(resource, inline.argument, context);
    const holder = identityOf(resource, value, inline.holder, context);
    return [{ holder, property: inline.argument, document: { policy: resource, path: 'policy' }, arn: '' }];
  }
  if (resource.type === 'aws_iam_role') {
    const holder = context.directory.nodeOf(resource);
    return [
      ...argumentList(resource, 'inline_policy', context).map((_, index) => ({
        holder,
        property: 'inline_policy',
        document: { policy: resource, path: `inline_policy[${index}].policy` },
        arn: '',
      })),
      ...argumentList(resource, 'managed_policy_arns', context).map((arn) => ({
        holder,
        property: 'managed_policy_arns',
        arn: anyText(arn),
      })),
    ];
  }
  const attachment = POLICY_ATTACHMENTS[resource.type];
  if (!attachment) return [];
  const attached = argumentList(resource, attachment.policies, context).map((arn) => ({
    arn: anyText(arn),
    policy: policyOf(resource, arn, context),
  }));
  return attachment.holders.flatMap((each) =>
    argumentList(resource, each.argument, context).flatMap((value) => {
      const holder = identityOf(resource, value, each.holder, context);
      return attached.map(({ arn, policy }) => ({
        holder,
        property: policy ? each.argument : attachment.policies,
        ...(policy && { document: { policy, path: 'policy' } }),
        arn,
      }));
    }),
  );
}

/** Edges of the policies that a resource gives to identities. */
export const readPolicies: EdgeReader = (resource, context) => {
  for (const { holder, property, document, arn } of heldPolicies(resource, context)) {
    if (holder === undefined) {
      context.graph.gap(resource, property, 'The identity is known after apply.');
    } else if (document === undefined) {
      managed(resource, property, holder, arn, context);
    } else {
      grant(document.policy, document.path, holder, resource, context);
    }
  }
};

/** A statement of a policy, and the identity that has the policy. */
export interface HeldStatement {
  readonly statement: AwsStatement;
  /** Resource with the document. */
  readonly policy: ModelResource;
  /** Path of the document. */
  readonly path: string;
  /** Id of the node of the identity. */
  readonly holder: string;
}

/** Statements of the policies that a resource gives to identities. */
export function policyStatements(resource: ModelResource, context: ReadContext): readonly HeldStatement[] {
  return heldPolicies(resource, context).flatMap(({ holder, document }) => {
    if (holder === undefined || document === undefined) return [];
    const { policy, path } = document;
    const parsed = context.index.document(policy.stack, argument(policy, path, context));
    if (parsed.kind !== 'parsed') return [];
    return statementsOf(parsed).map((statement) => ({ statement, policy, path, holder }));
  });
}

const policies = new WeakMap<ModelIndex, ReadonlyMap<string, ModelResource>>();

/** Managed policies that stacks declare, by their name. */
function policiesOf({ index }: ReadContext): ReadonlyMap<string, ModelResource> {
  const known = policies.get(index);
  if (known) return known;
  const found = new Map(
    index.model.stacks
      .flatMap(({ resources }) => resources)
      .filter(({ mode, type }) => mode === 'managed' && type === 'aws_iam_policy')
      .flatMap((policy): [string, ModelResource][] => {
        const name = argument(policy, 'name', { index });
        return typeof name === 'string' ? [[name, policy]] : [];
      }),
  );
  policies.set(index, found);
  return found;
}

/** The policy that an attachment names; `undefined` if no stack declares it. */
function policyOf(
  { stack }: ModelResource,
  arn: ReturnType<typeof argument>,
  context: ReadContext,
): ModelResource | undefined {
  if (typeof arn === 'string') return policiesOf(context).get(arn.replace(/^.*[:/]/, ''));
  const found = context.directory.resourceOf(stack, arn);
  return found?.mode === 'managed' && found.type === 'aws_iam_policy' ? found : undefined;
}

/** A managed policy that no stack declares: its permissions are known to AWS alone. */
function managed(
  resource: ModelResource,
  path: string,
  holder: string,
  arn: string,
  { graph }: ReadContext,
): void {
  const name = arn.replace(/^.*:policy\//, '');
  graph.edge(resource, path, {
    kind: 'grants',
    from: holder,
    to: graph.node('aws.resource', { names: ['*'], label: 'every resource' }),
    role: name,
    possible: true,
    ...(name === 'AdministratorAccess' && { permissions: ['*'] }),
  });
}

function identityOf(
  { stack }: ModelResource,
  value: ReturnType<typeof argument>,
  holder: PolicyHolder,
  { directory, graph }: ReadContext,
): string | undefined {
  if (typeof value !== 'string') return directory.referenced(stack, value);
  return graph.node(KINDS[holder], { names: [value], label: value });
}

/** Edges of the statements of a policy document. `attached` is the resource that gives the policy to the holder. */
function grant(
  policy: ModelResource,
  path: string,
  holder: string,
  attached: ModelResource,
  context: ReadContext,
): void {
  const value = argument(policy, path, context);
  const document = context.index.document(policy.stack, value);
  if (document.kind !== 'parsed') {
    return context.graph.gap(attached, path, 'The policy is known after apply, or it is not JSON.');
  }
  for (const statement of statementsOf(document)) {
    const facts = factsOf(policy, statement);
    for (const { target, name } of targetsOf(statement, policy, context)) {
      context.graph.edge(attached, `${path}.${statement.path}`, {
        kind: 'grants',
        from: holder,
        to: target,
        effect: statement.effect,
        ...permissionsOf(statement),
        ...(name !== undefined && { resources: [name] }),
        ...facts,
      });
      if (statement.effect === 'allow' && canStart(statement, target)) {
        const conditions = conditionsOf(statement);
        context.graph.edge(attached, `${path}.${statement.path}`, {
          kind: 'starts',
          from: holder,
          to: target,
          ...(conditions.length > 0 && { conditions }),
          ...facts,
        });
      }
    }
  }
}

/** Reason of one statement, which the construct records by its Sid or by its actions. */
function factsOf({ facts }: ModelResource, { sid }: AwsStatement): Partial<AccessEdge> {
  const { statements } = facts.comment;
  if (!Array.isArray(statements) || sid === undefined) return {};
  const found = (statements as readonly { sid?: string; reason?: string }[]).find((each) => each.sid === sid);
  return found?.reason === undefined ? {} : { reason: found.reason };
}

/** Permissions and conditions of a statement. What the statement excludes counts as possible. */
export function permissionsOf(statement: AwsStatement): Partial<AccessEdge> {
  const conditions = conditionsOf(statement);
  const excludes = statement.inverted.length > 0;
  return {
    permissions: statement.inverted.includes('NotAction') ? ['*'] : statement.actions,
    ...(conditions.length > 0 && { conditions }),
    ...(excludes && { possible: true }),
  };
}

/** Actions that make a workload run as its own identity. */
export const STARTS: Readonly<Record<string, readonly string[]>> = {
  'aws.function': ['lambda:InvokeFunction'],
  'aws.stateMachine': ['states:StartExecution', 'states:StartSyncExecution'],
};

function canStart({ actions }: AwsStatement, target: string): boolean {
  const [kind = ''] = target.split('/');
  return (STARTS[kind] ?? []).some((action) => actions.some((each) => patternOf(each, 'i').test(action)));
}

/** Node of a resource of a statement, with the name in the statement where it says more than the node. */
interface Target {
  readonly target: string;
  readonly name?: string;
}

/** Nodes of the resources of a statement: declared ones that a pattern matches, else a node for the text. */
function targetsOf(
  statement: AwsStatement,
  { stack }: ModelResource,
  { graph, directory }: ReadContext,
): readonly Target[] {
  if (statement.inverted.includes('NotResource') || statement.resources.length === 0) {
    return [{ target: graph.node('aws.resource', { names: ['*'], label: 'every resource' }) }];
  }
  return statement.resources.flatMap((resource): readonly Target[] => {
    const text = anyText(resource);
    const known = directory.referenced(stack, resource);
    if (known !== undefined) return [withName(known, referencedPart(text, known))];
    if (text === '*')
      return [{ target: graph.node('aws.resource', { names: ['*'], label: 'every resource' }) }];
    const named = namedByArn(text);
    if (named.kind === 'aws.resource' || !isPattern(named.name))
      return [withName(directory.awsNode(stack, text) ?? text, text)];
    const pattern = patternOf(named.name);
    const matched = graph.allNodes.filter(
      ({ kind, names, source }) => kind === named.kind && source && names.some((name) => pattern.test(name)),
    );
    const itself = graph.node('aws.resource', { names: [text], label: text });
    return [{ target: itself }, ...matched.map(({ id }) => ({ target: id, name: text }))];
  });
}

/** The id of a node of one ARN has the ARN. */
function withName(target: string, name: string | undefined): Target {
  return name === undefined || target === `aws.resource/${name}` ? { target } : { target, name };
}

/** Services whose resources have parts: aliases, versions, objects. */
const WITH_PARTS = /^arn:\*:(?:lambda|s3|states):/;

/**
 * ARN of a declared resource with parts, or of a part: `${aws_s3_bucket.books.arn}/*`. Another resource is its node
 * and needs no name.
 */
function referencedPart(text: string, target: string): string | undefined {
  const rest = text.replace(/^\$\{[^}]*\}/, '').replace(/\$\{[^}]*\}/g, '*');
  const [whole] = arnPatterns(target);
  if (rest === text || whole === undefined) return undefined;
  return rest === '' && !WITH_PARTS.test(whole) ? undefined : `${whole}${rest}`;
}

/** Values of an element of a condition, for readers of trust policies. */
export function conditionValues(statement: AwsStatement, key: RegExp): readonly string[] {
  return Object.values(statement.condition ?? {}).flatMap((keys) =>
    Object.entries((keys ?? {}) as object)
      .filter(([name]) => key.test(name))
      .flatMap(([, values]) => elements(values as never).map(anyText)),
  );
}
