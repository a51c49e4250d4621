import type { Construct } from 'constructs';
import { DeadLetterQueue } from '../../aws/dead-letter-queue';
import type { TriggerProps } from './trigger-props';

/** The queue of a trigger that keeps the events that started nothing. */
export function undelivered(
  scope: Construct,
  { name, orchestrator, kmsKeyArn, alarmActions, awsProvider }: TriggerProps,
): DeadLetterQueue {
  return new DeadLetterQueue(scope, 'dead-letters', {
    name: `${name}-undelivered`,
    account: orchestrator.account,
    kmsKeyArn,
    alarmActions,
    awsProvider,
  });
}
