import { checkRegionalArns } from '../aws/regional-arns';
import {
  boolean,
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  type Report,
  type Rule,
  type Shape,
} from '../core/rules';
import { awsAccount, awsRoleArn } from '../aws/account';
import { kmsKeyArn, retentionDays } from '../aws/names';
import type { AwsAuditTrailProps } from './aws-audit-trail-props';
import { LONGEST_PATTERN, unexpectedExecution } from './aws-queries';
import { awsProviderRules, alarmRules } from '../aws/options';
import { toName } from '../core/remedies';

const arn = (service: string, thing: string, example: string): Rule =>
  knownAtSynth(
    matching(
      new RegExp(`^arn:aws[\\w-]*:${service}:[a-z0-9-]+:\\d{12}:${thing}$`),
      `be an ARN of the form ${example}`,
    ),
  );

const TRAIL_NAME = /^[a-z][-a-z0-9]{1,28}[a-z0-9]$/;

export const auditTrailRules: Shape<AwsAuditTrailProps> = {
  account: awsAccount,
  name: optional(
    knownAtSynth(
      matching(
        TRAIL_NAME,
        'have 3 to 30 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen',
        (value) => toName(value, TRAIL_NAME),
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
  deletionProtection: optional(boolean),
  kmsKeyArn: optional(knownAtSynth(kmsKeyArn)),
  ...alarmRules,
  ...awsProviderRules,
};

// Values of all conditions of a trail. Five of them select the kinds of events.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
const MOST_ARNS = 495;

// Each role and each state machine has two filters, and the account has two. A log group has 100 filters.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
const MOST_FILTERED = (100 - 2) / 2;

/** Rules between the props of an `AwsAuditTrail`. */
export function auditTrailCrossChecks(props: AwsAuditTrailProps, report: Report): void {
  const { functionArns = [], stateMachineArns = [], starterRoleArns = [], roleArns = [] } = props;
  checkRegionalArns(props, report);
  if (2 * functionArns.length + stateMachineArns.length > MOST_ARNS) {
    const rule = `name at most ${MOST_ARNS} ARNs (a function counts as two), the limit of one trail`;
    report({
      property: 'functionArns',
      value: `${functionArns.length} functions`,
      rule,
      fix: 'Create a second trail.',
    });
  }
  if (roleArns.length + stateMachineArns.length > MOST_FILTERED) {
    report({
      property: 'roleArns',
      value: `${roleArns.length} roles, ${stateMachineArns.length} state machines`,
      rule: `have at most ${MOST_FILTERED} roles and state machines together, because a log group has 100 metric filters`,
      fix: 'Create a second trail.',
    });
  }
  if (starterRoleArns.length > 0 && stateMachineArns.length === 0) {
    const rule = 'be set when starterRoleArns is set';
    report({ property: 'stateMachineArns', value: undefined, rule, fix: 'Set stateMachineArns.' });
  }
  for (const [index, each] of stateMachineArns.entries()) {
    const { length } = unexpectedExecution(each, starterRoleArns);
    if (length <= LONGEST_PATTERN) continue;
    report({
      property: `stateMachineArns[${index}]`,
      value: each,
      rule: `keep the metric filter for its ${starterRoleArns.length} starters within ${LONGEST_PATTERN} characters (${length} now)`,
      fix: 'Create one trail per state machine, with its starters.',
    });
    break;
  }
}
