import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Construct } from 'constructs';
import type { LogOptions, AwsProviderOptions } from './options';

/** Props of a `LogGroup`. */
export interface LogGroupProps extends LogOptions, AwsProviderOptions {
  /** Name of the log group, for example `/aws/lambda/NAME`. */
  readonly name: string;
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
