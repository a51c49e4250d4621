/**
 * A CloudWatch metric with its statistic, as plain data. It spreads into a `CloudwatchMetricAlarm`, and a `MetricGate`
 * reads it. For a percentile, an alarm takes `{ ...metric, statistic: undefined, extendedStatistic: 'p95' }`.
 */
export interface CloudWatchMetric {
  /** Namespace, for example `AWS/States`. */
  readonly namespace: string;
  /** Name of the metric. */
  readonly metricName: string;
  /**
   * Dimensions of the metric, all of them: up to 30. The type is mutable because the provider binding asks for that.
   * @default - a metric without dimensions
   */
  readonly dimensions?: Record<string, string>;
  /** Statistic: `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount`, or a percentile, for example `p99`. */
  readonly statistic: string;
  /**
   * Seconds that one value covers: a multiple of 60, up to 86,400.
   * @default 300
   */
  readonly period?: number;
}

/** Changes to the statistic of a metric. */
export interface MetricOptions {
  /**
   * Statistic: `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount`, or a percentile, for example `p99`.
   * @default - `Sum` for counts, `Maximum` for levels and durations
   */
  readonly statistic?: string;
  /**
   * Seconds that one value covers: a multiple of 60, up to 86,400.
   * @default 300
   */
  readonly period?: number;
}

/** Metrics of a Lambda function: its `Duration` is in milliseconds. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export type FunctionMetric = 'Invocations' | 'Errors' | 'Throttles' | 'Duration';

/** Metric of a Lambda function. */
export function functionMetric(
  functionName: string,
  metricName: FunctionMetric,
  { statistic, period }: MetricOptions = {},
): CloudWatchMetric {
  return {
    namespace: 'AWS/Lambda',
    metricName,
    dimensions: { FunctionName: functionName },
    statistic: statistic ?? (metricName === 'Duration' ? 'Maximum' : 'Sum'),
    period: period ?? 300,
  };
}

/** Metric of a Lambda function by the ARN of its alias, which is known at synth. */
export function aliasMetric(
  functionArn: string,
  metricName: FunctionMetric,
  options?: MetricOptions,
): CloudWatchMetric {
  const [, functionName = ''] = /:function:([^:]+)/.exec(functionArn) ?? [];
  return functionMetric(functionName, metricName, options);
}

/**
 * Number of messages that wait in an SQS queue.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function queueLengthMetric(queueName: string): CloudWatchMetric {
  return {
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: queueName },
    statistic: 'Maximum',
    period: 300,
  };
}
