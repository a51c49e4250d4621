import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { Lazy, type TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import type { AwsAccount } from './account';
import { arnOf } from './names';
import type { AwsPolicyStatement } from './policy-statement';

/** Props of a `DeadLetterQueue`. */
export interface DeadLetterQueueProps {
  readonly name: string;
  readonly account: AwsAccount;
  readonly kmsKeyArn?: string;
  readonly alarmActions?: readonly string[];
  readonly awsProvider?: TerraformProvider;
}

const TWO_WEEKS = 1_209_600;

/** Keeps what could not be delivered for two weeks, and raises an alarm with the first of it. */
export class DeadLetterQueue extends Construct {
  /** Known at synth. */
  public readonly arn: string;
  public readonly name: string;
  /** What senders have to wait for. */
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
    this.name = name;
    this.arn = arnOf(account, 'sqs', name);
    this.queue = new SqsQueue(this, 'queue', {
      name,
      messageRetentionSeconds: TWO_WEEKS,
      ...(kmsKeyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: kmsKeyArn }),
      provider: awsProvider,
    });
    new CloudwatchMetricAlarm(this, 'alarm', {
      alarmName: `${name}-has-messages`,
      alarmDescription: 'Something could not be delivered. Look at the messages, then send them again.',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: name },
      statistic: 'Maximum',
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
      alarmActions: props.alarmActions && [...props.alarmActions],
      provider: awsProvider,
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

  /** Lets a service put messages in, on behalf of one resource. */
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
    new SqsQueuePolicy(this, 'policy', {
      queueUrl: this.queue.url,
      policy: Lazy.stringValue({
        produce: () => JSON.stringify({ Version: '2012-10-17', Statement: this.senders }),
      }),
      provider: this.props.awsProvider,
    });
  }
}
