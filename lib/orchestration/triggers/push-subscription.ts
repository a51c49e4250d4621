import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy';
import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription';
import { PubsubSubscriptionIamMember } from '@cdktf/provider-google/lib/pubsub-subscription-iam-member';
import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { PubsubTopicIamMember } from '@cdktf/provider-google/lib/pubsub-topic-iam-member';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { addMetadataComment, justificationOf } from '../../core/justification';
import { fitName, slug } from '../../core/names';
import { CREATE_BEFORE_DESTROY } from '../../core/replacement';
import { GoogleServiceAccount } from '../../identity/google/google-service-account';
import type { PubSubTriggerProps } from './pub-sub-trigger-props';
import type { VerifiedApi } from './verified-api';

/** Props of a `PushSubscription`. */
export interface PushSubscriptionProps {
  readonly trigger: WithInherited<PubSubTriggerProps>;
  readonly audience: string;
}

/** Resources of a `PubSubTrigger` in Google Cloud: the sender account, the subscription and the dead-letter topic. */
export class PushSubscription extends Construct {
  /** E-mail address of the sender account. Known at synth. */
  public readonly email: string;
  /** Full name of the dead-letter topic. Known at synth. */
  public readonly deadLetterTopicName: string;
  private readonly trigger: WithInherited<PubSubTriggerProps>;
  private readonly maySend: TerraformResource[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PushSubscriptionProps,
  ) {
    super(scope, id);
    this.trigger = props.trigger;
    const { project, name, googleProvider } = this.trigger;
    const account = new GoogleServiceAccount(this, 'sender', {
      ...justificationOf(this.trigger),
      project,
      // Names on AWS can have characters that an account id cannot have.
      accountId: slug(`${name}-push`, 30),
      googleProvider,
    });
    this.email = account.email;
    this.deadLetterTopicName = `projects/${project.id}/topics/${this.deadLetterName}`;
    // The account has no role. The service agent needs this role to create tokens of the account.
    // https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
    this.maySend = GoogleServiceAccount.fromEmail(this, 'agent', this.agentEmail, {
      reason: 'Pub/Sub sends messages with a token of the account',
      googleProvider,
    }).grants.serviceAccountRole(account, 'roles/iam.serviceAccountTokenCreator');
  }

  /** Adds the subscription. The API needs the account first, so a separate call adds the subscription. */
  public pushTo(api: VerifiedApi): void {
    const { topic, filter, retry = {} } = this.trigger;
    const deadLetters = this.addDeadLetters();
    const subscription = new PubsubSubscription(this, 'subscription', {
      ...this.common,
      name: this.subscriptionName,
      topic: topic.includes('/') ? topic : `projects/${this.trigger.project.id}/topics/${topic}`,
      filter,
      ackDeadlineSeconds: 30,
      messageRetentionDuration: '604800s',
      expirationPolicy: { ttl: '' },
      pushConfig: {
        pushEndpoint: api.url,
        oidcToken: { serviceAccountEmail: this.email, audience: this.props.audience },
      },
      retryPolicy: {
        minimumBackoff: `${retry.minimumSeconds ?? 10}s`,
        maximumBackoff: `${retry.maximumSeconds ?? 600}s`,
      },
      deadLetterPolicy: {
        deadLetterTopic: this.deadLetterTopicName,
        maxDeliveryAttempts: retry.attempts ?? 10,
      },
      dependsOn: [...this.maySend, ...deadLetters, ...api.ready],
    });
    this.node.defaultChild = subscription;
    // The service agent acknowledges a message that it has published to the dead-letter topic.
    // https://cloud.google.com/pubsub/docs/handling-failures
    new PubsubSubscriptionIamMember(this, 'moves-dead-letters', {
      ...this.common,
      subscription: subscription.name,
      role: 'roles/pubsub.subscriber',
      member: `serviceAccount:${this.agentEmail}`,
      lifecycle: CREATE_BEFORE_DESTROY,
    });
    this.watch();
  }

  private get common() {
    return { project: this.trigger.project.id, provider: this.trigger.googleProvider };
  }

  private get subscriptionName(): string {
    return fitName(`aws-${this.trigger.name}`, 255);
  }

  private get deadLetterName(): string {
    return `${this.subscriptionName}-dead-letter`;
  }

  private get agentEmail(): string {
    return `service-${this.trigger.project.number}@gcp-sa-pubsub.iam.gserviceaccount.com`;
  }

  /** https://cloud.google.com/monitoring/api/metrics_gcp_p_z#gcp-pubsub */
  private watch(): void {
    const { notificationChannels } = this.trigger;
    new MonitoringAlertPolicy(this, 'undelivered', {
      ...this.common,
      displayName: `${this.subscriptionName}: messages do not arrive on AWS`,
      combiner: 'OR',
      conditions: [
        {
          displayName: 'messages were put into the dead-letter topic',
          conditionThreshold: {
            filter: [
              'resource.type="pubsub_subscription"',
              `resource.labels.subscription_id="${this.subscriptionName}"`,
              'metric.type="pubsub.googleapis.com/subscription/dead_letter_message_count"',
            ].join(' AND '),
            comparison: 'COMPARISON_GT',
            thresholdValue: 0,
            duration: '0s',
            aggregations: [{ alignmentPeriod: '300s', perSeriesAligner: 'ALIGN_SUM' }],
          },
        },
      ],
      alertStrategy: { autoClose: '86400s' },
      notificationChannels: notificationChannels && [...notificationChannels],
      documentation: {
        content: `Read the log of the API ${this.trigger.name} on AWS, then the messages in ${this.deadLetterName}.`,
        mimeType: 'text/markdown',
      },
    });
  }

  /** The subscription keeps the messages for one week. A topic without a subscription keeps no message. */
  private addDeadLetters(): TerraformResource[] {
    const topic = new PubsubTopic(this, 'dead-letter', { ...this.common, name: this.deadLetterName });
    const kept = new PubsubSubscription(this, 'dead-letter-subscription', {
      ...this.common,
      name: this.deadLetterName,
      topic: topic.id,
      messageRetentionDuration: '604800s',
      expirationPolicy: { ttl: '' },
    });
    const mayKeep = new PubsubTopicIamMember(this, 'keeps-dead-letters', {
      ...this.common,
      topic: topic.name,
      role: 'roles/pubsub.publisher',
      member: `serviceAccount:${this.agentEmail}`,
      lifecycle: CREATE_BEFORE_DESTROY,
    });
    addMetadataComment(mayKeep, { reason: 'Pub/Sub moves undeliverable messages to the topic' });
    return [kept, mayKeep];
  }
}
