import type { Construct } from 'constructs';
import { DeadLetterQueue } from '../../aws/dead-letter-queue';
import type { TriggerProps } from './trigger-props';

/** The queue of a trigger that keeps the events that started no execution. */
export class TriggerDeadLetterQueue extends DeadLetterQueue {
  constructor(
    scope: Construct,
    id: string,
    { name, orchestrator, kmsKeyArn, alarmActions, awsProvider }: TriggerProps,
  ) {
    super(scope, id, {
      name: `${name}-undelivered`,
      account: orchestrator.account,
      kmsKeyArn,
      alarmActions,
      awsProvider,
    });
  }
}
