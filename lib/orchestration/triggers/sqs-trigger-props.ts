import type { TriggerProps } from './trigger-props';

/** A queue of SQS that exists. */
export interface SourceQueue {
  /** ARN of the queue, in the account and region of the orchestrator: a standard one. */
  readonly arn: string;
  /**
   * ARN of the KMS key that encrypts it.
   * @default - a key of AWS
   */
  readonly kmsKeyArn?: string;
  /**
   * Whether the trigger sets its redrive policy, so that messages that start nothing go to the dead-letter queue of the
   * trigger. The queue's own configuration then says nothing of one.
   * @default true
   */
  readonly setsRedrivePolicy?: boolean;
}

/** Messages that start one execution together. */
export interface MessageBatch {
  /** Maximum number of messages: 2 to 250. `States.Hash` accepts the ids of no larger batch. */
  readonly size: number;
  /**
   * Seconds in which they are gathered: 0 to 300.
   * @default 0
   */
  readonly windowSeconds?: number;
}

/** Props of a `SqsTrigger`. */
export interface SqsTriggerProps extends TriggerProps {
  /**
   * Queue of the messages.
   * @default - one of its own, `trigger.queueArn`
   */
  readonly queue?: SourceQueue;
  /**
   * Which messages start an execution: patterns of EventBridge, of which one must match, for example
   * `{ body: { kind: ['order'] } }`. The others are deleted.
   * @default - all
   */
  readonly filters?: readonly Readonly<Record<string, unknown>>[];
  /**
   * Several messages for one execution; the event is their list. A batch that comes again may hold other messages, so
   * that a message may start two executions.
   * @default - one message starts one execution
   */
  readonly batch?: MessageBatch;
  /**
   * Paths to what tells one message from another: `$.body` is a text, also where it holds JSON.
   * @default - ["$.messageId"]
   */
  readonly deduplicationPaths?: readonly string[];
  /**
   * Times that a message is received before it goes to the dead-letter queue: 1 to 1,000.
   * @default 5
   */
  readonly maxReceiveCount?: number;
  /**
   * Whether it is on.
   * @default true
   */
  readonly enabled?: boolean;
}
