import { GkeServiceStep } from '../../../../lib/orchestration/services/gke-service-step';
import { GkeServiceTarget } from '../../../../lib/orchestration/services/gke-service-target';
import { ServiceAuth } from '../../../../lib/orchestration/services/service-auth';
import { LambdaGate } from '../../../../lib/orchestration/gates/lambda-gate';
import { fieldsRead } from '../../../../lib/orchestration/state-machine/fields-read';
import { StateMachineDefinition } from '../../../../lib/orchestration/state-machine/state-machine-definition';
import { ApprovalStep } from '../../../../lib/orchestration/state-machine/steps/approval-step';
import { DecisionStep } from '../../../../lib/orchestration/state-machine/steps/decision-step';
import { PassStep } from '../../../../lib/orchestration/state-machine/steps/pass-step';
import { StepCondition } from '../../../../lib/orchestration/state-machine/steps/condition';
import type { IChainable } from '../../../../lib/orchestration/state-machine/step';
import { account, orchestrationStack } from '../../fixtures';
import { StateMachine, type Handler } from '../../interpreter';

/** Runs a chain with an input. Tasks return what `answer` returns for their parameters. */
function run(chain: IChainable, input: object, answer: Handler): Promise<unknown> {
  const { states } = StateMachineDefinition.fromSteps(chain);
  const tasks = JSON.stringify(states).match(/"[^"]+"(?=:\{"Type":"Task")/g) ?? [];
  const handlers = Object.fromEntries(tasks.map((name) => [JSON.parse(name) as string, answer]));
  return new StateMachine(states).run(input, {
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

test.each([
  ['$.größe', ['$.größe']],
  ['$.a.[0].b', ['$.a[0].b']],
  ['$["a b"].c', ['$["a b"].c']],
  ['$.a[?(@.x == $.y)].b', ['$.a']],
  ["States.Format('$.no {}', States.Array($.a, $$.Execution.Id, $variable.b))", ['$.a']],
  ['$', []],
  ['$..a', []],
  ['$.a.length()', ['$.a']],
])('the fields of %s are known', (path, fields) => {
  expect(fieldsRead({ 'x.$': path })).toEqual(fields);
});
