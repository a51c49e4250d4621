import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic';
import { Token, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { movedFrom } from '../../lib/core/moved-from';
import { testStack, written } from '../synth';

const topic = (scope: Construct, id: string) => new PubsubTopic(scope, id, { name: 'orders' });

/** The `moved` blocks of the one stack, from the old to the new address. */
function moves(stack: TerraformStack): string[] {
  const { moved = [] } = JSON.parse(written(stack).text) as { moved?: { from: string; to: string }[] };
  return moved.map(({ from, to }) => `${from} -> ${to}`);
}

/** Address of the topic of a construct at a path, as cdktf gives it. */
function address(...ids: readonly string[]): string {
  const stack = testStack();
  const scope = ids.slice(0, -1).reduce<Construct>((at, id) => new Construct(at, id), stack);
  return `google_pubsub_topic.${topic(scope, ids.at(-1) ?? '').friendlyUniqueId}`;
}

test('a renamed construct moves each resource below it', () => {
  const stack = testStack();
  const orders = new Construct(stack, 'orders');
  topic(orders, 'created');
  topic(new Construct(orders, 'dead-letters'), 'topic');
  movedFrom(orders, 'prod/events');
  expect(moves(stack)).toEqual([
    `${address('events', 'created')} -> ${address('orders', 'created')}`,
    `${address('events', 'dead-letters', 'topic')} -> ${address('orders', 'dead-letters', 'topic')}`,
  ]);
});

test('resources that are added after the call move too', () => {
  const stack = testStack();
  const orders = new Construct(stack, 'orders');
  movedFrom(orders, 'prod/events');
  topic(orders, 'created');
  expect(moves(stack)).toEqual([`${address('events', 'created')} -> ${address('orders', 'created')}`]);
});

test('a construct in another scope moves', () => {
  const stack = testStack();
  const orders = new Construct(new Construct(stack, 'team-shop'), 'orders');
  topic(orders, 'created');
  movedFrom(orders, 'prod/orders');
  expect(moves(stack)).toEqual([
    `${address('orders', 'created')} -> ${address('team-shop', 'orders', 'created')}`,
  ]);
});

test('a resource itself can move', () => {
  const stack = testStack();
  movedFrom(topic(stack, 'orders'), 'prod/events');
  expect(moves(stack)).toEqual([`${address('events')} -> ${address('orders')}`]);
});

test('a part that moved itself has its own old path', () => {
  const stack = testStack();
  const orders = new Construct(stack, 'orders');
  const dead = new Construct(orders, 'dead-letters');
  topic(orders, 'created');
  topic(dead, 'topic');
  movedFrom(dead, 'prod/events/dlq');
  movedFrom(orders, 'prod/events');
  expect(moves(stack)).toEqual([
    `${address('events', 'dlq', 'topic')} -> ${address('orders', 'dead-letters', 'topic')}`,
    `${address('events', 'created')} -> ${address('orders', 'created')}`,
  ]);
});

test('a resource with a fixed logical id has the same address, so it does not move', () => {
  const stack = testStack();
  const orders = new Construct(stack, 'orders');
  topic(orders, 'created').overrideLogicalId('fixed');
  movedFrom(orders, 'prod/events');
  expect(moves(stack)).toEqual([]);
});

const SHAPE =
  'prod/orders: oldPath must be the path of a construct from the stack on, for example "prod/old-name"';

test.each([
  ['', `${SHAPE} (got "").`],
  ['prod', `${SHAPE} (got "prod").`],
  ['/prod/events', `${SHAPE} (got "/prod/events").`],
  ['prod//events', `${SHAPE} (got "prod//events").`],
  ['prod/orders', 'prod/orders: oldPath must differ from the path of the construct (got "prod/orders").'],
  [
    'staging/events',
    'prod/orders: oldPath must begin with the path of the stack ("prod/") (got "staging/events"). Terraform moves resources within one state only. Use "terraform state mv" for another stack.',
  ],
])('rejects the path %p', (oldPath, message) => {
  const orders = new Construct(testStack(), 'orders');
  expect(() => movedFrom(orders, oldPath)).toThrow(message);
});

test('rejects a value that is not known at synth', () => {
  const orders = new Construct(testStack(), 'orders');
  expect(() => movedFrom(orders, Token.asString('x'))).toThrow(/^prod\/orders: oldPath must /);
  expect(() => movedFrom(orders, undefined as never)).toThrow(/^prod\/orders: oldPath is required\. /);
});

test('rejects a stack', () => {
  expect(() => movedFrom(testStack(), 'old/prod')).toThrow(
    'prod: construct must be a construct below a stack (got "prod"). A stack with another id keeps its resources if its backend keeps the old state.',
  );
});

test('rejects the path of a construct that exists', () => {
  const stack = testStack();
  const orders = new Construct(stack, 'orders');
  new Construct(stack, 'events');
  movedFrom(orders, 'prod/events');
  expect(() => written(stack)).toThrow(
    'prod/orders: oldPath must not be the path of a construct of the app (got "prod/events"). Remove the call of movedFrom, or change the id of that construct.',
  );
});

test('rejects a second old path', () => {
  const orders = new Construct(testStack(), 'orders');
  movedFrom(orders, 'prod/events');
  expect(() => movedFrom(orders, 'prod/messages')).toThrow(
    'prod/orders: oldPath must be given once (got "prod/messages"). The first call has "prod/events".',
  );
});
