import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { EventAlarm } from '../../aws/alarm';

/** Props of `ExecutionAlarms`. */
export interface ExecutionAlarmsProps {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly actions?: readonly string[];
  readonly awsProvider?: TerraformProvider;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html */
const ALARMS = [
  { id: 'failed', metric: 'ExecutionsFailed', means: 'An execution failed' },
  { id: 'timed-out', metric: 'ExecutionsTimedOut', means: 'An execution took longer than it may' },
  { id: 'throttled', metric: 'ExecutionThrottled', means: 'Step Functions slowed executions down' },
];

/** An alarm for each way in which executions do not end well. */
export class ExecutionAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { name, stateMachineArn, actions, awsProvider }: ExecutionAlarmsProps,
  ) {
    super(scope, id);
    for (const alarm of ALARMS) {
      new EventAlarm(this, alarm.id, {
        name: `${name}-${alarm.id}`,
        description: `${alarm.means} of the state machine ${name}.`,
        namespace: 'AWS/States',
        metricName: alarm.metric,
        dimensions: { StateMachineArn: stateMachineArn },
        statistic: 'Sum',
        actions,
        awsProvider,
      });
    }
  }
}
