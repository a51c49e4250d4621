import {
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  provider,
  type Report,
  type Rule,
  type Shape,
} from '../core/rules';
import { awsAccount, awsRoleArn } from '../aws/account';
import { actionArn, kmsKeyArn, retentionDays } from '../aws/names';
import type { AwsAuditTrailProps } from './aws-audit-trail-props';
import { LONGEST_PATTERN, unexpectedExecution } from './aws-queries';

const arn = (service: string, thing: string, example: string): Rule =>
  knownAtSynth(
    matching(
      new RegExp(`^arn:aws[\\w-]*:${service}:[a-z0-9-]+:\\d{12}:${thing}$`),
      `it is named by its ARN, ${example}`,
    ),
  );

export const auditTrailRules: Shape<AwsAuditTrailProps> = {
  account: awsAccount,
  name: optional(
    knownAtSynth(
      matching(
        /^[a-z][-a-z0-9]{1,28}[a-z0-9]$/,
        'it has 3 to 30 lower-case letters, digits and hyphens, starts with a letter and does not end with a hyphen',
      ),
    ),
  ),
  functionArns: optional(
    list(arn('lambda', 'function:[\\w-]{1,64}(:[\\w-]+)?', 'arn:aws:lambda:REGION:ACCOUNT:function:NAME')),
  ),
  stateMachineArns: optional(
    list(arn('states', 'stateMachine:[\\w-]{1,80}', 'arn:aws:states:REGION:ACCOUNT:stateMachine:NAME')),
  ),
  starterRoleArns: optional(list(knownAtSynth(awsRoleArn))),
  roleArns: optional(list(knownAtSynth(awsRoleArn))),
  retentionDays: optional(knownAtSynth(integer(1, 3_650))),
  logRetentionDays: optional(retentionDays),
  kmsKeyArn: optional(knownAtSynth(kmsKeyArn)),
  alarmActions: optional(list(actionArn)),
  awsProvider: optional(provider('aws')),
};

// Values of all conditions of a trail, of which five say what kind of event is meant.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
const MOST_ARNS = 495;

/** Rules between the props of an `AwsAuditTrail`. */
export function auditTrailCrossChecks(props: AwsAuditTrailProps, report: Report): void {
  const { functionArns = [], stateMachineArns = [], starterRoleArns = [] } = props;
  if (2 * functionArns.length + stateMachineArns.length > MOST_ARNS) {
    const rule = `a trail tells ${MOST_ARNS} ARNs apart, and a function has two`;
    report({
      property: 'functionArns',
      value: `${functionArns.length} functions`,
      rule,
      fix: 'Make a second trail.',
    });
  }
  if (starterRoleArns.length > 0 && stateMachineArns.length === 0) {
    const rule = 'who may start is asked of a state machine';
    report({ property: 'stateMachineArns', value: undefined, rule, fix: 'Name the state machines.' });
  }
  for (const [index, each] of stateMachineArns.entries()) {
    const { length } = unexpectedExecution(each, starterRoleArns);
    if (length <= LONGEST_PATTERN) continue;
    report({
      property: `stateMachineArns[${index}]`,
      value: each,
      rule: `the filter that knows its ${starterRoleArns.length} starters has ${length} characters, of ${LONGEST_PATTERN} at most`,
      fix: 'Make a trail for each state machine, with its own starters.',
    });
    break;
  }
}
