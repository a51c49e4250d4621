import type { TriggerProps } from './trigger-props';

/** A standard queue of SQS: an `SqsQueue` of the same stack, or plain strings. */
export interface QueueSource {
  /** ARN of the queue, in the account and region of the orchestrator. */
  readonly arn: string;
  /**
   * URL of the queue.
   * @default - derived from `arn`; required if `arn` is a token and the trigger sets the redrive policy
   */
  readonly url?: string;
  /**
   * ARN of the KMS key of the queue, which the role of the pipe uses.
   * @default - encryption with a key of AWS
   */
  readonly kmsKeyArn?: string;
  /**
   * Whether the trigger sets the redrive policy of the queue, so that messages that start no execution go to the
   * dead-letter queue of the trigger. The queue must not set another one.
   * @default true
   */
  readonly setsRedrivePolicy?: boolean;
}

/** Messages that start one execution together. */
export interface MessageBatch {
  /** Maximum number of messages: 2 to 250. `States.Hash` accepts the ids of no larger batch. */
  readonly size: number;
  /**
   * Seconds in which EventBridge Pipes collects the messages: 0 to 300.
   * @default 0
   */
  readonly windowSeconds?: number;
}

/** Props of a `SqsTrigger`. */
export interface SqsTriggerProps extends TriggerProps {
  /**
   * Queue of the messages: an `SqsQueue` of this stack, or `{ arn }` of an existing queue.
   * @default - a new queue, `trigger.queueArn`
   */
  readonly queue?: QueueSource;
  /**
   * Event patterns of EventBridge, one of which a message must match, for example `{ body: { kind: ['order'] } }`.
   * EventBridge Pipes deletes the other messages.
   * @default - every message starts an execution
   */
  readonly filters?: readonly Readonly<Record<string, unknown>>[];
  /**
   * Several messages for one execution; the event is their list. A repeated batch can contain other messages, so one
   * message can start two executions.
   * @default - one message starts one execution
   */
  readonly batch?: MessageBatch;
  /**
   * JSONPaths that identify a message. `$.body` is a string, even if it contains JSON.
   * @default - ["$.messageId"]
   */
  readonly deduplicationPaths?: readonly string[];
  /**
   * Number of receives before a message goes to the dead-letter queue: 1 to 1,000.
   * @default 5
   */
  readonly maxReceiveCount?: number;
  /**
   * Whether the trigger is enabled.
   * @default true
   */
  readonly enabled?: boolean;
}
