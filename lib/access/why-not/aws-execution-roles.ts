import type { ModelResource } from '../../model/model';
import { EXECUTION_ROLES } from '../edges/aws-identities';
import { anyText, argument } from '../edges/reader';
import type { AccessNode } from '../graph/node';
import { trustRejections, type TrustCaller } from './aws-trust';
import { at, awsAccountOf, declarationOf, type LinkContext } from './context';
import type { Link, Rejection } from './link';

/** Services that run a workload. */
const SERVICES: Readonly<Record<string, string>> = {
  aws_cloudwatch_event_target: 'events.amazonaws.com',
  aws_lambda_function: 'lambda.amazonaws.com',
  aws_pipes_pipe: 'pipes.amazonaws.com',
  aws_scheduler_schedule: 'scheduler.amazonaws.com',
  aws_sfn_state_machine: 'states.amazonaws.com',
};

/** Service of a workload as the caller of its role. */
function serviceOf(workload: ModelResource, context: LinkContext): TrustCaller {
  const name = anyText(argument(workload, 'name', context));
  const node = context.directory.nodeOf(workload);
  const account = node === undefined ? undefined : awsAccountOf(context.reach.node(node), context);
  const region = anyText(context.index.providerOf(workload)?.values.region);
  const isMachine = workload.type === 'aws_sfn_state_machine';
  return {
    kind: 'Service',
    principal: SERVICES[workload.type] ?? '',
    node: undefined,
    context: {
      ...(account !== undefined && { 'aws:SourceAccount': account }),
      ...(isMachine &&
        account !== undefined &&
        region !== '' && { 'aws:SourceArn': `arn:aws:states:${region}:${account}:stateMachine:${name}` }),
    },
  };
}

/** Rejections of a workload by the trust policy of its role. */
export function executionRejections(
  node: AccessNode,
  roleId: string,
  context: LinkContext,
): readonly Rejection[] {
  const workload = declarationOf(node, context);
  const role = declarationOf(context.reach.node(roleId), context);
  if (workload === undefined || role === undefined || SERVICES[workload.type] === undefined) return [];
  return trustRejections(role, serviceOf(workload, context), context);
}

/** Links of a function or a state machine to other roles that its service can assume. */
export function executionRoleLinks(node: AccessNode, context: LinkContext): readonly Link[] {
  const workload = declarationOf(node, context);
  const [path] = workload === undefined ? [] : (EXECUTION_ROLES[workload.type] ?? []);
  if (workload === undefined || path === undefined) return [];
  const caller = serviceOf(workload, context);
  return context.index
    .ofType('aws_iam_role')
    .filter(({ stack }) => stack === workload.stack)
    .flatMap((role) => {
      const to = context.directory.nodeOf(role);
      if (to === undefined || trustRejections(role, caller, context).length > 0) return [];
      const isShared = context.reach.into(to).some(({ kind }) => kind === 'runsAs');
      const rejection: Rejection = {
        stage: 'execution role',
        cause: `${workload.address} runs as another role than ${context.reach.node(to).label}.`,
        ...at(workload),
        change: { kind: 'set', ...at(workload), path, value: `\${${role.address}.arn}` },
        cost: isShared ? 2 : 1,
      };
      return [{ from: node.id, to, rejections: [rejection] }];
    });
}
