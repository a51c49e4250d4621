import { resource, resources, synthesized } from '../../synth';
import { statements } from './fixtures';
import { KEY, QUEUE, stackOf, start } from './trigger-kinds';

describe('a message', () => {
  test('of a queue that exists is taken from there, and redriven to the queue of the trigger', () => {
    const stack = stackOf('queue', { queue: { arn: QUEUE, kmsKeyArn: KEY }, maxReceiveCount: 3 });
    expect(resource(stack, 'aws_sqs_queue').name).toBe('on-message-undelivered');
    expect(resource(stack, 'aws_sqs_queue_redrive_policy')).toMatchObject({
      queue_url: 'https://sqs.eu-west-1.amazonaws.com/210987654321/orders-in',
      redrive_policy:
        '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:210987654321:on-message-undelivered","maxReceiveCount":3}',
    });
    expect(resource(stack, 'aws_pipes_pipe').source).toBe(QUEUE);
    expect(statements(stack, 'trigger')).toContainEqual({
      Sid: 'DecryptMessages',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [KEY],
    });
  });

  test('of a queue with a redrive policy of its own leaves that alone', () => {
    const stack = stackOf('queue', { queue: { arn: QUEUE, setsRedrivePolicy: false } });
    expect(synthesized(stack).resource).not.toHaveProperty('aws_sqs_queue_redrive_policy');
  });

  test('comes with others where that is asked for, and only if it matches', () => {
    const stack = stackOf('queue', {
      batch: { size: 100, windowSeconds: 30 },
      filters: [{ body: { kind: ['order'] } }],
    });
    expect(resource(stack, 'aws_pipes_pipe').source_parameters).toEqual({
      filter_criteria: { filter: [{ pattern: '{"body":{"kind":["order"]}}' }] },
      sqs_queue_parameters: { batch_size: 100, maximum_batching_window_in_seconds: 30 },
    });
    expect(start(stack).Parameters).toMatchObject({ Input: { 'messages.$': '$' } });
    expect(resources(stack, 'aws_sqs_queue')[1]!.visibility_timeout_seconds).toBe(330);
  });
});
