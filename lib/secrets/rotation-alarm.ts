import type { Construct } from 'constructs';
import { EventAlarm } from '../aws/alarm';
import { functionMetric } from '../aws/metric';
import type { AwsProviderOptions } from '../aws/options';

/** Props of a `RotationAlarm`. */
export interface RotationAlarmProps extends AwsProviderOptions {
  /** Name of the function that rotates the secret. */
  readonly functionName: string;
  /**
   * ARNs that CloudWatch notifies.
   * @default - an alarm without actions
   */
  readonly actions?: readonly string[];
}

/** An alarm on the first failed rotation. */
export class RotationAlarm extends EventAlarm {
  constructor(scope: Construct, id: string, { functionName, actions, awsProvider }: RotationAlarmProps) {
    super(scope, id, {
      name: `${functionName}-failed`,
      description:
        'The rotation of a secret failed. Consumers keep the previous value. The log has the cause.',
      metric: functionMetric(functionName, 'Errors'),
      actions,
      awsProvider,
    });
  }
}
