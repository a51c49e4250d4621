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
import { refusal, resource, resources, sibling, synthesized, withAws, type Json } from '../../synth';
import { orchestrationStack, project } from '../fixtures';
import { madeBy, orchestrator, statements } from './fixtures';

const KEY = 'arn:aws:kms:eu-west-1:210987654321:key/1234';
const QUEUE = 'arn:aws:sqs:eu-west-1:210987654321:orders-in';

/** Read when a trigger is refused, so that it may be of another stack. */
const elsewhere = orchestrator(orchestrationStack());

const common = (stack: TerraformStack, name: string, props: Partial<TriggerProps>) => ({
  name,
  orchestrator: props.orchestrator ?? orchestrator(stack),
  reason: 'loads what came in',
  owner: 'team-data',
});

/** One of each, with the least that it is told. */
const kinds = {
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
type Kind = keyof typeof kinds;
const KINDS = Object.keys(kinds) as Kind[];

const make = (kind: Kind, props: object = {}) => {
  const stack = orchestrationStack();
  const trigger = kinds[kind](stack, props as never);
  return { stack, trigger };
};
const stackOf = (kind: Kind, props: object = {}) => make(kind, props).stack;
const smallest = Object.fromEntries(KINDS.map((kind) => [kind, make(kind)])) as Record<
  Kind,
  ReturnType<typeof make>
>;
const start = (stack: TerraformStack): Json => {
  const machines = resources(stack, 'aws_sfn_state_machine');
  const own = machines.find(({ type }) => String(type) === 'EXPRESS')!;
  return (JSON.parse(String(own.definition)) as Json).States!.Start!;
};

describe('the smallest one', () => {
  test.each(KINDS)('of the kind %s', (kind) => {
    expect(madeBy(smallest[kind].stack, 'trigger')).toMatchSnapshot();
  });
});

describe('every trigger', () => {
  test.each(KINDS)('(%s) starts the alias, and its role may start nothing else', (kind) => {
    const { stack } = smallest[kind];
    expect(start(stack).Parameters!.StateMachineArn).toBe(
      'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly:live',
    );
    const starts = statements(stack, 'trigger').filter(({ Action }) =>
      JSON.stringify(Action).includes('states:Start'),
    );
    const own = `arn:aws:states:eu-west-1:210987654321:stateMachine:${
      {
        schedule: 'at-night',
        event: 'on-order',
        object: 'on-file',
        queue: 'on-message',
        google: 'from-google',
      }[kind]
    }`;
    expect(starts.map(({ Sid, Resource, Condition }) => [Sid, Resource, Condition]).sort()).toEqual([
      [
        'StartOrchestrator',
        ['arn:aws:states:eu-west-1:210987654321:stateMachine:nightly'],
        { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': ['live'] } },
      ],
      ['StartStarter', [own], undefined],
    ]);
  });

  test.each(KINDS)('(%s) is allowed on "*" what AWS knows no resource of, and nothing else', (kind) => {
    const wide = statements(stackOf(kind, { kmsKeyArn: KEY }), 'trigger').filter(({ Resource }) =>
      (Resource as unknown as string[]).includes('*'),
    );
    const actions = new Set(wide.flatMap(({ Action }) => Action as unknown as string[]));
    expect(
      [...actions].filter((each) => !/^(logs:\w*(Deliver|LogGroups|ResourcePolic)\w*|xray:\w+)$/.test(each)),
    ).toEqual([]);
  });

  test.each(KINDS)(
    '(%s) trusts the service for its own resource alone, where the service says which',
    (kind) => {
      const trusts = Object.entries(madeBy(smallest[kind].stack, 'trigger'))
        .filter(([address]) => address.startsWith('aws_iam_role.'))
        .map(([, { assume_role_policy }]) => (assume_role_policy!.Statement as unknown as Json[])[0]!);
      for (const { Principal, Condition } of trusts) {
        const service = String(Principal!.Service);
        if (['lambda.amazonaws.com', 'apigateway.amazonaws.com'].includes(service)) continue;
        expect(Condition).toMatchObject({
          StringEquals: { 'aws:SourceAccount': '210987654321' },
          ArnEquals: {
            'aws:SourceArn': expect.stringMatching(/^arn:aws:\w+:eu-west-1:210987654321:\S+$/) as string,
          },
        });
      }
      expect(trusts.length).toBe(kind === 'google' ? 3 : 2);
    },
  );

  test.each(KINDS)('(%s) keeps what starts nothing, and raises an alarm', (kind) => {
    const { stack, trigger } = smallest[kind];
    const { deadLetterQueueName } = trigger;
    expect(resources(stack, 'aws_sqs_queue').map(({ name }) => name)).toContain(deadLetterQueueName);
    expect(resources(stack, 'aws_cloudwatch_metric_alarm').map(({ alarm_name }) => alarm_name)).toContain(
      `${deadLetterQueueName}-has-messages`,
    );
  });

  test.each(KINDS)('(%s) encrypts its logs and queues with the key, and lets its roles use it', (kind) => {
    const stack = stackOf(kind, { kmsKeyArn: KEY });
    const made = Object.entries(madeBy(stack, 'trigger'));
    const of = (type: string) =>
      made.filter(([address]) => address.startsWith(`${type}.`)).map(([, each]) => each);
    expect(of('aws_sqs_queue').map(({ kms_master_key_id }) => kms_master_key_id)).not.toContain(undefined);
    expect(of('aws_cloudwatch_log_group').map(({ kms_key_id }) => kms_key_id)).not.toContain(undefined);
    const withKey = statements(stack, 'trigger').filter(({ Resource }) =>
      (Resource as unknown as string[]).includes(KEY),
    );
    expect(withKey.length).toBeGreaterThan(0);
  });

  test.each(KINDS)('(%s) waits for the alias', (kind) => {
    const machine = Object.entries(madeBy(smallest[kind].stack, 'trigger')).find(([address]) =>
      address.startsWith('aws_sfn_state_machine.'),
    )![1];
    expect(machine.depends_on).toContain('aws_sfn_alias.nightly_alias_8367911A');
  });

  test.each(KINDS)('(%s) has the input that it is told', (kind) => {
    const stack = stackOf(kind, { input: { 'when.$': '$.time', fixed: ['${literal}'] } });
    expect(start(stack).Parameters!.Input).toEqual({ 'when.$': '$.time', fixed: ['$${literal}'] });
  });

  test.each(KINDS)('(%s) names the role that starts, for the audit', (kind) => {
    const { stack, trigger } = smallest[kind];
    const roles = resources(stack, 'aws_iam_role').map(
      ({ name }) => `arn:aws:iam::210987654321:role/${String(name)}`,
    );
    expect(roles).toContain(trigger.starterRoleArn);
  });
});

test('a trigger of another stack is applied after the orchestrator, and reads no state of it', () => {
  const stack = orchestrationStack('orchestration');
  const other = withAws(sibling(stack, 'triggers'));
  kinds.event(other, { orchestrator: orchestrator(stack) });
  expect(other.dependencies).toEqual([stack]);
  const [machine] = resources(other, 'aws_sfn_state_machine');
  expect(machine!.depends_on).toEqual(['aws_iam_role_policy.trigger_starter_policy_F1BD2C30']);
  expect(JSON.stringify(synthesized(other))).not.toContain('terraform_remote_state');
});

describe('a schedule', () => {
  const schedule = (props: Partial<ScheduleTriggerProps>) =>
    resource(stackOf('schedule', props), 'aws_scheduler_schedule');

  test('may have a time zone, a window, a beginning and an end', () => {
    expect(
      schedule({
        timeZone: 'Europe/Berlin',
        flexibleWindowMinutes: 30,
        startDate: '2027-01-01T00:00:00Z',
        endDate: '2027-12-31T00:00:00Z',
        enabled: false,
        retry: { attempts: 3, ageSeconds: 600 },
      }),
    ).toMatchObject({
      schedule_expression_timezone: 'Europe/Berlin',
      flexible_time_window: { mode: 'FLEXIBLE', maximum_window_in_minutes: 30 },
      start_date: '2027-01-01T00:00:00Z',
      end_date: '2027-12-31T00:00:00Z',
      state: 'DISABLED',
      target: { retry_policy: { maximum_retry_attempts: 3, maximum_event_age_in_seconds: 600 } },
    });
  });

  test('of a group that exists makes none, and its role trusts that group', () => {
    const stack = stackOf('schedule', { groupName: 'shared' });
    expect(resources(stack, 'aws_scheduler_schedule_group')).toEqual([]);
    expect(resource(stack, 'aws_scheduler_schedule').group_name).toBe('shared');
    expect(JSON.stringify(resources(stack, 'aws_iam_role'))).toContain('schedule-group/shared');
  });

  test('is one execution for each time that was planned, whatever the number of tries', () => {
    expect(start(smallest.schedule.stack).Parameters!['Name.$']).toBe(
      "States.Hash(States.JsonToString(States.Array('at-night', $.schedule, $.time)), 'SHA-256')",
    );
  });

  test.each([
    'rate(1 minute)',
    'rate(5 hours)',
    'at(2027-01-31T03:00:00)',
    'cron(0/15 8-17 ? * MON-FRI *)',
    'cron(0 3 L * ? 2027-2030)',
  ])('%s is an expression', (expression) => {
    expect(schedule({ expression }).schedule_expression).toBe(expression);
  });
});

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

describe('an object', () => {
  const key = (props: Partial<S3ObjectTriggerProps>) =>
    (
      JSON.parse(
        String(resource(stackOf('object', props), 'aws_cloudwatch_event_rule').event_pattern),
      ) as Json
    ).detail!.object?.key;

  test.each<[Partial<S3ObjectTriggerProps>, unknown]>([
    [{}, undefined],
    [{ prefix: 'in/' }, [{ prefix: 'in/' }]],
    [{ suffix: '.csv' }, [{ suffix: '.csv' }]],
    [{ prefix: 'in*/', suffix: '\\.csv' }, [{ wildcard: 'in\\*/*\\\\.csv' }]],
  ])('is looked for by its key: %j', (props, pattern) => {
    expect(key(props)).toEqual(pattern);
  });

  test('of a bucket whose notifications are somebody else’s changes nothing there', () => {
    expect(synthesized(stackOf('object')).resource).not.toHaveProperty('aws_s3_bucket_notification');
    expect(
      resource(stackOf('object', { ownsBucketNotification: true }), 'aws_s3_bucket_notification'),
    ).toEqual({
      bucket: 'incoming',
      eventbridge: true,
    });
  });
});

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

describe('a message of Google', () => {
  test('is let in for the account and the audience that Pub/Sub sends it with', () => {
    const { stack, trigger } = smallest.google;
    const audience = 'arn:aws:states:eu-west-1:210987654321:stateMachine:from-google';
    const { email } = trigger as PubSubTrigger;
    const [push] = resources(stack, 'google_pubsub_subscription').flatMap(
      ({ push_config }) => push_config ?? [],
    );
    expect(push!.oidc_token).toEqual({ audience, service_account_email: email });
    const { environment } = resource(stack, 'aws_lambda_function');
    expect(JSON.parse(String(environment!.variables!.GOOGLE_CALLER))).toEqual({ audience, email });
  });

  test('that does not arrive raises an alert, to whom it is told', () => {
    const notificationChannels = ['projects/my-project/notificationChannels/123'];
    const alert = resource(stackOf('google', { notificationChannels }), 'google_monitoring_alert_policy');
    expect(alert.notification_channels).toEqual(notificationChannels);
    const [condition] = alert.conditions as unknown as Json[];
    expect(condition!.condition_threshold!.filter).toContain(
      'resource.labels.subscription_id="aws-from-google"',
    );
  });

  test('of a topic of another project is sent from there', () => {
    const topic = 'projects/other-project/topics/orders';
    const subscriptions = resources(
      stackOf('google', { topic, filter: 'attributes.kind = "order"' }),
      'google_pubsub_subscription',
    );
    expect(subscriptions).toContainEqual(
      expect.objectContaining({ topic, filter: 'attributes.kind = "order"' }),
    );
  });
});

type Bad = [string, Kind, object, string, RegExp];
const express = () => orchestrator(orchestrationStack(), { name: 'short', type: 'EXPRESS' });
const bad: Bad[] = [
  [
    'the name of the orchestrator',
    'event',
    { name: 'nightly' },
    'name',
    /must differ from the name of the orchestrator.*Choose another name/,
  ],
  ['a name with a dot', 'event', { name: 'on.order' }, 'name', /1 to 50 letters, digits, "-" and "_"/],
  ['a name of 51 letters', 'event', { name: 'a'.repeat(51) }, 'name', /1 to 50 letters/],
  [
    'something else to start',
    'event',
    { orchestrator: {} },
    'orchestrator',
    /must be a StepFunctionsOrchestrator/,
  ],
  [
    'a key by its alias',
    'event',
    { kmsKeyArn: KEY.replace('key/', 'alias/') },
    'kmsKeyArn',
    /Use the ARN of the key of this alias\./,
  ],
  [
    'a path that is none',
    'event',
    { input: { 'order.$': 'detail.order' } },
    'input["order.$"]',
    /Use "\$\.detail\.order"/,
  ],
  [
    'an input that is too large',
    'event',
    { input: { text: 'x'.repeat(262_144) } },
    'input',
    /at most 262144 bytes/,
  ],
  [
    'half a day of retries too many',
    'event',
    { retry: { ageSeconds: 86_401 } },
    'retry.ageSeconds',
    /from 60 to 86400/,
  ],
  [
    'a pattern that matches all',
    'event',
    { eventPattern: {} },
    'eventPattern',
    /must have at least one field, because an empty pattern matches every event/,
  ],
  [
    'a pattern of texts',
    'event',
    { eventPattern: { source: 'shop' } },
    'eventPattern',
    /Write each value as a list/,
  ],
  [
    'a bus of AWS',
    'event',
    { eventBusName: 'aws.partner/x' },
    'eventBusName',
    /that does not start with "aws\."/,
  ],
  [
    'a bus by its ARN',
    'event',
    { eventBusName: 'arn:aws:events:eu-west-1:210987654321:event-bus/shop' },
    'eventBusName',
    /Use "shop"/,
  ],
  [
    'nothing that tells events apart',
    'event',
    { deduplicationPaths: [] },
    'deduplicationPaths',
    /at least 1 and at most 10 items/,
  ],
  ['a cron of Unix', 'schedule', { expression: '0 3 * * *' }, 'expression', /This is a Unix cron expression/],
  [
    'a cron with both days',
    'schedule',
    { expression: 'cron(0 3 1 * MON *)' },
    'expression',
    /"\?" as one of the days/,
  ],
  ['a rate of nothing', 'schedule', { expression: 'rate(0 minutes)' }, 'expression', /rate\(NUMBER minutes/],
  [
    'a time that is none',
    'schedule',
    { expression: 'at(2027-13-01T03:00:00)' },
    'expression',
    /at\(2027-01-31T03:00:00\)/,
  ],
  ['a time zone that is none', 'schedule', { timeZone: 'Berlin' }, 'timeZone', /"Europe\/Berlin"/],
  [
    'a window of two days',
    'schedule',
    { flexibleWindowMinutes: 2_880 },
    'flexibleWindowMinutes',
    /from 1 to 1440/,
  ],
  [
    'a date without a zone',
    'schedule',
    { startDate: '2027-01-01T00:00:00' },
    'startDate',
    /2027-01-31T03:00:00Z/,
  ],
  [
    'an end before the start',
    'schedule',
    { startDate: '2027-02-01T00:00:00Z', endDate: '2027-01-01T00:00:00Z' },
    'endDate',
    /after startDate/,
  ],
  [
    'an end of what happens once',
    'schedule',
    { expression: 'at(2027-01-31T03:00:00)', endDate: '2027-01-01T00:00:00Z' },
    'expression',
    /must be omitted for a schedule that runs once/,
  ],
  [
    'a bucket by its ARN',
    'object',
    { bucket: { bucket: 'arn:aws:s3:::incoming' } },
    'bucket.bucket',
    /Use "incoming"/,
  ],
  ['a prefix of nothing', 'object', { prefix: '' }, 'prefix', /Omit it to match every key/],
  ['a FIFO queue', 'queue', { queue: { arn: `${QUEUE}.fifo` } }, 'queue.arn', /not of a FIFO queue/],
  [
    'a queue elsewhere',
    'queue',
    { queue: { arn: QUEUE.replace('eu-west-1', 'us-east-1') } },
    'queue.arn',
    /Use a queue of that account and region/,
  ],
  ['a batch of one', 'queue', { batch: { size: 1 } }, 'batch.size', /from 2 to 250/],
  [
    'a batch whose ids States.Hash does not accept',
    'queue',
    { batch: { size: 251, windowSeconds: 60 } },
    'batch.size',
    /from 2 to 250/,
  ],
  [
    'a batch that is not gathered',
    'queue',
    { batch: { size: 11 } },
    'batch.windowSeconds',
    /is required for a batch of more than/,
  ],
  [
    'a project without its number',
    'google',
    { project: { id: 'my-project' } },
    'project.number',
    /Set project to \{ id, number \}/,
  ],
  ['a topic of Google', 'google', { topic: 'google-topic' }, 'topic', /3 to 255 letters/],
  [
    'a first pause that is the longest',
    'google',
    { retry: { minimumSeconds: 60, maximumSeconds: 30 } },
    'retry.minimumSeconds',
    /must not exceed maximumSeconds \(30\)/,
  ],
  [
    'a channel by its e-mail',
    'google',
    { notificationChannels: ['team@example.com'] },
    'notificationChannels[0]',
    /projects\/PROJECT\/notificationChannels\/ID/,
  ],
  ['four tries of Pub/Sub', 'google', { retry: { attempts: 4 } }, 'retry.attempts', /from 5 to 100/],
];

describe('bad input', () => {
  test.each(bad)('%s is refused', (_, kind, props, property, text) => {
    const error = refusal(() => stackOf(kind, { orchestrator: elsewhere, ...props }));
    expect(error.message).toMatch(/^prod\/trigger: /);
    expect(error.message).toMatch(text);
    expect(error.problems.map((problem) => problem.property)).toEqual([property]);
  });

  test.each(KINDS)('(%s) an orchestrator that cannot be started once', (kind) => {
    const props: Partial<TriggerProps> = { orchestrator: express() };
    expect(refusal(() => stackOf(kind, props)).message).toBe(
      'prod/trigger: orchestrator must be omitted for an Express state machine, whose executions have no unique names (got "short"). Use a STANDARD state machine.',
    );
  });

  test.each(KINDS)('(%s) leaves nothing in the tree', (kind) => {
    const stack = orchestrationStack();
    expect(() => kinds[kind](stack, { name: '', orchestrator: elsewhere })).toThrow('(got "")');
    expect(madeBy(stack, 'trigger')).toEqual({});
  });
});

describe('the characters of a pattern are literal for Terraform', () => {
  const pattern = { source: ['my.app'], detail: { path: [{ prefix: '${HOME}/in' }], share: ['%{x}'] } };
  const text = '{"source":["my.app"],"detail":{"path":[{"prefix":"$${HOME}/in"}],"share":["%%{x}"]}}';

  test('of an event', () => {
    const stack = stackOf('event', { eventPattern: pattern });
    expect(resource(stack, 'aws_cloudwatch_event_rule').event_pattern).toBe(text);
  });

  test('of a filter of a queue', () => {
    const stack = stackOf('queue', { filters: [pattern] });
    expect(resource(stack, 'aws_pipes_pipe').source_parameters).toMatchObject({
      filter_criteria: { filter: [{ pattern: text }] },
    });
  });
});
