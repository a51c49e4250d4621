import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';

/** Props of an `EventAlarm`. */
export interface EventAlarmProps {
  /** Name of the alarm in CloudWatch. */
  readonly name: string;
  /** Meaning of the alarm and the first action of the reader. */
  readonly description: string;
  /** Namespace of the metric, for example `AWS/Lambda`. */
  readonly namespace: string;
  /** Name of the metric. */
  readonly metricName: string;
  /**
   * Dimensions of the metric.
   * @default - a metric without dimensions
   */
  readonly dimensions?: Readonly<Record<string, string>>;
  /** `Sum` for a count of events; `Maximum` for a level, for example the length of a queue. */
  readonly statistic: 'Sum' | 'Maximum';
  /**
   * ARNs that CloudWatch notifies, for example of an SNS topic.
   * @default - an alarm without actions
   */
  readonly actions?: readonly string[];
  /**
   * AWS provider of the alarm.
   * @default - the default provider of the stack
   */
  readonly awsProvider?: TerraformProvider;
}

/** An alarm on the first event within five minutes. Missing data counts as no event. */
export class EventAlarm extends CloudwatchMetricAlarm {
  constructor(scope: Construct, id: string, props: EventAlarmProps) {
    super(scope, id, {
      alarmName: props.name,
      alarmDescription: props.description,
      namespace: props.namespace,
      metricName: props.metricName,
      dimensions: props.dimensions,
      statistic: props.statistic,
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
