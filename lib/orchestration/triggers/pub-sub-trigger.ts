import { Construct } from 'constructs';
import { withName } from '../../core/names';
import type { WithInherited } from '../../core/inherited';
import {
  exceeds,
  integer,
  knownAtSynth,
  list,
  matching,
  optional,
  rule,
  shape,
  string,
  type Report,
  type Shape,
} from '../../core/rules';
import { validate } from '../../core/validation';
import { project as projectRule } from '../../google/project';
import { ExecutionStarter } from './execution-starter';
import type { PubSubTriggerProps, PushRetry } from './pub-sub-trigger-props';
import { PushSubscription } from './push-subscription';
import { deduplicationPaths, checkTrigger, triggerRules } from './trigger-rules';
import { TriggerDeadLetterQueue } from './trigger-dead-letter-queue';
import { VerifiedApi } from './verified-api';
import { googleProviderRules } from '../../google/options';

const rules: Shape<PubSubTriggerProps> = {
  ...triggerRules,
  project: projectRule,
  topic: knownAtSynth(
    matching(
      /^(projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]\/topics\/)?(?!goog)[A-Za-z][\w.~+%-]{2,254}$/,
      'be the name of a topic, with 3 to 255 letters, digits and -_.~+%, alone or as projects/PROJECT/topics/NAME',
    ),
  ),
  filter: optional(
    string(
      rule(
        'have at most 256 bytes',
        (value) => Buffer.byteLength(value as string) <= 256,
        () => 'Shorten the filter.',
      ),
    ),
  ),
  deduplicationPaths: optional(deduplicationPaths),
  retry: optional(
    shape<PushRetry>({
      attempts: optional(knownAtSynth(integer(5, 100))),
      minimumSeconds: optional(knownAtSynth(integer(1, 600))),
      maximumSeconds: optional(knownAtSynth(integer(1, 600))),
    }),
  ),
  requestsPerSecond: optional(knownAtSynth(integer(1, 1_000))),
  notificationChannels: optional(
    list(
      matching(
        /^projects\/[^/]+\/notificationChannels\/[^/]+$/,
        'be a notification channel of the form projects/PROJECT/notificationChannels/ID',
      ),
    ),
  ),
  ...googleProviderRules,
};

/**
 * Starts an orchestrator for each message of a topic of Pub/Sub, once per message. Pub/Sub sends the message with an ID
 * token of a dedicated service account, and an authorizer on AWS accepts this account only. No key exists. The event has
 * `$.message.messageId`, `$.message.attributes`, `$.message.data` in base64 and `$.subscription`. The input has
 * `message` and `subscription`, unless `input` is set.
 */
export class PubSubTrigger extends Construct {
  /** ARN of the role that starts the orchestrator: an entry of `starterRoleArns` of an `AwsAuditTrail`. */
  public readonly starterRoleArn: string;
  /** Name of the dead-letter queue on AWS: messages that arrived and started no execution. */
  public readonly deadLetterQueueName: string;
  /** Full name of the dead-letter topic: messages that did not arrive. Known at synth. */
  public readonly deadLetterTopicName: string;
  /** E-mail address of the account whose tokens the API accepts. Known at synth. */
  public readonly email: string;

  constructor(scope: Construct, id: string, given: PubSubTriggerProps) {
    super(scope, id);
    const props = validate(this, withName(this, given, 50), rules, (values, report) => {
      checkTrigger(values, report);
      checkPush(values, report);
    });
    const deadLetters = new TriggerDeadLetterQueue(this, 'dead-letters', props);
    const starter = new ExecutionStarter(this, 'starter', {
      trigger: props,
      deduplicationPaths: props.deduplicationPaths ?? ['$.message.messageId'],
      input: props.input,
      deadLetters,
    });
    this.starterRoleArn = starter.roleArn;
    this.deadLetterQueueName = deadLetters.name;
    // The ARN is unique, so no other service accepts a token with this audience.
    const audience = starter.stateMachineArn;
    const subscription = new PushSubscription(this, 'google', { trigger: props, audience });
    this.email = subscription.email;
    this.deadLetterTopicName = subscription.deadLetterTopicName;
    const api = new VerifiedApi(this, 'api', {
      trigger: props,
      starter,
      caller: { audience, email: this.email },
    });
    subscription.pushTo(api);
    this.node.defaultChild = subscription.node.defaultChild;
  }
}

function checkPush({ project, retry }: WithInherited<PubSubTriggerProps>, report: Report): void {
  if (project.number === undefined) {
    report({
      property: 'project.number',
      value: undefined,
      rule: 'be set because it is part of the name of the Pub/Sub service agent',
      fix: 'Set project to { id, number }.',
    });
  }
  const { minimumSeconds = 10, maximumSeconds = 600 } = retry ?? {};
  if (exceeds(minimumSeconds, maximumSeconds)) {
    const rule = `not exceed maximumSeconds (${maximumSeconds})`;
    report({ property: 'retry.minimumSeconds', value: minimumSeconds, rule });
  }
}
