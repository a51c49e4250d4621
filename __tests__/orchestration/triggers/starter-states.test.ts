import { createHash } from 'node:crypto';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import { fieldsRead } from '../../../lib/orchestration/state-machine/fields-read';
import { starterStates, type Start } from '../../../lib/orchestration/triggers/starter-states';
import { START_SECONDS } from '../../../lib/orchestration/triggers/execution-starter';
import type { Retrier } from '../../../lib/orchestration/state-machine/asl/states';
import { ALIAS_ARN } from './fixtures';
import type { StatesBlock } from '../../../lib/orchestration/state-machine/asl/states';
import { interpreted } from '../interpreter';
import { simulateBurst } from './burst';

const START: Start = {
  partition: 'aws',
  trigger: 'orders',
  aliasArn: ALIAS_ARN,
  deduplicationPaths: ['$.id'],
  input: { 'order.$': '$.detail.order', source: 'shop' },
  listed: false,
  deadLetterUrl: 'https://sqs.eu-west-1.amazonaws.com/210987654321/orders-undelivered',
};

interface Played {
  /** Errors that `StartExecution` answers with, one after the other. */
  readonly errors?: readonly string[];
}

/** Runs the states of a start against services that are played. */
async function run(start: Partial<Start>, event: unknown, { errors = [] }: Played = {}) {
  const started: Record<string, unknown>[] = [];
  const kept: Record<string, unknown>[] = [];
  let calls = 0;
  // It changes what it is given.
  const states = JSON.parse(JSON.stringify(starterStates({ ...START, ...start }))) as StatesBlock;
  const machine = interpreted(states);
  const execution = machine.run(event, {
    context: { Execution: { Input: event } },
    overrides: {
      taskResourceLocalHandlers: {
        Start: (parameters) => {
          const name = errors[calls++];
          if (name !== undefined) return Promise.reject(Object.assign(new Error('no'), { name }));
          started.push(parameters);
          return Promise.resolve({});
        },
        'Send to dead-letter queue': (parameters) => {
          kept.push(parameters);
          return Promise.resolve({});
        },
      },
      retryIntervalOverrides: { Start: 1, 'Send to dead-letter queue': 1 },
    },
  });
  const ended = await execution.result.then(
    () => 'succeeded',
    (error: { name: string; message: string; cause?: Error }) => error.cause?.name ?? error.name,
  );
  return { ended, started, kept, calls };
}

const EVENT = { id: 'e-1', detail: { order: 7 } };
const nameOf = (...parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

describe('an event', () => {
  test('starts the alias, under a name that is made of what tells it from others', async () => {
    expect(await run({}, EVENT)).toEqual({
      ended: 'succeeded',
      started: [
        { StateMachineArn: ALIAS_ARN, Name: nameOf('orders', 'e-1'), Input: { order: 7, source: 'shop' } },
      ],
      kept: [],
      calls: 1,
    });
  });

  test('is the input where nothing else is said', async () => {
    const { started } = await run({ input: undefined }, EVENT);
    expect(started[0]!.Input).toEqual(EVENT);
  });

  test('that comes again has the same name, and one that differs has another', async () => {
    const name = async (event: unknown, start: Partial<Start> = {}) =>
      (await run({ ...start, deduplicationPaths: ['$.id', '$.detail.order'] }, event)).started[0]!.Name;
    const first = await name(EVENT);
    expect(await name({ ...EVENT, time: 'later' })).toBe(first);
    expect(await name({ ...EVENT, id: 'e-2' })).not.toBe(first);
    expect(await name({ ...EVENT, detail: { order: '7' } })).not.toBe(first);
    expect(await name(EVENT, { trigger: 'returns' })).not.toBe(first);
  });

  test('that has started an execution before starts none, and that is no failure', async () => {
    const errors = ['StepFunctions.ExecutionAlreadyExistsException'];
    expect(await run({}, EVENT, { errors })).toEqual({ ended: 'succeeded', started: [], kept: [], calls: 1 });
  });

  test('is tried again where Step Functions does not take it', async () => {
    const errors = Array<string>(4).fill('StepFunctions.ThrottlingException');
    const { ended, started, calls } = await run({}, EVENT, { errors });
    expect([ended, started.length, calls]).toEqual(['succeeded', 1, 5]);
  });

  test('that cannot be started is kept as it came', async () => {
    const errors = Array<string>(23).fill('StepFunctions.ExecutionLimitExceededException');
    const { ended, started, kept } = await run({}, EVENT, { errors });
    expect([ended, started]).toEqual(['NotStarted', []]);
    expect(kept).toEqual([
      {
        QueueUrl: START.deadLetterUrl,
        MessageBody: EVENT,
        MessageAttributes: { trigger: { DataType: 'String', StringValue: 'orders' } },
      },
    ]);
  });

  test.each([
    ['what tells it from others', { detail: { order: 7 } }],
    ['what its input is made of', { id: 'e-1', detail: {} }],
  ])('without %s is kept and starts nothing', async (_, event) => {
    const { ended, kept, calls } = await run({}, event);
    expect([ended, kept[0]!.MessageBody, calls]).toEqual(['NotStarted', event, 0]);
  });

  test('whose input cannot be made is kept', async () => {
    const input = { 'order.$': 'States.StringToJson($.detail.order)' };
    const { ended, kept } = await run({ input }, { id: 'e-1', detail: { order: '{' } });
    expect([ended, kept.length]).toEqual(['NotStarted', 1]);
  });
});

describe('a message of a queue', () => {
  const start = {
    deduplicationPaths: ['$.messageId'],
    input: undefined,
    listed: true,
    deadLetterUrl: undefined,
  };

  test('is taken out of the list in which it comes', async () => {
    const { ended, started } = await run(start, [{ messageId: 'm-1', body: 'x' }]);
    expect(ended).toBe('succeeded');
    expect(started[0]).toMatchObject({
      Name: nameOf('orders', 'm-1'),
      Input: { messageId: 'm-1', body: 'x' },
    });
  });

  test('that cannot be started is an error, so that it stays in the queue', async () => {
    const errors = Array<string>(23).fill('StepFunctions.ThrottlingException');
    expect(await run(start, [{ messageId: 'm-1' }], { errors })).toMatchObject({
      ended: 'NotStarted',
      kept: [],
    });
  });

  test('of a batch counts among those that came with it', async () => {
    const batch = { ...start, deduplicationPaths: ['$[*].messageId'], listed: false };
    const { started } = await run(batch, [{ messageId: 'm-1' }, { messageId: 'm-2' }]);
    expect(started[0]!.Name).toBe(nameOf('orders', ['m-1', 'm-2']));
  });
});

test.each<[string, Partial<Start>]>([
  ['with a queue for the rest', {}],
  ['without one', { deadLetterUrl: undefined }],
  ['of a list', { listed: true }],
  ['without a path', { deduplicationPaths: ['$[*].messageId'], input: { fixed: true } }],
])('the states %s are sound', (_, start) => {
  expect(definitionProblems(starterStates({ ...START, ...start }))).toEqual([]);
});

test('the fields that a template reads are found wherever they stand', () => {
  expect(
    fieldsRead({
      'a.$': '$.detail.order',
      'b.$': "States.Format('{} $.text {}', $['detail-type'], $.items[0].name)",
      'c.$': '$.list[*].id',
      'd.$': '$$.Execution.Id',
      'e.$': '$',
      plain: '$.no',
      inner: [{ 'f.$': '$.detail.order' }],
    }),
  ).toEqual(['$.detail.order', '$.items[0].name', '$.list', "$['detail-type']"]);
});

test('waits and slow calls of both states fit in the time-out of the starter', () => {
  const seconds = (name: string) => {
    const { Retry, TimeoutSeconds } = starterStates(START).States[name] as unknown as {
      readonly Retry: readonly Retrier[];
      readonly TimeoutSeconds: number;
    };
    const tries = Retry.filter(({ MaxAttempts }) => MaxAttempts !== 0);
    const waits = tries
      .flatMap(({ MaxAttempts = 3, IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity }) =>
        Array.from({ length: MaxAttempts }, (_, index) =>
          Math.min(IntervalSeconds * BackoffRate ** index, MaxDelaySeconds),
        ),
      )
      .reduce((sum, wait) => sum + wait, 0);
    const slow =
      tries.find(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout')) ??
      tries.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
    return waits + (1 + slow!.MaxAttempts!) * TimeoutSeconds;
  };
  expect([seconds('Start'), seconds('Send to dead-letter queue')]).toEqual([231, 40]);
  expect(231 + 40).toBeLessThan(START_SECONDS);
});

// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html#service-limits-api-action-throttling-general
describe('a burst of events starts all executions', () => {
  const { Retry } = starterStates(START).States.Start as unknown as { readonly Retry: readonly Retrier[] };
  const retrier = Retry.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'))!;
  const large = { bucket: 1_300, perSecond: 300 };
  const others = { bucket: 800, perSecond: 150 };

  test.each([
    ['10,000 events in 10 seconds, in a large region', { events: 10_000, seconds: 10 }, large],
    ['10,000 events in 10 seconds, elsewhere', { events: 10_000, seconds: 10 }, others],
    ['5,000 events at once, elsewhere', { events: 5_000, seconds: 0.1 }, others],
    ['20,000 events in a minute, in a large region', { events: 20_000, seconds: 60 }, large],
  ])('%s', (_, burst, quota) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { failed, seconds } = simulateBurst(burst, quota, retrier, seed);
      expect({ seed, failed }).toEqual({ seed, failed: 0 });
      expect(seconds).toBeLessThan(90);
    }
  });

  test('and needs the retries: four of them lose thousands of events', () => {
    const few = { ...retrier, MaxAttempts: 4 };
    expect(simulateBurst({ events: 10_000, seconds: 10 }, others, few, 1).failed).toBeGreaterThan(5_000);
  });
});
