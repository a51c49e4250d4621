import { GkeServiceStep } from '../../../../lib/orchestration/services/gke-service-step';
import { GkeServiceTarget } from '../../../../lib/orchestration/services/gke-service-target';
import { ServiceAuth } from '../../../../lib/orchestration/services/service-auth';
import { LambdaGate } from '../../../../lib/orchestration/gates/lambda-gate';
import { StateMachineDefinition } from '../../../../lib/orchestration/state-machine/state-machine-definition';
import { ApprovalStep } from '../../../../lib/orchestration/state-machine/steps/approval-step';
import { DecisionStep } from '../../../../lib/orchestration/state-machine/steps/decision-step';
import { PassStep } from '../../../../lib/orchestration/state-machine/steps/pass-step';
import { StepCondition } from '../../../../lib/orchestration/state-machine/steps/condition';
import { ChoiceStep } from '../../../../lib/orchestration/state-machine/steps/choice-step';
import { DistributedMapStep } from '../../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { LambdaStep } from '../../../../lib/orchestration/state-machine/steps/lambda-step';
import { MapStep } from '../../../../lib/orchestration/state-machine/steps/map-step';
import { ParallelStep } from '../../../../lib/orchestration/state-machine/steps/parallel-step';
import { TaskStep } from '../../../../lib/orchestration/state-machine/steps/task-step';
import { WaitStep } from '../../../../lib/orchestration/state-machine/steps/wait-step';
import type { FallibleStep } from '../../../../lib/orchestration/state-machine/fallible-step';
import type { IChainable } from '../../../../lib/orchestration/state-machine/step';
import { account, orchestrationStack } from '../../fixtures';
import { interpreted, type Handler } from '../../interpreter';

/** Runs a chain with an input. Tasks return what `answer` returns for their parameters. */
function run(chain: IChainable, input: object, answer: Handler): Promise<unknown> {
  const { states } = StateMachineDefinition.fromSteps(chain);
  const tasks = JSON.stringify(states).match(/"[^"]+"(?=:\{"Type":"Task")/g) ?? [];
  const handlers = Object.fromEntries(tasks.map((name) => [JSON.parse(name) as string, answer]));
  return interpreted(states).run(input, {
    overrides: { taskResourceLocalHandlers: handlers },
    context: { Execution: { Id: 'arn:aws:states:eu-west-1:210987654321:execution:nightly:run' } },
  }).result;
}

const handled = (error: string) => ({ Error: error, Cause: expect.any(String) as string });
const FUNCTION = 'arn:aws:lambda:eu-west-1:210987654321:function:f:live';
const never: Handler = () => Promise.reject(new Error('no task is expected to run'));

const service = (props: object) =>
  new GkeServiceStep('Call', {
    target: new GkeServiceTarget(orchestrationStack(), 'books', {
      name: 'books',
      account,
      url: 'https://books.example.com',
      auth: ServiceAuth.awsToken({ audience: 'https://books.example.com' }),
      reason: 'requests books',
    }),
    method: 'POST',
    path: '/v1/books',
    ...props,
  }).catch('States.ALL', new PassStep('Handled'), { resultPath: '$.error' });

test.each([
  ['a body', { body: { 'order.$': '$.order.id' } }, '$.order.id'],
  ['a query', { query: { 'day.$': '$.day' } }, '$.day'],
  ['a header', { headers: { 'Accept.$': '$.accept' } }, '$.accept'],
  ['a path', { path: "States.Format('/v1/books/{}', $.book)" }, '$.book'],
  ['a key', { idempotencyKeyPath: '$.key' }, '$.key'],
])('%s that reads an absent field ends a service step with GKE.BadRequest', async (_, props, path) => {
  expect(await run(service(props), {}, never)).toEqual({
    error: { Error: 'GKE.BadRequest', Cause: `The input of the step must have ${path}.` },
  });
});

test('a result without a selected field ends a service step with GKE.Service.ResultMissing', async () => {
  const step = service({ resultSelector: { 'score.$': '$.body.score' } });
  const answer = () => Promise.resolve({ status: 200, body: {} });
  expect(await run(step, {}, answer)).toEqual({
    error: {
      Error: 'GKE.Service.ResultMissing',
      Cause: 'The service responded, but its response must have $.body.score.',
    },
  });
});

test('a service step with all fields continues', async () => {
  const step = service({
    body: { 'order.$': '$.order.id' },
    resultSelector: { 'score.$': '$.body.score' },
  });
  const answer = () => Promise.resolve({ status: 200, body: { score: 7 } });
  expect(await run(step, { order: { id: 1 } }, answer)).toEqual({ score: 7 });
});

test('a detail that reads an absent field ends an approval with ApprovalBadRequest', async () => {
  const step = new ApprovalStep('Release', {
    topicArn: 'arn:aws:sns:eu-west-1:210987654321:approvals',
    question: 'Release?',
    details: { Rows: '$.rows', Day: "$['day']" },
    timeoutSeconds: 60,
  }).catch('States.ALL', new PassStep('Handled'));
  expect(await run(step, { rows: 1 }, never)).toMatchObject({
    error: { Error: 'ApprovalBadRequest', Cause: "The input of the step must have $.rows, $['day']." },
  });
});

test('a payload that reads an absent field leaves a gate closed with Gate.BadRequest', async () => {
  const gate = (payload?: object) =>
    new DecisionStep('Open?', {
      source: new LambdaGate({ functionArn: FUNCTION, payload: payload as never }),
      condition: StepCondition.lessThan('$.decision.value', 5),
      otherwise: new PassStep('Closed'),
    }).next(new PassStep('Open', { parameters: { open: true } }));
  const payload = { 'queue.$': '$.queue' };
  const one = () => Promise.resolve({ value: 1 });
  expect(await run(gate(payload), {}, never)).toMatchObject({ decision: handled('Gate.BadRequest') });
  expect(await run(gate(payload), { queue: 'a' }, one)).toEqual({ open: true });
  expect(Object.keys(StateMachineDefinition.fromSteps(gate()).states.States)).not.toContain(
    'Open?: read value',
  );
});

const BAD_REQUEST = (cause: string) => ({ error: { Error: 'Step.BadRequest', Cause: cause } });
const answer = (value: unknown) => () => Promise.resolve(value);
const lambda = (props: object) => new LambdaStep('Call', { functionArn: FUNCTION, ...props });
const task = (props: object) =>
  new TaskStep('Call', {
    resource: 'arn:aws:states:::sns:publish',
    timeoutSeconds: 60,
    statements: [],
    ...props,
  });
const echo = (name = 'Item') => new LambdaStep(name, { functionArn: FUNCTION });
const map = (props: object) => new MapStep('Each', { item: echo(), ...props });
const files = (props: object) =>
  new DistributedMapStep('Each', { item: echo(), itemsPath: '$.files', ...props });
const parallel = (props: object) => new ParallelStep('Both', { branches: [echo('A'), echo('B')], ...props });
const choice = (condition: StepCondition) =>
  new ChoiceStep('Enough?').when(condition, new PassStep('Enough')).otherwise(new PassStep('Few'));

describe('an absent field of the input is Step.BadRequest', () => {
  test.each<[string, FallibleStep, object, string]>([
    ['of a function', lambda({ payload: { 'id.$': '$.order.id' } }), {}, '$.order.id'],
    ['of a task', task({ parameters: { 'Message.$': "States.Format('{}', $.text)" } }), {}, '$.text'],
    ['of a Map', map({ itemsPath: '$.files' }), {}, '$.files'],
    ['of a Map whose list is a text', map({ itemsPath: '$.files' }), { files: 'a' }, '$.files'],
    [
      'of a selector of items',
      map({ itemsPath: '$.files', itemSelector: { 'd.$': '$.d' } }),
      { files: [1] },
      '$.d, $.files',
    ],
    ['of a Distributed Map', files({}), {}, '$.files'],
    ['of a Distributed Map whose list is null', files({}), { files: null }, '$.files'],
    ['of a choice', choice(StepCondition.equals('$.a', 1)), {}, '$.a'],
    ['of a wait', new WaitStep('Wait', { secondsPath: '$.seconds' }), {}, '$.seconds'],
    ['of a template', new PassStep('Tell', { parameters: { 'a.$': '$.a' } }), {}, '$.a'],
  ])('%s', async (_, step, input, paths) => {
    const chain = step.catch(['Step.BadRequest'], new PassStep('Handled'));
    expect(await run(chain, input, never)).toEqual({
      ...input,
      ...BAD_REQUEST(`The input of the step must have ${paths}.`),
    });
  });

  test('of an item of a Map', async () => {
    const itemSelector = {
      'key.$': '$$.Map.Item.Value.key',
      'day.$': '$.day',
      'index.$': '$$.Map.Item.Index',
      text: "it's",
    };
    const chain = map({ itemsPath: '$.files', itemSelector, resultPath: '$.results' });
    const handled = chain.catch('States.ALL', new PassStep('Handled'));
    const input = { day: 1, files: [{ key: 'a' }, { key: 'b' }] };
    const same = (value: Record<string, unknown>) => Promise.resolve(value);
    expect(await run(handled, input, same)).toEqual({
      ...input,
      results: [
        { key: 'a', day: 1, index: 0, text: "it's" },
        { key: 'b', day: 1, index: 1, text: "it's" },
      ],
    });
    expect(await run(handled, { day: 1, files: [{ key: 'a' }, {}] }, same)).toMatchObject(
      BAD_REQUEST('The item of the Map must have $$.Map.Item.Value.key.'),
    );
  });

  test('fails with the name where no handler is', async () => {
    const fails = run(choice(StepCondition.equals('$.a', 1)), {}, never);
    await expect(fails).rejects.toMatchObject({ cause: { name: 'Step.BadRequest' } });
  });

  test('is caught by the Parallel around a choice', async () => {
    const chain = new ParallelStep('Both', { branches: [choice(StepCondition.equals('$.a', 1))] });
    expect(await run(chain.catch('Step.BadRequest', new PassStep('Handled')), {}, never)).toEqual(
      BAD_REQUEST('The input of the step must have $.a.'),
    );
  });
});

describe('a step with all fields has the same result as without checks', () => {
  test.each<[string, IChainable, object, unknown, unknown]>([
    ['in place of the input', lambda({ payload: { 'a.$': '$.a' } }), { a: 1 }, 'text', 'text'],
    [
      'in the input',
      lambda({ payload: { 'a.$': '$.a' }, resultPath: '$.b' }),
      { a: 1 },
      [2],
      { a: 1, b: [2] },
    ],
    [
      'selected',
      task({ parameters: { 'a.$': '$.a' }, resultSelector: { 'c.$': '$.x', d: 1 }, resultPath: '$.b' }),
      { a: 1 },
      { x: 3 },
      { a: 1, b: { c: 3, d: 1 } },
    ],
    ['of items', map({ itemsPath: '$.a' }), { a: [1, 2] }, 'x', ['x', 'x']],
    [
      'of branches',
      parallel({ resultSelector: { 'a.$': '$[0]', 'all.$': '$' } }),
      {},
      1,
      { a: 1, all: [1, 1] },
    ],
  ])('%s', async (_, chain, input, result, expected) => {
    expect(await run(chain, input, answer(result))).toEqual(expected);
  });

  test('and without paths, the states are the same', () => {
    const { states } = StateMachineDefinition.fromSteps(lambda({ payload: { a: 1 } }));
    expect(Object.keys(states.States)).toEqual(['Call']);
    const plain = StateMachineDefinition.fromSteps(new PassStep('Tell', { parameters: { a: 1 } }));
    expect(Object.keys(plain.states.States)).toEqual(['Tell']);
  });
});

test.each<[string, FallibleStep, object]>([
  ['a function', lambda({ resultSelector: { 'a.$': '$.a.b' } }), { a: {} }],
  ['a task', task({ resultSelector: { 'a.$': '$.a.b' } }), {}],
  ['branches', parallel({ resultSelector: { 'a.$': '$[2].a' } }), {}],
  ['items', map({ itemsPath: '$.list', resultSelector: { 'a.$': '$[1]' } }), {}],
])('a result of %s without a selected field is Step.ResultMissing', async (_, step, result) => {
  const chain = step.catch('Step.ResultMissing', new PassStep('Handled'));
  expect(await run(chain, { list: [1] }, answer(result))).toMatchObject({
    error: {
      Error: 'Step.ResultMissing',
      Cause: expect.stringMatching(/^The step completed, but its result must have \$.+\.$/) as string,
    },
  });
});

describe('a choice', () => {
  const { and, or, not, equals, isPresent, greaterThan } = StepCondition;
  const way = (condition: StepCondition, input: object) => run(choice(condition), input, never);
  const states = (condition: StepCondition) =>
    Object.keys(StateMachineDefinition.fromSteps(choice(condition)).states.States);

  test.each<[string, StepCondition]>([
    ['and', and(isPresent('$.a'), equals('$.a', 1))],
    ['or', or(not(isPresent('$.a')), equals('$.a', 1))],
    ['not and', not(and(isPresent('$.a'), equals('$.a', 1)))],
    ['not or', not(or(not(isPresent('$.a')), equals('$.a', 1)))],
  ])('needs no check of a field that IsPresent protects: %s', async (_, condition) => {
    expect(states(condition)).toEqual(['Enough?', 'Enough', 'Few']);
    expect(await way(condition, { b: 1 })).toEqual({ b: 1 });
  });

  test.each<[string, StepCondition]>([
    ['after it', and(equals('$.a', 1), isPresent('$.a'))],
    ['in the other branch of or', or(isPresent('$.a'), equals('$.a', 1))],
    ['of another field', and(isPresent('$.b'), equals('$.a', 1))],
  ])('checks a field that IsPresent does not protect: %s', (_, condition) => {
    expect(states(condition)).toContain('Enough?: input incomplete');
  });

  test('checks each field before the first condition that reads it, and no earlier', async () => {
    const step = new ChoiceStep('Enough?')
      .when(not(isPresent('$.rows')), new PassStep('None'))
      .when(greaterThan('$.rows', 10), new PassStep('Many'))
      .when(new StepCondition({ Variable: '$.rows', NumericEqualsPath: '$.limit' }), new PassStep('Limit'))
      .otherwise(new PassStep('Few'));
    const seen = (input: object) => run(step, input, never);
    expect(await seen({})).toEqual({});
    expect(await seen({ rows: 11 })).toEqual({ rows: 11 });
    await expect(seen({ rows: 9 })).rejects.toMatchObject({ cause: { name: 'Step.BadRequest' } });
    expect(await seen({ rows: 9, limit: 9 })).toEqual({ rows: 9, limit: 9 });
  });

  test('rejects a handler of an error that the step does not have', () => {
    const render = (step: FallibleStep) => () => StateMachineDefinition.fromSteps(step);
    const compares = choice(equals('$.a', 1)).catch('GKE.JobFailed', new PassStep('Handled'));
    expect(render(compares)).toThrow(
      'Step "Enough?": catch must handle Step.BadRequest, the only error of this step (got ["GKE.JobFailed"]).',
    );
    const reads = new PassStep('Tell').catch('States.ALL', new PassStep('Handled'));
    expect(render(reads)).toThrow(
      'Step "Tell": catch must be omitted, because the step reads no field of its input (got ["States.ALL"]).',
    );
  });
});
