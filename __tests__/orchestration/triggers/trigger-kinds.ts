import type { TerraformStack } from 'cdktf';
import {
  EventBridgeTrigger,
  type EventBridgeTriggerProps,
} from '../../../lib/orchestration/triggers/event-bridge-trigger';
import { PubSubTrigger } from '../../../lib/orchestration/triggers/pub-sub-trigger';
import type { PubSubTriggerProps } from '../../../lib/orchestration/triggers/pub-sub-trigger-props';
import {
  S3ObjectTrigger,
  type S3ObjectTriggerProps,
} from '../../../lib/orchestration/triggers/s3-object-trigger';
import { SqsTrigger } from '../../../lib/orchestration/triggers/sqs-trigger';
import type { SqsTriggerProps } from '../../../lib/orchestration/triggers/sqs-trigger-props';
import {
  ScheduleTrigger,
  type ScheduleTriggerProps,
} from '../../../lib/orchestration/triggers/schedule-trigger';
import type { TriggerProps } from '../../../lib/orchestration/triggers/trigger-props';
import { resources, type Json } from '../../synth';
import { orchestrationStack, project } from '../fixtures';
import { orchestrator } from './fixtures';

export const KEY = 'arn:aws:kms:eu-west-1:210987654321:key/1234';
export const QUEUE = 'arn:aws:sqs:eu-west-1:210987654321:orders-in';

const common = (stack: TerraformStack, name: string, props: Partial<TriggerProps>) => ({
  name,
  orchestrator: props.orchestrator ?? orchestrator(stack),
  reason: 'loads what came in',
  owner: 'team-data',
});

/** One of each, with the least that it is told. */
export const kinds = {
  schedule: (stack: TerraformStack, props: Partial<ScheduleTriggerProps> = {}) =>
    new ScheduleTrigger(stack, 'trigger', {
      ...common(stack, 'at-night', props),
      expression: 'cron(0 3 * * ? *)',
      ...props,
    }),
  event: (stack: TerraformStack, props: Partial<EventBridgeTriggerProps> = {}) =>
    new EventBridgeTrigger(stack, 'trigger', {
      ...common(stack, 'on-order', props),
      eventPattern: { source: ['shop'], 'detail-type': ['order placed'] },
      ...props,
    }),
  object: (stack: TerraformStack, props: Partial<S3ObjectTriggerProps> = {}) =>
    new S3ObjectTrigger(stack, 'trigger', {
      ...common(stack, 'on-file', props),
      bucket: { bucket: 'incoming' },
      ...props,
    }),
  queue: (stack: TerraformStack, props: Partial<SqsTriggerProps> = {}) =>
    new SqsTrigger(stack, 'trigger', { ...common(stack, 'on-message', props), ...props }),
  google: (stack: TerraformStack, props: Partial<PubSubTriggerProps> = {}) =>
    new PubSubTrigger(stack, 'trigger', {
      ...common(stack, 'from-google', props),
      project,
      topic: 'orders',
      ...props,
    }),
};

export type Kind = keyof typeof kinds;

export const KINDS = Object.keys(kinds) as Kind[];

const make = (kind: Kind, props: object = {}) => {
  const stack = orchestrationStack();
  const trigger = kinds[kind](stack, props as never);
  return { stack, trigger };
};

export const stackOf = (kind: Kind, props: object = {}) => make(kind, props).stack;

export const smallest = Object.fromEntries(KINDS.map((kind) => [kind, make(kind)])) as Record<
  Kind,
  ReturnType<typeof make>
>;

export const start = (stack: TerraformStack): Json => {
  const machines = resources(stack, 'aws_sfn_state_machine');
  const own = machines.find(({ type }) => String(type) === 'EXPRESS')!;
  return (JSON.parse(String(own.definition)) as Json).States!.Start!;
};
