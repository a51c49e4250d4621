import type { GoogleProject } from '../../google/project';
import type { TriggerProps } from './trigger-props';
import type { GoogleProviderOptions } from '../../google/options';

/** Delivery attempts of Pub/Sub before a message goes to the dead-letter topic. */
export interface PushRetry {
  /**
   * Number of attempts: 5 to 100.
   * @default 10
   */
  readonly attempts?: number;
  /**
   * Seconds before the second attempt: 1 to 600.
   * @default 10
   */
  readonly minimumSeconds?: number;
  /**
   * Maximum number of seconds between two attempts: 1 to 600.
   * @default 600
   */
  readonly maximumSeconds?: number;
}

/** Props of a `PubSubTrigger`. */
export interface PubSubTriggerProps extends TriggerProps, GoogleProviderOptions {
  /**
   * Project of the subscription, with its number, which is part of the name of the Pub/Sub service agent.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /** Topic of the messages: a name in the project, or `projects/PROJECT/topics/NAME`. */
  readonly topic: string;
  /**
   * Filter of the messages, in the language of Pub/Sub: `attributes.kind = "order"`. A change replaces the
   * subscription.
   * @default - every message
   */
  readonly filter?: string;
  /**
   * JSONPaths that identify a message.
   * @default - ["$.message.messageId"], which Pub/Sub assigns to each message
   */
  readonly deduplicationPaths?: readonly string[];
  /**
   * Delivery attempts of Pub/Sub.
   * @default - 10 attempts, with pauses from 10 to 600 seconds
   */
  readonly retry?: PushRetry;
  /**
   * Requests per second that the API accepts: 1 to 1,000. Pub/Sub repeats the others later.
   * @default 20
   */
  readonly requestsPerSecond?: number;
  /**
   * Notification channels of the alert on undelivered messages: `projects/PROJECT/notificationChannels/ID`.
   * @default - incidents are shown in the console only
   */
  readonly notificationChannels?: readonly string[];
}
