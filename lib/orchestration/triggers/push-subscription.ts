import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy';
import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription';
import { PubsubSubscriptionIamMember } from '@cdktf/provider-google/lib/pubsub-subscription-iam-member';
import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { PubsubTopicIamMember } from '@cdktf/provider-google/lib/pubsub-topic-iam-member';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { justificationOf } from '../../core/justification';
import { fitName, slug } from '../../core/names';
import { GoogleServiceAccount } from '../../identity/google-service-account';
import type { PubSubTriggerProps } from './pub-sub-trigger-props';
import type { VerifiedApi } from './verified-api';

/** Props of a `PushSubscription`. */
export interface PushSubscriptionProps {
  readonly trigger: WithInherited<PubSubTriggerProps>;
  readonly audience: string;
}

/** The half of a `PubSubTrigger` that is in Google Cloud: who sends, what is sent, and what keeps what is not taken. */
export class PushSubscription extends Construct {
  /** Known at synth. */
  public readonly email: string;
  /** Known at synth. */
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
      // Names on AWS may have what an account may not.
      accountId: slug(`${name}-push`, 30),
      googleProvider,
    });
    this.email = account.email;
    this.deadLetterTopicName = `projects/${project.id}/topics/${this.deadLetterName}`;
    // The account has no role anywhere; the agent needs this one to have tokens of it.
    // https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
    this.maySend = GoogleServiceAccount.fromEmail(this, 'agent', this.agentEmail, {
      reason: 'Pub/Sub sends messages with a token of the account',
      googleProvider,
    }).grants.serviceAccountRole(account, 'roles/iam.serviceAccountTokenCreator');
  }

  /** Adds the subscription; the API asks for the account before, so it comes second. */
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
    // Takes a message off the subscription that it has put into the topic.
    // https://cloud.google.com/pubsub/docs/handling-failures
    new PubsubSubscriptionIamMember(this, 'moves-dead-letters', {
      ...this.common,
      subscription: subscription.name,
      role: 'roles/pubsub.subscriber',
      member: `serviceAccount:${this.agentEmail}`,
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
        content: `Look at the log of the API ${this.trigger.name} on AWS, then at the messages in ${this.deadLetterName}.`,
        mimeType: 'text/markdown',
      },
    });
  }

  /** A subscription keeps the messages for a week; without one a topic keeps nothing. */
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
    });
    return [kept, mayKeep];
  }
}
