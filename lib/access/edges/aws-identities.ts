import { sourceOf } from '../graph/graph-builder';
import type { AccessNodeKind } from '../graph/node';
import { anyText, argument, knownText, type EdgeReader } from './reader';

/** Types that declare a node of AWS: the argument of its name, and its service where names are unique in one only. */
const AWS_NODES: Readonly<Record<string, readonly [AccessNodeKind, string, string?]>> = {
  aws_iam_role: ['aws.role', 'name'],
  aws_iam_user: ['aws.user', 'name'],
  aws_iam_group: ['aws.group', 'name'],
  aws_lambda_function: ['aws.function', 'function_name'],
  aws_sfn_state_machine: ['aws.stateMachine', 'name'],
  aws_iam_policy: ['aws.resource', 'name', 'policy'],
  aws_sqs_queue: ['aws.resource', 'name', 'sqs'],
  aws_sns_topic: ['aws.resource', 'name', 'sns'],
  aws_s3_bucket: ['aws.resource', 'bucket', 's3'],
  aws_secretsmanager_secret: ['aws.resource', 'name', 'secretsmanager'],
  aws_dynamodb_table: ['aws.resource', 'name', 'dynamodb'],
  aws_cloudwatch_event_bus: ['aws.resource', 'name', 'events'],
};

/** Declares the node of an identity, a workload or a resource that policies name. */
export const declareAwsNode: EdgeReader = (resource, context) => {
  const declared = AWS_NODES[resource.type];
  if (declared === undefined) return;
  const [kind, property, service] = declared;
  const name = knownText(argument(resource, property, context));
  const unique = service === undefined ? name : `${service}:${name ?? ''}`;
  const id = context.graph.node(kind, {
    ...(name !== undefined && unique !== undefined && { names: [unique, name], label: name }),
    source: sourceOf(resource),
  });
  context.directory.declare(resource, id);
};

/** Declares the OpenID Connect provider of an AWS account. */
export const declareOidcProvider: EdgeReader = (resource, context) => {
  const url = knownText(argument(resource, 'url', context))?.replace(/^https:\/\//, '');
  const id = context.graph.node('aws.federatedProvider', {
    ...(url !== undefined && { names: [url], label: url }),
    source: sourceOf(resource),
  });
  context.directory.declare(resource, id);
};

/** Types whose resource is an alias or a part of another node, with the argument that names it. */
const PARTS: Readonly<Record<string, readonly [AccessNodeKind, string]>> = {
  aws_lambda_alias: ['aws.function', 'function_name'],
  aws_sfn_alias: ['aws.stateMachine', 'routing_configuration.state_machine_version_arn'],
};

/** Makes a reference to an alias a reference to its function or state machine. */
export const declareAlias: EdgeReader = (resource, context) => {
  const [kind, property] = PARTS[resource.type] ?? [];
  if (kind === undefined || property === undefined) return;
  const value = argument(resource, property, context);
  const name = knownText(value);
  const id =
    name === undefined
      ? context.directory.referenced(resource.stack, value)
      : context.graph.node(kind, { names: [name], label: name });
  if (id !== undefined) context.directory.declare(resource, id);
};

/** Arguments with the role that a workload runs as. */
export const EXECUTION_ROLES: Readonly<Record<string, readonly string[]>> = {
  aws_lambda_function: ['role'],
  aws_sfn_state_machine: ['role_arn'],
};

/** Edge from a function or a state machine to its role. */
export const readExecutionRole: EdgeReader = (resource, context) => {
  const from = context.directory.nodeOf(resource);
  for (const property of EXECUTION_ROLES[resource.type] ?? []) {
    const role = context.directory.roleOf(resource.stack, argument(resource, property, context));
    if (from === undefined) continue;
    if (role === undefined) {
      context.graph.gap(resource, property, `The role is known after apply.`);
    } else {
      context.graph.edge(resource, property, { kind: 'runsAs', from, to: role });
    }
  }
};

/** Types of event sources that start something as a role: the arguments with the target and with the role. */
const STARTERS: Readonly<Record<string, readonly [string, string]>> = {
  aws_cloudwatch_event_target: ['arn', 'role_arn'],
  aws_scheduler_schedule: ['target.arn', 'target.role_arn'],
  aws_pipes_pipe: ['target', 'role_arn'],
};

/** Edges from an event source to its role and to what it starts. */
export const readEventSource: EdgeReader = (resource, context) => {
  const [target, role] = STARTERS[resource.type] ?? [];
  if (target === undefined || role === undefined) return;
  const from = context.graph.node('aws.eventSource', {
    names: [`${resource.stack}:${resource.address}`],
    label: knownText(argument(resource, 'name', context)) ?? resource.address,
    source: sourceOf(resource),
  });
  const as = context.directory.roleOf(resource.stack, argument(resource, role, context));
  if (as !== undefined) context.graph.edge(resource, role, { kind: 'runsAs', from, to: as });
  const arn = argument(resource, target, context);
  const to = context.directory.awsNode(resource.stack, arn);
  if (to === undefined)
    context.graph.gap(resource, target, `The target ${anyText(arn)} is known after apply.`);
  else context.graph.edge(resource, target, { kind: 'starts', from, to });
};
