import { partitionOf, type AwsAccount } from '../../aws/account';
import type { AwsPolicyStatement } from '../../aws/policy-statement';
import { arnOf } from '../../aws/names';
import { statementsIn } from './asl/partition';
import type { DefinitionRequirements } from './state-machine-definition';

/** Statements of the execution role: those of the steps, and those that AWS requires for each state machine. */
export function executionStatements(
  name: string,
  account: AwsAccount,
  needs: DefinitionRequirements,
): AwsPolicyStatement[] {
  const functions = [...new Set(needs.functions.map(({ functionArn }) => functionArn))].sort();
  return [
    ...(functions.length > 0
      ? [{ sid: 'InvokeTargets', actions: ['lambda:InvokeFunction'], resources: functions }]
      : []),
    ...statementsIn(partitionOf(account), needs.statements),
    ...(needs.childExecutions ? childExecutions(name, account) : []),
    ...LOGGING_AND_TRACING,
  ];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html */
function childExecutions(name: string, account: AwsAccount): AwsPolicyStatement[] {
  return [
    {
      sid: 'StartChildExecutions',
      actions: ['states:StartExecution'],
      resources: [arnOf(account, 'states', `stateMachine:${name}`)],
    },
    {
      sid: 'FollowChildExecutions',
      actions: ['states:DescribeExecution', 'states:StopExecution', 'states:RedriveExecution'],
      // The ARN of a child names the label of its Map; older ARNs name the state machine alone.
      resources: [':*', '/*'].map((rest) => arnOf(account, 'states', `execution:${name}${rest}`)),
    },
  ];
}

/**
 * Log delivery and X-Ray know no resources.
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy
 */
export const LOGGING_AND_TRACING: readonly AwsPolicyStatement[] = [
  {
    sid: 'DeliverLog',
    actions: [
      'logs:CreateLogDelivery',
      'logs:GetLogDelivery',
      'logs:UpdateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
    ],
    resources: ['*'],
  },
  {
    sid: 'WriteTraces',
    actions: [
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
    ],
    resources: ['*'],
  },
];
