import type { ModelResource } from '../../model/model';
import { sourceOf } from '../graph/graph-builder';
import { arnOf, nodeOfArn } from './aws-names';
import { permissionsOf } from './aws-policies';
import { RESOURCE_POLICIES, resourcePolicies, type ResourcePolicy } from './aws-policy-arguments';
import { statementsOf } from './aws-statement';
import { principalNode } from './aws-trust';
import { anyText, argument, knownText, type EdgeReader, type ReadContext } from './reader';

/** Edges of the policy of a bucket, a queue, a topic, a key, a secret and others. */
export const readResourcePolicy: EdgeReader = (resource, context) => {
  if (!resource.type.startsWith('aws_')) return;
  for (const policy of resourcePolicies(context.index, resource)) readPolicy(resource, policy, context);
};

function readPolicy(resource: ModelResource, { path, document }: ResourcePolicy, context: ReadContext): void {
  if (document.kind !== 'parsed') {
    return context.graph.gap(resource, path, 'The policy is known after apply, or it is not JSON.');
  }
  const statements = statementsOf(document);
  if (statements.every(({ principals }) => principals.length === 0)) {
    return context.graph.gap(resource, path, 'The policy names no principal.');
  }
  const name = RESOURCE_POLICIES[resource.type]?.resource;
  const named = name === undefined ? undefined : argument(resource, name, context);
  const to =
    context.directory.nodeOf(resource) ??
    context.directory.referenced(resource.stack, named) ??
    namedResource(resource, knownText(named), context) ??
    context.graph.node('aws.resource', {
      names: [anyText(named) || `${resource.stack}:${resource.address}`],
      source: sourceOf(resource),
    });
  for (const statement of statements) {
    for (const [kind, principal] of statement.principals) {
      context.graph.edge(resource, `${path}.${statement.path}`, {
        kind: 'grants',
        from: principalNode(resource, kind, principal, context),
        to,
        effect: statement.effect,
        ...permissionsOf(statement),
      });
    }
  }
}

/** Services of the types that do not name their resource by an ARN. */
const SERVICES: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_bus_policy: 'events',
  aws_s3_bucket_policy: 's3',
  aws_sqs_queue_policy: 'sqs',
};

/** Node of a resource that a policy names by a literal: an ARN, a name, or the URL of a queue. */
function namedResource(
  { type }: ModelResource,
  text: string | undefined,
  { graph }: ReadContext,
): string | undefined {
  if (text === undefined) return undefined;
  if (arnOf(text) !== undefined) return nodeOfArn(graph, text);
  const { [type]: service } = SERVICES;
  if (service === undefined) return undefined;
  const name = text.replace(/^https?:.*\//, '');
  return graph.node('aws.resource', { names: [`${service}:${name}`, text], label: name });
}

/** Edge of the permission of a service or an account to invoke a function. */
export const readFunctionPermission: EdgeReader = (resource, context) => {
  if (resource.type !== 'aws_lambda_permission') return;
  const value = argument(resource, 'function_name', context);
  const name = knownText(value)
    ?.replace(/^arn:.*:function:/, '')
    .replace(/:.*$/, '');
  const to =
    name === undefined
      ? context.directory.referenced(resource.stack, value)
      : context.graph.node('aws.function', { names: [name], label: name });
  if (to === undefined)
    return context.graph.gap(resource, 'function_name', 'The function is known after apply.');
  const principal = anyText(argument(resource, 'principal', context));
  const from = principalNode(
    resource,
    /\.amazonaws\.com/.test(principal) ? 'Service' : 'AWS',
    principal,
    context,
  );
  const conditions = ['source_arn', 'source_account', 'principal_org_id'].flatMap((each) => {
    const text = anyText(argument(resource, each, context));
    return text === '' ? [] : [`${each}: ${text}`];
  });
  const action = anyText(argument(resource, 'action', context));
  const common = { from, to, ...(conditions.length > 0 && { conditions }) };
  context.graph.edge(resource, undefined, { ...common, kind: 'grants', permissions: [action] });
  context.graph.edge(resource, undefined, { ...common, kind: 'starts' });
};
