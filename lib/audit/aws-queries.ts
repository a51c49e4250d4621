/*
 * Filters of CloudWatch Logs for what an auditor asks of CloudTrail.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */

/** The most that a filter may have. */
export const LONGEST_PATTERN = 1_024;

const ISSUER = '$.userIdentity.sessionContext.sessionIssuer.arn';

/**
 * Somebody was refused a role. Who is refused has no request parameters in the log: the role stands in the message.
 */
export function roleRefused(roleArn: string): string {
  return `{ ($.eventSource = "sts.amazonaws.com") && ($.eventName = "AssumeRole*") && ($.errorCode = "*") && (($.requestParameters.roleArn = "${roleArn}") || ($.errorMessage = "*${roleArn}*")) }`;
}

/** What a role trusts or may do was changed. */
export function roleChanged(roleArn: string): string {
  const changes = [
    'UpdateAssumeRolePolicy',
    'PutRolePolicy',
    'DeleteRolePolicy',
    'AttachRolePolicy',
    'DetachRolePolicy',
    'DeleteRole',
  ].map((name) => `($.eventName = "${name}")`);
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return `{ ($.eventSource = "iam.amazonaws.com") && ($.errorCode NOT EXISTS) && ($.requestParameters.roleName = "${roleName}") && (${changes.join(' || ')}) }`;
}

/** Executions of a state machine were started, stopped or run again by somebody who is not expected to. */
export function unexpectedExecution(stateMachineArn: string, starterRoleArns: readonly string[]): string {
  const execution = stateMachineArn.replace(':stateMachine:', ':execution:');
  const strangers = starterRoleArns.map((arn) => `(${ISSUER} != "${arn}")`);
  const who = strangers.length === 0 ? '' : ` && ((${ISSUER} NOT EXISTS) || (${strangers.join(' && ')}))`;
  return `{ ($.eventSource = "states.amazonaws.com") && (($.requestParameters.stateMachineArn = "${stateMachineArn}") || ($.requestParameters.stateMachineArn = "${stateMachineArn}:*") || ($.requestParameters.executionArn = "${execution}:*")) && (($.eventName = "Start*") || ($.eventName = "StopExecution") || ($.eventName = "RedriveExecution"))${who} }`;
}

/** A state machine, or what its alias points to, was changed. */
export function stateMachineChanged(stateMachineArn: string): string {
  return `{ ($.eventSource = "states.amazonaws.com") && ($.errorCode NOT EXISTS) && (($.eventName = "UpdateStateMachine*") || ($.eventName = "DeleteStateMachine*")) && (($.requestParameters.stateMachineArn = "${stateMachineArn}") || ($.requestParameters.stateMachineAliasArn = "${stateMachineArn}:*")) }`;
}

/** A key can no longer be used, or soon not. */
export const KEY_DISABLED =
  '{ ($.eventSource = "kms.amazonaws.com") && ($.errorCode NOT EXISTS) && (($.eventName = "DisableKey") || ($.eventName = "ScheduleKeyDeletion")) }';

/** A trail keeps less than before. */
export const TRAIL_CHANGED =
  '{ ($.eventSource = "cloudtrail.amazonaws.com") && ($.errorCode NOT EXISTS) && (($.eventName = "StopLogging") || ($.eventName = "DeleteTrail") || ($.eventName = "UpdateTrail") || ($.eventName = "PutEventSelectors")) }';
