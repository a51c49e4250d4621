import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { AwsAccount } from './account';
import { EventAlarm } from './alarm';
import { queueLengthMetric } from './metric';
import { arnOf } from './names';
import type { AwsPolicyStatement } from './policy-statement';
import { addMetadataComment } from '../core/justification';
import { requireUniqueName } from '../core/unique-names';
import { terraformTextJson } from '../core/terraform-json';
import type { AlarmOptions, AwsProviderOptions } from './options';

/** Props of a `DeadLetterQueue`. */
export interface DeadLetterQueueProps extends AlarmOptions, AwsProviderOptions {
  /** Name of the queue. */
  readonly name: string;
  /** AWS account and region of the queue. */
  readonly account: AwsAccount;
  /**
   * ARN of the KMS key that encrypts the messages. A service that sends needs `kms:GenerateDataKey` and `kms:Decrypt`
   * in the key policy; a role has them from `senderStatements()`.
   * @default - a key that SQS owns
   */
  readonly kmsKeyArn?: string;
}

const TWO_WEEKS = 1_209_600;

/** A queue that keeps undelivered events for two weeks, with an alarm on the first message. */
export class DeadLetterQueue extends Construct {
  /** ARN of the queue. Known at synth. */
  public readonly arn: string;
  /** Name of the queue. */
  public readonly name: string;
  /** The queue, for `dependsOn` of its senders. */
  public readonly queue: SqsQueue;
  private readonly senders: object[] = [];
  private hasPolicy = false;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DeadLetterQueueProps,
  ) {
    super(scope, id);
    const { name, account, kmsKeyArn, awsProvider } = props;
    const among = `queues of the account ${account.id} in ${account.region}`;
    requireUniqueName(this, { property: 'name', name, among });
    this.name = name;
    this.arn = arnOf(account, 'sqs', name);
    this.queue = new SqsQueue(this, 'queue', {
      name,
      messageRetentionSeconds: TWO_WEEKS,
      ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
      provider: awsProvider,
    });
    new EventAlarm(this, 'alarm', {
      name: `${name}-has-messages`,
      description:
        'The queue has undelivered events. Read the messages, remove the cause, and send them again.',
      metric: queueLengthMetric(name),
      actions: props.alarmActions,
      awsProvider,
    });
  }

  /** Statements for a role that sends messages. They include the key of an encrypted queue. */
  public senderStatements(): AwsPolicyStatement[] {
    const { kmsKeyArn } = this.props;
    const send = { sid: 'SendToDeadLetterQueue', actions: ['sqs:SendMessage'], resources: [this.arn] };
    if (kmsKeyArn === undefined) return [send];
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
    const actions = ['kms:GenerateDataKey', 'kms:Decrypt'];
    return [send, { sid: 'EncryptDeadLetter', actions, resources: [kmsKeyArn] }];
  }

  /** Allows a service to send messages on behalf of one resource. */
  public allow(service: string, sourceArn: string): void {
    this.senders.push({
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sqs:SendMessage',
      Resource: this.arn,
      Condition: { ArnEquals: { 'aws:SourceArn': sourceArn } },
    });
    if (this.hasPolicy) return;
    this.hasPolicy = true;
    const policy = new SqsQueuePolicy(this, 'policy', {
      queueUrl: this.queue.url,
      policy: Lazy.stringValue({
        produce: () => terraformTextJson({ Version: '2012-10-17', Statement: this.senders }),
      }),
      provider: this.props.awsProvider,
    });
    addMetadataComment(policy, { reason: 'keeps events that were not delivered' });
  }
}
