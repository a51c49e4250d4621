import { resource, resources } from '../../synth';
import { stackOf, start } from './trigger-kinds';

describe('an event', () => {
  test('of a bus of its own is looked for there', () => {
    const stack = stackOf('event', { eventBusName: 'shop' });
    expect(resource(stack, 'aws_cloudwatch_event_rule').event_bus_name).toBe('shop');
    expect(resource(stack, 'aws_cloudwatch_event_target').event_bus_name).toBe('shop');
    const arn = 'arn:aws:events:eu-west-1:210987654321:rule/shop/on-order';
    expect(JSON.stringify(resources(stack, 'aws_iam_role'))).toContain(arn);
    expect(String(resource(stack, 'aws_sqs_queue_policy').policy)).toContain(arn);
  });

  test('may be told from others by what it says', () => {
    expect(
      start(stackOf('event', { deduplicationPaths: ['$.detail.orderId'] })).Parameters!['Name.$'],
    ).toContain("'on-order', $.detail.orderId)");
  });
});
