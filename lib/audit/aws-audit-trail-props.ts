import type { AwsAccount } from '../aws/account';
import type { AlarmOptions, AwsProviderOptions } from '../aws/options';

/** Props of an `AwsAuditTrail`. */
export interface AwsAuditTrailProps extends AlarmOptions, AwsProviderOptions {
  /**
   * Account whose calls are kept, those of all its regions, and the region of the bucket and the log.
   * @default - the account of `Defaults.of(scope)`; required if no scope has one
   */
  readonly account?: AwsAccount;
  /**
   * Name of the trail: 3 to 30 lower-case letters, digits and hyphens. The bucket is named after it and the account.
   * Another name replaces the bucket.
   * @default audit
   */
  readonly name?: string;
  /**
   * ARNs of functions whose calls are kept one by one, with or without an alias: `target.functionArn`.
   * @default - none
   */
  readonly functionArns?: readonly string[];
  /**
   * ARNs of monitored state machines, whose HTTP calls are kept too: `orchestrator.stateMachineArn`.
   * @default - none
   */
  readonly stateMachineArns?: readonly string[];
  /**
   * ARNs of the roles that start and stop their executions: `trigger.starterRoleArn`. Each other caller raises an
   * alarm. Requires `stateMachineArns`.
   * @default - each start and stop raises an alarm
   */
  readonly starterRoleArns?: readonly string[];
  /**
   * ARNs of monitored roles: a denied AssumeRole and a change of trust or permissions raise an alarm. Include the roles
   * that are federated to Google Cloud.
   * @default - none
   */
  readonly roleArns?: readonly string[];
  /**
   * Days that the bucket keeps events: 1 to 3,650.
   * @default 400
   */
  readonly retentionDays?: number;
  /**
   * Days that the log group, which the alarms read, keeps events: one of the values that CloudWatch Logs accepts.
   * @default 90
   */
  readonly logRetentionDays?: number;
  /**
   * Whether a plan that deletes the store of the records fails. To delete the store, set `false` and apply first.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * ARN of the KMS key of bucket and log. Its policy must allow `cloudtrail.amazonaws.com` and CloudWatch Logs to use it.
   * @default - encrypted with keys of AWS
   */
  readonly kmsKeyArn?: string;
}
