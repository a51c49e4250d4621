import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { S3ObjectTrigger } from '../../../lib/orchestration/triggers/s3-object-trigger';
import { SqsTrigger } from '../../../lib/orchestration/triggers/sqs-trigger';
import type { QueueSource } from '../../../lib/orchestration/triggers/sqs-trigger-props';
import { refusal, resource, synthesized, testStack, withAws } from '../../synth';
import { orchestrator } from './fixtures';

const stackWithAws = () => withAws(testStack());

function onMessage(stack: TerraformStack, queue: QueueSource): SqsTrigger {
  return new SqsTrigger(stack, 'it', { orchestrator: orchestrator(stack), queue, reason: 'books orders' });
}

function onFile(stack: TerraformStack, bucket: { readonly bucket: string }): S3ObjectTrigger {
  const props = { orchestrator: orchestrator(stack), reason: 'scores files' };
  return new S3ObjectTrigger(stack, 'it', { ...props, bucket, ownsBucketNotification: true });
}

const other = () => new TerraformStack(new App(), 'other');

describe('a bucket of the same stack', () => {
  test('is a reference, so the notification comes after it', () => {
    const stack = stackWithAws();
    onFile(stack, new S3Bucket(stack, 'in', { bucket: 'incoming' }));
    expect(resource(stack, 'aws_s3_bucket_notification').bucket).toBe('${aws_s3_bucket.in.bucket}');
    expect(String(resource(stack, 'aws_cloudwatch_event_rule').event_pattern)).toContain(
      '"name":["${aws_s3_bucket.in.bucket}"]',
    );
  });
});

describe('a queue of the same stack', () => {
  test('is a reference with its URL, and the pipe reads from it', () => {
    const stack = stackWithAws();
    onMessage(stack, new SqsQueue(stack, 'orders', { name: 'orders' }));
    expect(resource(stack, 'aws_sqs_queue_redrive_policy').queue_url).toBe('${aws_sqs_queue.orders.url}');
    expect(resource(stack, 'aws_pipes_pipe').source).toBe('${aws_sqs_queue.orders.arn}');
  });
});

describe('a queue whose ARN is a token', () => {
  const token = (stack: TerraformStack) => new TerraformVariable(stack, 'queue', {}).stringValue;

  test('needs its URL for the redrive policy', () => {
    const stack = stackWithAws();
    expect(refusal(() => onMessage(stack, { arn: token(stack) })).message).toBe(
      'prod/it: queue.url is required when queue.arn is a token and the trigger sets the redrive policy. Set url, or setsRedrivePolicy to false.',
    );
  });

  test('needs no URL without the redrive policy', () => {
    const stack = stackWithAws();
    onMessage(stack, { arn: token(stack), setsRedrivePolicy: false });
    expect(resource(stack, 'aws_pipes_pipe').source).toBe('${var.queue}');
    expect(synthesized(stack).resource).not.toHaveProperty('aws_sqs_queue_redrive_policy');
  });
});

test('a bucket of another stack is rejected', () => {
  const bucket = new S3Bucket(other(), 'in', { bucket: 'incoming' });
  expect(refusal(() => onFile(stackWithAws(), bucket)).message).toBe(
    'prod/it: bucket must belong to this stack, because a reference to another stack reads its remote state (got "other/in"). Pass plain strings: { bucket }.',
  );
});

test('a queue of another stack is rejected', () => {
  const queue = new SqsQueue(other(), 'orders', { name: 'orders' });
  expect(refusal(() => onMessage(stackWithAws(), queue)).message).toBe(
    'prod/it: queue must belong to this stack, because a reference to another stack reads its remote state (got "other/orders"). Pass plain strings: { arn, url }.',
  );
});

test('a misspelt member of a plain source is rejected', () => {
  const queue = { arn: 'arn:aws:sqs:eu-west-1:210987654321:orders', kmsKey: 'x' } as never;
  expect(refusal(() => onMessage(stackWithAws(), queue)).message).toBe(
    'prod/it: queue.kmsKey is not a property. Did you mean "kmsKeyArn"?',
  );
});
