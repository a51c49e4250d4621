import { Construct } from 'constructs';
import { EventAlarm } from '../../aws/alarm';
import { executionMetric } from './execution-metrics';
import type { AwsProviderOptions } from '../../aws/options';

/** Props of `ExecutionAlarms`. */
export interface ExecutionAlarmsProps extends AwsProviderOptions {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly actions?: readonly string[];
}

const ALARMS = [
  { id: 'failed', metric: 'ExecutionsFailed', event: 'failed' },
  { id: 'timed-out', metric: 'ExecutionsTimedOut', event: 'exceeded its time-out' },
  { id: 'throttled', metric: 'ExecutionThrottled', event: 'was throttled' },
] as const;

/** Alarms on executions that fail, time out or are throttled. */
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
        description: `An execution of the state machine ${name} ${alarm.event}.`,
        metric: executionMetric(stateMachineArn, alarm.metric),
        actions,
        awsProvider,
      });
    }
  }
}
