import { DeadLetterQueue, type DeadLetterQueueProps } from '../../lib/aws/dead-letter-queue';
import { byAddress, testStack, withAws } from '../synth';

const KEY = 'arn:aws:kms:eu-west-1:210987654321:key/0f3c1b9a-1111-2222-3333-444455556666';
const account = { id: '210987654321', region: 'eu-west-1' };
const queue = (props: Partial<DeadLetterQueueProps> = {}) =>
  new DeadLetterQueue(withAws(testStack()), 'dead-letters', { name: 'etl-failed', account, ...props });

const SEND = {
  sid: 'SendToDeadLetterQueue',
  actions: ['sqs:SendMessage'],
  resources: ['arn:aws:sqs:eu-west-1:210987654321:etl-failed'],
};

test('a sender of a queue with the key of SQS may send messages', () => {
  expect(queue().senderStatements()).toEqual([SEND]);
});

test('a sender of a queue with a customer key may use the key too', () => {
  expect(queue({ kmsKeyArn: KEY }).senderStatements()).toEqual([
    SEND,
    { sid: 'EncryptDeadLetter', actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [KEY] },
  ]);
});

test('the alarm is on the first message within five minutes', () => {
  const stack = withAws(testStack());
  new DeadLetterQueue(stack, 'dead-letters', { name: 'etl-failed', account, alarmActions: ['arn:topic'] });
  expect(Object.values(byAddress(stack)).find(({ alarm_name }) => alarm_name)).toEqual({
    alarm_actions: ['arn:topic'],
    alarm_description:
      'The queue has undelivered events. Read the messages, remove the cause, and send them again.',
    alarm_name: 'etl-failed-has-messages',
    comparison_operator: 'GreaterThanOrEqualToThreshold',
    dimensions: { QueueName: 'etl-failed' },
    evaluation_periods: 1,
    metric_name: 'ApproximateNumberOfMessagesVisible',
    namespace: 'AWS/SQS',
    period: 300,
    statistic: 'Maximum',
    threshold: 1,
    treat_missing_data: 'notBreaching',
  });
});
