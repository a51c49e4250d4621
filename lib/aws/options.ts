import type { TerraformProvider } from 'cdktf';
import { integer, knownAtSynth, list, optional, provider, type Shape } from '../core/rules';
import { actionArn, kmsKeyArn, memoryMb, retentionDays } from './names';

/** AWS provider of a construct. */
export interface AwsProviderOptions {
  /**
   * AWS provider of the resources on AWS.
   * @default - the default provider of the stack
   */
  readonly awsProvider?: TerraformProvider;
}

export const awsProviderRules: Shape<AwsProviderOptions> = { awsProvider: optional(provider('aws')) };

/** Actions of the alarms of a construct. */
export interface AlarmOptions {
  /**
   * ARNs that the alarms notify, for example of SNS topics.
   * @default - alarms without actions
   */
  readonly alarmActions?: readonly string[];
}

export const alarmRules: Shape<AlarmOptions> = { alarmActions: optional(list(actionArn)) };

/** Retention and encryption of the logs of a construct. */
export interface LogOptions {
  /**
   * Retention of the logs in days: one of the values that CloudWatch Logs accepts.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * ARN of the KMS key of the logs and of the dead-letter queues, if the construct has any. The key policy must allow
   * CloudWatch Logs, and each service that sends to a queue, to use the key.
   * @default - encryption with keys of AWS
   */
  readonly kmsKeyArn?: string;
}

export const logRules: Shape<LogOptions> = {
  logRetentionDays: optional(retentionDays),
  kmsKeyArn: optional(kmsKeyArn),
};

/** Options of the functions that a construct deploys. */
export interface FunctionOptions extends LogOptions {
  /**
   * Memory of each function in MB: 128 to 10,240. CPU comes with memory.
   * @default 256
   */
  readonly memoryMb?: number;
  /**
   * Reserved concurrency of the function that executions invoke: 1 to 1,000. A clean-up function has none.
   * @default - the unreserved concurrency of the account
   */
  readonly reservedConcurrency?: number;
}

export const functionRules: Shape<FunctionOptions> = {
  memoryMb: optional(memoryMb),
  ...logRules,
  reservedConcurrency: optional(knownAtSynth(integer(1, 1_000))),
};
