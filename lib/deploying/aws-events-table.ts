import { actionsOf, HERE, passes } from './aws-actions';
import type { AwsTypePermissions } from './type-permissions';

const QUEUE_BY_URL = { of: 'queue_url', arns: [`arn:{partition}:sqs:${HERE}:*`] };
const QUEUE_ATTRIBUTES = actionsOf('sqs', {
  create: 'SetQueueAttributes',
  read: 'GetQueueAttributes',
  update: 'SetQueueAttributes',
  delete: 'SetQueueAttributes',
});

/** Needs of the resource types of EventBridge, Scheduler, Pipes, Step Functions and SQS. */
export const AWS_EVENTS_RESOURCES: Readonly<Record<string, AwsTypePermissions>> = {
  aws_cloudwatch_event_rule: {
    arns: [`arn:{partition}:events:${HERE}:rule/{name}`, `arn:{partition}:events:${HERE}:rule/*/{name}`],
    ...actionsOf('events', {
      create: 'PutRule TagResource',
      read: 'DescribeRule ListTagsForResource',
      update: 'PutRule EnableRule DisableRule TagResource UntagResource',
      delete: 'DeleteRule',
    }),
  },
  aws_cloudwatch_event_target: {
    of: 'rule',
    arns: [`arn:{partition}:events:${HERE}:rule/{rule}`, `arn:{partition}:events:${HERE}:rule/*/{rule}`],
    ...actionsOf('events', {
      create: 'PutTargets',
      read: 'ListTargetsByRule',
      update: 'PutTargets',
      delete: 'RemoveTargets',
    }),
    references: passes('role_arn', 'events'),
  },
  aws_pipes_pipe: {
    arns: [`arn:{partition}:pipes:${HERE}:pipe/{name}`],
    ...actionsOf('pipes', {
      create: 'CreatePipe TagResource',
      read: 'DescribePipe ListTagsForResource',
      update: 'UpdatePipe TagResource UntagResource',
      delete: 'DeletePipe',
    }),
    references: passes('role_arn', 'pipes'),
  },
  aws_scheduler_schedule: {
    arns: [`arn:{partition}:scheduler:${HERE}:schedule/{group_name}/{name}`],
    ...actionsOf('scheduler', {
      create: 'CreateSchedule',
      read: 'GetSchedule',
      update: 'UpdateSchedule',
      delete: 'DeleteSchedule',
    }),
    references: passes('target.role_arn', 'scheduler'),
  },
  aws_scheduler_schedule_group: {
    arns: [`arn:{partition}:scheduler:${HERE}:schedule-group/{name}`],
    ...actionsOf('scheduler', {
      create: 'CreateScheduleGroup TagResource',
      read: 'GetScheduleGroup ListTagsForResource',
      update: 'TagResource UntagResource',
      delete: 'DeleteScheduleGroup',
    }),
  },
  aws_sfn_alias: {
    of: 'routing_configuration.state_machine_version_arn',
    arns: [`arn:{partition}:states:${HERE}:stateMachine:*:{name}`],
    ...actionsOf('states', {
      create: 'CreateStateMachineAlias',
      read: 'DescribeStateMachineAlias',
      update: 'UpdateStateMachineAlias',
      delete: 'DeleteStateMachineAlias',
    }),
  },
  aws_sfn_state_machine: {
    arns: ['', ':*'].map((end) => `arn:{partition}:states:${HERE}:stateMachine:{name}${end}`),
    ...actionsOf('states', {
      create: 'CreateStateMachine PublishStateMachineVersion TagResource',
      read: 'DescribeStateMachine ListStateMachineVersions ListTagsForResource',
      update: 'UpdateStateMachine PublishStateMachineVersion TagResource UntagResource',
      delete: 'DeleteStateMachine DeleteStateMachineVersion',
    }),
    // The provider validates the definition while it plans.
    unrestricted: ['states:ValidateStateMachineDefinition'],
    references: passes('role_arn', 'states'),
  },
  aws_sqs_queue: {
    arns: [`arn:{partition}:sqs:${HERE}:{name}`],
    ...actionsOf('sqs', {
      create: 'CreateQueue TagQueue',
      read: 'GetQueueAttributes GetQueueUrl ListQueueTags',
      update: 'SetQueueAttributes TagQueue UntagQueue',
      delete: 'DeleteQueue',
    }),
  },
  aws_sqs_queue_policy: { ...QUEUE_BY_URL, ...QUEUE_ATTRIBUTES },
  aws_sqs_queue_redrive_policy: { ...QUEUE_BY_URL, ...QUEUE_ATTRIBUTES },
};
