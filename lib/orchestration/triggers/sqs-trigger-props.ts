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
   * Seconds in which they are gathered: 0 to 300.
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
