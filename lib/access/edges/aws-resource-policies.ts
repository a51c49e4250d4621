import { sourceOf } from '../graph/graph-builder';
import { permissionsOf } from './aws-policies';
import { statementsOf } from './aws-statement';
import { principalNode } from './aws-trust';
import { anyText, argument, knownText, type EdgeReader } from './reader';

/** Types with a policy of a resource: the argument with the policy and the argument that names the resource. */
const POLICIES: Readonly<Record<string, readonly [string, string]>> = {
  aws_api_gateway_rest_api: ['policy', 'name'],
  aws_api_gateway_rest_api_policy: ['policy', 'rest_api_id'],
  aws_backup_vault_policy: ['policy', 'backup_vault_name'],
  aws_cloudwatch_event_bus_policy: ['policy', 'event_bus_name'],
  aws_cloudwatch_log_resource_policy: ['policy_document', 'policy_name'],
  aws_ecr_repository_policy: ['policy', 'repository'],
  aws_efs_file_system_policy: ['policy', 'file_system_id'],
  aws_kms_key: ['policy', 'description'],
  aws_kms_key_policy: ['policy', 'key_id'],
  aws_lambda_layer_version_permission: ['policy', 'layer_name'],
  aws_s3_bucket_policy: ['policy', 'bucket'],
  aws_s3_access_point: ['policy', 'name'],
  aws_secretsmanager_secret_policy: ['policy', 'secret_arn'],
  aws_sns_topic: ['policy', 'name'],
  aws_sns_topic_policy: ['policy', 'arn'],
  aws_sqs_queue: ['policy', 'name'],
  aws_sqs_queue_policy: ['policy', 'queue_url'],
  aws_vpc_endpoint: ['policy', 'service_name'],
};

/** Edges of the policy of a bucket, a queue, a topic, a key, a secret and others. */
export const readResourcePolicy: EdgeReader = (resource, context) => {
  const [property, name] = POLICIES[resource.type] ?? [];
  if (property === undefined || name === undefined) return;
  const value = argument(resource, property, context);
  if (value === undefined || value === '') return;
  const document = context.index.document(resource.stack, value);
  if (document.kind !== 'parsed') {
    return context.graph.gap(resource, property, 'The policy is known after apply, or it is not JSON.');
  }
  const named = argument(resource, name, context);
  const to =
    context.directory.nodeOf(resource) ??
    context.directory.referenced(resource.stack, named) ??
    context.graph.node('aws.resource', {
      names: [anyText(named) || `${resource.stack}:${resource.address}`],
      source: sourceOf(resource),
    });
  for (const statement of statementsOf(document)) {
    for (const [kind, principal] of statement.principals) {
      context.graph.edge(resource, `${property}.${statement.path}`, {
        kind: 'grants',
        from: principalNode(resource, kind, principal, context),
        to,
        effect: statement.effect,
        ...permissionsOf(statement),
      });
    }
  }
};

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
