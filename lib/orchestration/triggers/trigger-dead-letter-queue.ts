import type { Construct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { DeadLetterQueue } from '../../aws/dead-letter-queue';
import type { TriggerProps } from './trigger-props';

/** The queue of a trigger that keeps the events that started no execution. */
export class TriggerDeadLetterQueue extends DeadLetterQueue {
  constructor(
    scope: Construct,
    id: string,
    { name, orchestrator, kmsKeyArn, alarmActions, awsProvider }: WithInherited<TriggerProps>,
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
