import type { TerraformProvider } from 'cdktf';
import type { AwsAccount } from '../aws/account';

/** Props of an `AwsAuditTrail`. */
export interface AwsAuditTrailProps {
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
   * ARNs of state machines that are watched, and whose HTTP calls are kept: `orchestrator.stateMachineArn`.
   * @default - none
   */
  readonly stateMachineArns?: readonly string[];
  /**
   * ARNs of the roles that may start and stop their executions: `trigger.starterRoleArn`. Anybody else raises an
   * alarm. Needed with `stateMachineArns`.
   * @default - nobody may
   */
  readonly starterRoleArns?: readonly string[];
  /**
   * ARNs of roles that are watched: who is refused them, and who changes what they trust or may do. The roles that
   * Google knows belong here.
   * @default - none
   */
  readonly roleArns?: readonly string[];
  /**
   * Days that the bucket keeps what happened: 1 to 3,650.
   * @default 400
   */
  readonly retentionDays?: number;
  /**
   * Days that the log keeps it, on which the alarms look: one of the values that CloudWatch Logs takes.
   * @default 90
   */
  readonly logRetentionDays?: number;
  /**
   * Whether Terraform refuses to delete the store of the records. To delete it, set `false` and apply first.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * ARN of the KMS key of bucket and log. Its policy lets `cloudtrail.amazonaws.com` and CloudWatch Logs use it.
   * @default - encrypted with keys of AWS
   */
  readonly kmsKeyArn?: string;
  /**
   * What its alarms call: ARNs of SNS topics, for example.
   * @default - the alarms are only seen
   */
  readonly alarmActions?: readonly string[];
  /**
   * AWS provider of all that it makes.
   * @default - the default provider of the stack
   */
  readonly awsProvider?: TerraformProvider;
}
