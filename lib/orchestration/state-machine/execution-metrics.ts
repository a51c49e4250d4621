import type { CloudWatchMetric, MetricOptions } from '../../aws/metric';

/**
 * Metrics of the executions of a state machine.
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export type ExecutionMetric =
  | 'ExecutionsStarted'
  | 'ExecutionsSucceeded'
  | 'ExecutionsFailed'
  | 'ExecutionsAborted'
  | 'ExecutionsTimedOut'
  | 'ExecutionThrottled'
  | 'ExecutionTime';

/** Metric of a state machine: the sum of a count, or the maximum of the duration in milliseconds. */
export function executionMetric(
  stateMachineArn: string,
  metricName: ExecutionMetric,
  { statistic, period }: MetricOptions = {},
): CloudWatchMetric {
  return {
    namespace: 'AWS/States',
    metricName,
    dimensions: { StateMachineArn: stateMachineArn },
    statistic: statistic ?? (metricName === 'ExecutionTime' ? 'Maximum' : 'Sum'),
    period: period ?? 300,
  };
}
