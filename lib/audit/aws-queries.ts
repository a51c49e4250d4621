/*
 * Filters of CloudWatch Logs for events of CloudTrail.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */

/** Maximum length of a filter. */
export const LONGEST_PATTERN = 1_024;

const ISSUER = '$.userIdentity.sessionContext.sessionIssuer.arn';

/** AssumeRole was denied for a role. A denied request has no parameters in the log, and the message has the ARN. */
export function roleRefused(roleArn: string): string {
  return `{ ($.eventSource = "sts.amazonaws.com") && ($.eventName = "AssumeRole*") && ($.errorCode = "*") && (($.requestParameters.roleArn = "${roleArn}") || ($.errorMessage = "*${roleArn}*")) }`;
}

/** The trust or the permissions of a role changed. */
export function roleChanged(roleArn: string): string {
  const changes = [
    'UpdateAssumeRolePolicy',
    'PutRolePolicy',
    'DeleteRolePolicy',
    'AttachRolePolicy',
    'DetachRolePolicy',
    'PutRolePermissionsBoundary',
    'DeleteRolePermissionsBoundary',
    'DeleteRole',
  ].map((name) => `($.eventName = "${name}")`);
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return `{ ($.eventSource = "iam.amazonaws.com") && ($.errorCode NOT EXISTS) && ($.requestParameters.roleName = "${roleName}") && (${changes.join(' || ')}) }`;
}

/** An unexpected caller started, stopped or redrove executions of a state machine. */
export function unexpectedExecution(stateMachineArn: string, starterRoleArns: readonly string[]): string {
  const execution = stateMachineArn.replace(':stateMachine:', ':execution:');
  const strangers = starterRoleArns.map((arn) => `(${ISSUER} != "${arn}")`);
  const who = strangers.length === 0 ? '' : ` && ((${ISSUER} NOT EXISTS) || (${strangers.join(' && ')}))`;
  return `{ ($.eventSource = "states.amazonaws.com") && (($.requestParameters.stateMachineArn = "${stateMachineArn}") || ($.requestParameters.stateMachineArn = "${stateMachineArn}:*") || ($.requestParameters.executionArn = "${execution}:*")) && (($.eventName = "Start*") || ($.eventName = "StopExecution") || ($.eventName = "RedriveExecution"))${who} }`;
}

/** A state machine or its alias changed. */
export function stateMachineChanged(stateMachineArn: string): string {
  return `{ ($.eventSource = "states.amazonaws.com") && ($.errorCode NOT EXISTS) && (($.eventName = "UpdateStateMachine*") || ($.eventName = "DeleteStateMachine*")) && (($.requestParameters.stateMachineArn = "${stateMachineArn}") || ($.requestParameters.stateMachineAliasArn = "${stateMachineArn}:*")) }`;
}

/** A key is disabled or scheduled for deletion. */
export const KEY_DISABLED =
  '{ ($.eventSource = "kms.amazonaws.com") && ($.errorCode NOT EXISTS) && (($.eventName = "DisableKey") || ($.eventName = "ScheduleKeyDeletion")) }';

/** A trail was stopped, deleted or changed. */
export const TRAIL_CHANGED =
  '{ ($.eventSource = "cloudtrail.amazonaws.com") && ($.errorCode NOT EXISTS) && (($.eventName = "StopLogging") || ($.eventName = "DeleteTrail") || ($.eventName = "UpdateTrail") || ($.eventName = "PutEventSelectors")) }';
