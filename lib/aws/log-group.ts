import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';

/** Props of a `LogGroup`. */
export interface LogGroupProps {
  /** Name of the log group, for example `/aws/lambda/NAME`. */
  readonly name: string;
  /**
   * Days until CloudWatch Logs deletes an entry.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * ARN of the KMS key that encrypts the log group.
   * @default - a key that AWS owns
   */
  readonly kmsKeyArn?: string;
  /**
   * AWS provider of the log group.
   * @default - the default provider of the stack
   */
  readonly awsProvider?: TerraformProvider;
}

/** A log group with a retention. CloudWatch Logs keeps the entries of a group without one for ever. */
export class LogGroup extends CloudwatchLogGroup {
  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id, {
      name: props.name,
      retentionInDays: props.logRetentionDays ?? 365,
      kmsKeyId: props.kmsKeyArn,
      provider: props.awsProvider,
    });
  }
}
