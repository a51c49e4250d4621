import { NEVER_INVOKED_ERRORS } from '../../../lib/orchestration/state-machine/lambda-errors';
import { ApiGatewayTarget } from '../../../lib/orchestration/services/api-gateway-target';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import { SERVICE_METHODS } from '../../../lib/contracts/services';
import { errorOfStatus, SERVICE_ERRORS } from '../../../lib/contracts/service-errors';
import type { Retrier, State, States } from '../../../lib/orchestration/state-machine/states';
import { GkeServiceStep } from '../../../lib/orchestration/services/gke-service-step';
import type { GkeServiceStepProps } from '../../../lib/orchestration/services/gke-service-step-props';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { refusal } from '../../synth';
import { account, orchestrationStack } from '../fixtures';
import { withShortErrorLists } from '../lambda-error-lists';

const service = new GkeServiceTarget(orchestrationStack(), 'books', {
  name: 'books',
  account,
  url: 'https://books.example.com',
  auth: ServiceAuth.awsToken({ audience: 'https://books.example.com' }),
  methods: SERVICE_METHODS,
  paths: ['/v1'],
  timeoutSeconds: 120,
  reason: 'asks for books',
});
const gateway = new ApiGatewayTarget({
  account,
  apiId: 'a1b2c3d4e5',
  stage: 'live',
  methods: SERVICE_METHODS,
  paths: ['/v1'],
});

const step = (props: Partial<GkeServiceStepProps> = {}) =>
  new GkeServiceStep('Score', { target: service, method: 'GET', path: '/v1/score', ...props });
const statesOf = (props: Partial<GkeServiceStepProps> = {}) =>
  StateMachineDefinition.fromSteps(step(props)).states.States;
const inner = (props: Partial<GkeServiceStepProps> = {}) =>
  (statesOf(props).Score!.Branches as { States: States }[])[0]!.States;
const callOf = (props: Partial<GkeServiceStepProps> = {}): State => inner(props)['Score: call']!;
const retriesOf = (props: Partial<GkeServiceStepProps> = {}) =>
  (callOf(props).Retry as Retrier[]).map(({ ErrorEquals, MaxAttempts }) => [ErrorEquals, MaxAttempts]);

const full: Partial<GkeServiceStepProps> = {
  method: 'POST',
  query: { day: '2026-11-21', 'shop.$': '$.shop' },
  headers: { accept: 'application/json', 'prefer.$': '$.prefer' },
  body: { 'order.$': '$.order', urgent: true },
  idempotencyKeyPath: '$.order.id',
  statuses: { 409: 'AlreadyBooked' },
  timeoutSeconds: 20,
  resultSelector: { 'score.$': '$.body.score' },
  resultPath: '$.score',
};

describe('by the function of a target', () => {
  test('a call is put together, and then made', () => {
    expect(withShortErrorLists(statesOf())).toMatchInlineSnapshot(`
     {
       "Score": {
         "Branches": [
           {
             "StartAt": "Score: request",
             "States": {
               "Score: call": {
                 "End": true,
                 "Resource": "arn:aws:lambda:eu-west-1:210987654321:function:books-gke-service:live",
                 "Retry": [
                   {
                     "BackoffRate": 2,
                     "ErrorEquals": [
                       "(transient errors of Lambda)",
                       "States.Timeout",
                       "GKE.ApiUnavailable",
                       "GKE.ApiThrottled",
                     ],
                     "IntervalSeconds": 2,
                     "JitterStrategy": "FULL",
                     "MaxAttempts": 3,
                     "MaxDelaySeconds": 60,
                   },
                   {
                     "BackoffRate": 3,
                     "ErrorEquals": [
                       "GKE.Service.Unavailable",
                       "GKE.Service.Timeout",
                       "GKE.Service.Throttled",
                     ],
                     "IntervalSeconds": 2,
                     "JitterStrategy": "FULL",
                     "MaxAttempts": 3,
                     "MaxDelaySeconds": 20,
                   },
                 ],
                 "TimeoutSeconds": 64,
                 "Type": "Task",
               },
               "Score: request": {
                 "Next": "Score: call",
                 "Parameters": {
                   "execution.$": "$$.Execution.Id",
                   "headers": {},
                   "key.$": "States.UUID()",
                   "method": "GET",
                   "path": "/v1/score",
                   "query": {},
                   "statuses": {},
                   "step": "Score",
                   "timeoutSeconds": 29,
                 },
                 "Type": "Pass",
               },
             },
           },
         ],
         "Catch": [],
         "End": true,
         "ResultSelector": {
           "body.$": "$[0]['body']",
           "status.$": "$[0]['status']",
         },
         "Type": "Parallel",
       },
     }
    `);
  });

  test('a call says all that was said of it, and what was selected goes on', () => {
    const states = inner(full);
    expect(states['Score: request']!.Parameters).toEqual({
      'execution.$': '$$.Execution.Id',
      step: 'Score',
      method: 'POST',
      'key.$': '$.order.id',
      path: '/v1/score',
      query: { day: '2026-11-21', 'shop.$': '$.shop' },
      headers: { accept: 'application/json', 'prefer.$': '$.prefer' },
      body: { 'order.$': '$.order', urgent: true },
      statuses: { 409: 'AlreadyBooked' },
      timeoutSeconds: 20,
    });
    // A token may have to be got first.
    expect(states['Score: call']).toMatchObject({ TimeoutSeconds: 55, Next: 'Score: validate result' });
    expect(states['Score: result']).toEqual({
      Type: 'Pass',
      Parameters: { 'score.$': '$.body.score' },
      End: true,
    });
    expect(statesOf(full).Score).toMatchObject({
      ResultSelector: { 'score.$': "$[0]['score']" },
      ResultPath: '$.score',
    });
  });

  test('a path may be known when the step runs', () => {
    const path = "States.Format('/v1/orders/{}', $.order)";
    expect(inner({ path })['Score: request']!.Parameters).toMatchObject({ 'path.$': path });
    expect(inner({ path })['Score: request']!.Parameters).not.toHaveProperty('path');
  });

  test('it asks for the function, and for a state machine with a history', () => {
    expect(step().requirements()).toEqual({
      maxSeconds: 64,
      functions: [service],
      standardOnlyReason: expect.stringContaining('history') as string,
    });
    expect(step({ timeoutSeconds: 120 }).requirements().maxSeconds).toBe(155);
  });
});

describe('through API Gateway', () => {
  const through = { target: gateway };

  test('a call is made as the role of the state machine', () => {
    const { Retry, Catch, ...call } = callOf({ ...full, ...through });
    expect(call).toMatchInlineSnapshot(`
     {
       "Next": "Score: validate result",
       "Parameters": {
         "ApiEndpoint": "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
         "AuthType": "IAM_ROLE",
         "Headers.$": "$.headers",
         "Method": "POST",
         "Path.$": "$.path",
         "QueryParameters.$": "$.query",
         "RequestBody.$": "$.body",
         "Stage": "live",
       },
       "Resource": "arn:aws:states:::apigateway:invoke",
       "ResultSelector": {
         "body.$": "$.ResponseBody",
         "status.$": "$.StatusCode",
       },
       "TimeoutSeconds": 20,
       "Type": "Task",
     }
    `);
    expect(inner({ ...full, ...through })['Score: request']!.Parameters).toEqual({
      path: '/v1/score',
      headers: {
        accept: ['application/json'],
        'prefer.$': 'States.Array($.prefer)',
        'idempotency-key.$': 'States.Array($.order.id)',
      },
      query: { day: ['2026-11-21'], 'shop.$': 'States.Array($.shop)' },
      body: { 'order.$': '$.order', urgent: true },
    });
    expect([Retry, Catch].every(Array.isArray)).toBe(true);
  });

  test('it may invoke its method on the paths of the target, and needs no function', () => {
    const api = 'arn:aws:execute-api:eu-west-1:210987654321:a1b2c3d4e5/live';
    expect(step(through).requirements()).toEqual({
      maxSeconds: 29,
      statements: [{ actions: ['execute-api:Invoke'], resources: [`${api}/GET/v1`, `${api}/GET/v1/*`] }],
    });
  });

  test('every status that is an error ends in a state that gives it the name of the step', () => {
    const statuses = { 409: 'AlreadyBooked', 499: 'Gone' };
    const states = inner({ ...through, statuses });
    const caught = callOf({ ...through, statuses }).Catch as { ErrorEquals: string[]; Next: string }[];
    const named = caught.flatMap(({ ErrorEquals, Next }) =>
      ErrorEquals.filter((name) => /\.\d+$/.test(name)).map(
        (name) => [Number(name.split('.')[1]), states[Next]!.Error] as const,
      ),
    );
    expect(named.length).toBeGreaterThan(40);
    for (const [status, error] of named)
      expect([status, error]).toEqual([status, errorOfStatus(status, statuses)]);
    expect(Object.fromEntries(named)).toMatchObject({
      302: 'GKE.Service.3xx',
      401: 'GKE.Service.AuthFailed',
      403: 'GKE.Service.Forbidden',
      404: 'GKE.Service.4xx',
      409: 'AlreadyBooked',
      429: 'GKE.Service.Throttled',
      499: 'Gone',
      500: 'GKE.Service.5xx',
      503: 'GKE.Service.Unavailable',
      504: 'GKE.Service.Timeout',
    });
    const all = caught.flatMap(({ ErrorEquals }) => ErrorEquals);
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain('States.Timeout');
  });

  test('what is tried again is told by the names that API Gateway gives', () => {
    const [usual, own] = callOf({ ...through, retry: { 'GKE.Service.5xx': { attempts: 1 } } })
      .Retry as Retrier[];
    expect(usual!.ErrorEquals).toEqual([
      'ApiGateway.SdkClientException',
      'ApiGateway.AbortedException',
      'ApiGateway.502',
      'ApiGateway.503',
      'States.Timeout',
      'ApiGateway.504',
      'ApiGateway.429',
    ]);
    expect(own!.ErrorEquals).toContain('ApiGateway.500');
    expect(own!.ErrorEquals).not.toContain('ApiGateway.503');
  });
});

describe('what is tried again', () => {
  const interrupted = ['GKE.Service.Unavailable', 'GKE.Service.Timeout', 'GKE.Service.Throttled'];

  test.each(['GET', 'HEAD', 'PUT', 'DELETE'] as const)('a %s is, three times', (method) => {
    const [unanswered, service] = retriesOf({ method });
    expect(unanswered![0]).toEqual(expect.arrayContaining(['Sandbox.Timedout', 'States.Timeout']));
    expect(service).toEqual([interrupted, 3]);
  });

  test.each(['POST', 'PATCH'] as const)('a %s is not, unless it was never sent', (method) => {
    expect(retriesOf({ method })).toEqual([
      [[...NEVER_INVOKED_ERRORS, 'GKE.ApiUnavailable', 'GKE.ApiThrottled'], 3],
    ]);
    expect(callOf({ target: gateway, method }).Retry).toEqual([]);
  });

  test('a POST is where somebody says so, of a service that knows the key', () => {
    const retry = { 'GKE.Service.Unavailable': { attempts: 5, intervalSeconds: 1 } };
    expect(retriesOf({ method: 'POST', retry }).slice(1)).toEqual([[['GKE.Service.Unavailable'], 5]]);
  });

  test('what is said of one error leaves the others as they are, and States.ALL comes last', () => {
    const retry = { 'States.ALL': { attempts: 1 }, 'GKE.Service.Timeout': { attempts: 0 } };
    expect(retriesOf({ retry }).slice(1)).toEqual([
      [['GKE.Service.Unavailable', 'GKE.Service.Throttled'], 3],
      [['GKE.Service.Timeout'], 0],
      [['States.ALL'], 1],
    ]);
  });

  test.each([service, gateway])('has the same key each time, since that is made before (%#)', (target) => {
    const states = inner({ target });
    expect(JSON.stringify(states['Score: request'])).toContain('States.UUID()');
    expect(JSON.stringify(states['Score: call'])).not.toContain('States.UUID()');
  });
});

test.each([service, gateway])(
  'the states are of the language, and every error can be caught (%#)',
  (target) => {
    for (const method of SERVICE_METHODS) {
      const chain = step({ target, method });
      for (const error of Object.values(SERVICE_ERRORS)) chain.catch(error, new SucceedStep(`On ${error}`));
      const { states } = StateMachineDefinition.fromSteps(chain);
      expect(definitionProblems(states)).toEqual([]);
      expect((states.States.Score!.Catch as unknown[]).length).toBe(Object.values(SERVICE_ERRORS).length);
    }
  },
);

const bad: [string, Record<string, unknown>, string][] = [
  ['no target', { target: {} }, 'target must be a GkeServiceTarget or an ApiGatewayTarget (got {}).'],
  [
    'a method that the target does not let through',
    { target: new ApiGatewayTarget({ account, apiId: 'a1b2c3d4e5', stage: 'live' }), method: 'DELETE' },
    'method must be a method of the target: GET, POST (got "DELETE"). Add it to the methods of the target.',
  ],
  [
    'a method that there is not',
    { method: 'OPTIONS' },
    'method must be one of "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" (got "OPTIONS").',
  ],
  [
    'a path that the target does not let through',
    { path: '/v2/score' },
    'path must be a path of the target or below it: /v1 (got "/v2/score"). Add it to the paths of the target.',
  ],
  [
    'a path that only begins alike',
    { path: '/v1score' },
    'path must be a path of the target or below it: /v1 (got "/v1score"). Add it to the paths of the target.',
  ],
  [
    'a path that climbs',
    { path: '/v1/../admin' },
    'path must not contain "//", "." or "..", which servers interpret in different ways (got "/v1/../admin").',
  ],
  [
    'a path that climbs in disguise',
    { path: '/v1/%2E%2e/admin' },
    'path must not contain "//", "." or "..", which servers interpret in different ways (got "/v1/%2E%2e/admin").',
  ],
  [
    'a path that is not encoded',
    { path: '/v1/bücher/{id}' },
    'path must be encoded as in a URL (got "/v1/bücher/{id}"). Use "/v1/b%C3%BCcher/%7Bid%7D".',
  ],
  [
    'a path with a query',
    { path: '/v1/score?day=1' },
    'path must start with "/" and have no query, or be a path into the input or an intrinsic function (got "/v1/score?day=1"). Set the parameters in query.',
  ],
  [
    'a path without a slash',
    { path: 'v1/score' },
    'path must start with "/" and have no query, or be a path into the input or an intrinsic function (got "v1/score"). Use "/v1/score".',
  ],
  [
    'a header that says who calls',
    { headers: { Authorization: 'Bearer x' } },
    'the name "Authorization" in headers must not be a header of authentication or message framing, which the target sets (got "Authorization"). Omit it.',
  ],
  [
    'a header that says so by a path',
    { headers: { 'x-goog-iap-jwt-assertion.$': '$.jwt' } },
    'the name "x-goog-iap-jwt-assertion.$" in headers must not be a header of authentication or message framing, which the target sets (got "x-goog-iap-jwt-assertion.$"). Omit it.',
  ],
  [
    'a header with a space',
    { headers: { 'two words': 'x' } },
    'the name "two words" in headers must have 1 to 64 letters, digits and hyphens (got "two words").',
  ],
  [
    'a header by what is no path',
    { headers: { 'accept.$': 'json' } },
    'headers["accept.$"] must be a path that starts with "$", or an intrinsic function that starts with "States." (got "json"). Use "$.json".',
  ],
  ['a parameter that is no text', { query: { day: 1 } }, 'query["day"] must be a string (got 1).'],
  ['a GET with a body', { body: { a: 1 } }, 'body must be omitted for GET (got {"a":1}). Set it in query.'],
  ['a body that is a list', { method: 'POST', body: [1] }, 'body must be an object (got [1]).'],
  [
    'a key that is no path',
    { idempotencyKeyPath: 'order' },
    'idempotencyKeyPath must be a path that starts with "$", or an intrinsic function that starts with "States." (got "order"). Use "$.order".',
  ],
  [
    'a name for success',
    { statuses: { 200: 'Fine' } },
    'the name "200" in statuses must be a status from 300 to 599 (got "200").',
  ],
  [
    'a name that is none',
    { statuses: { 409: 'already booked' } },
    'statuses["409"] must have 1 to 128 letters, digits, ".", "_", ":" and "-", and start with a letter (got "already booked").',
  ],
  [
    'more time than the target has',
    { timeoutSeconds: 121 },
    'timeoutSeconds must not exceed timeoutSeconds of the target (120) (got 121).',
  ],
  [
    'more time than API Gateway has',
    { target: gateway, timeoutSeconds: 30 },
    'timeoutSeconds must not exceed timeoutSeconds of the target (29) (got 30).',
  ],
  ['no time', { timeoutSeconds: 0 }, 'timeoutSeconds must be a whole number from 1 to 840 (got 0).'],
  [
    'tries without a number',
    { retry: { 'GKE.Service.5xx': {} } },
    'retry["GKE.Service.5xx"].attempts is required. It must be a whole number from 0 to 1000.',
  ],
  [
    'a selector that is none',
    { resultSelector: { 'score.$': 'score' } },
    'resultSelector["score.$"] must be a path that starts with "$", or an intrinsic function that starts with "States." (got "score"). Use "$.score".',
  ],
  [
    'a result path that is none',
    { resultPath: '$.a[*]' },
    'resultPath must be a reference path to one field, for example "$.extract" (got "$.a[*]").',
  ],
  [
    'a property that does not exist',
    { audience: 'x' },
    'audience is not a property. The properties are: target, method, path, query, headers, body, idempotencyKeyPath, statuses, timeoutSeconds, retry, resultSelector, resultPath.',
  ],
];

test.each(bad)('%s is refused', (_, props, message) => {
  expect(refusal(() => step(props)).message).toBe(`GkeServiceStep "Score": ${message}`);
});
