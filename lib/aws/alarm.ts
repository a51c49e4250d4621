import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import type { CloudWatchMetric } from './metric';
import type { AwsProviderOptions } from './options';

/** Props of an `EventAlarm`. */
export interface EventAlarmProps extends AwsProviderOptions {
  /** Name of the alarm in CloudWatch. */
  readonly name: string;
  /** Meaning of the alarm and the first action of the reader. */
  readonly description: string;
  /** Metric of the events: `Sum` of a count, or `Maximum` of a level, for example the length of a queue. */
  readonly metric: CloudWatchMetric;
  /**
   * ARNs that CloudWatch notifies, for example of an SNS topic.
   * @default - an alarm without actions
   */
  readonly actions?: readonly string[];
}

/** An alarm on the first event within five minutes. Missing data counts as no event. */
export class EventAlarm extends CloudwatchMetricAlarm {
  constructor(scope: Construct, id: string, props: EventAlarmProps) {
    super(scope, id, {
      alarmName: props.name,
      alarmDescription: props.description,
      ...props.metric,
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
      alarmActions: props.actions && [...props.actions],
      provider: props.awsProvider,
    });
  }
}
