import type { TerraformProvider } from 'cdktf';
import type { GoogleProject } from '../../google/project';
import type { TriggerProps } from './trigger-props';

/** How long Pub/Sub tries before a message goes to the dead-letter topic. */
export interface PushRetry {
  /**
   * Tries: 5 to 100.
   * @default 10
   */
  readonly attempts?: number;
  /**
   * Seconds before the second try: 1 to 600.
   * @default 10
   */
  readonly minimumSeconds?: number;
  /**
   * Seconds between two tries at most: 1 to 600.
   * @default 600
   */
  readonly maximumSeconds?: number;
}

/** Props of a `PubSubTrigger`. */
export interface PubSubTriggerProps extends TriggerProps {
  /**
   * Project of the subscription, with its number: the agent of Pub/Sub is named by it.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /** Topic whose messages start it: a name in the project, or `projects/PROJECT/topics/NAME`. */
  readonly topic: string;
  /**
   * Which messages are sent, in the filter language of Pub/Sub: `attributes.kind = "order"`. It cannot be changed
   * later.
   * @default - all
   */
  readonly filter?: string;
  /**
   * Paths to what tells one message from another.
   * @default - ["$.message.messageId"], which Pub/Sub gives each message that is published
   */
  readonly deduplicationPaths?: readonly string[];
  /**
   * How long Pub/Sub tries.
   * @default - 10 times, with pauses from 10 to 600 seconds
   */
  readonly retry?: PushRetry;
  /**
   * Requests a second that the API takes: 1 to 1,000. Pub/Sub comes back with the others.
   * @default 20
   */
  readonly requestsPerSecond?: number;
  /**
   * Who is alerted in Google Cloud when messages do not arrive, `projects/PROJECT/notificationChannels/ID`.
   * @default - incidents are shown in the console only
   */
  readonly notificationChannels?: readonly string[];
  /**
   * Google provider of what it makes in Google Cloud.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
}
