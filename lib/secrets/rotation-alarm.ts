import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';

/** Props of a rotation alarm. */
export interface RotationAlarmProps {
  /** Name of the function. */
  readonly functionName: string;
  readonly actions?: readonly string[];
  readonly awsProvider?: TerraformProvider;
}

/** An alarm with the first run that fails. */
export function addRotationAlarm(
  scope: Construct,
  { functionName, actions, awsProvider }: RotationAlarmProps,
): void {
  new CloudwatchMetricAlarm(scope, 'alarm', {
    alarmName: `${functionName}-failed`,
    alarmDescription: 'A secret could not be rotated. Consumers have the value before; the log says why.',
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensions: { FunctionName: functionName },
    statistic: 'Sum',
    period: 300,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
    alarmActions: actions && [...actions],
    provider: awsProvider,
  });
}
