import { NEVER_INVOKED_ERRORS } from '../../../lib/orchestration/state-machine/asl/lambda-errors';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import { SERVICE_METHODS } from '../../../lib/contracts/services';
import { SERVICE_ERRORS } from '../../../lib/contracts/service-errors';
import type { Retrier } from '../../../lib/orchestration/state-machine/asl/states';
import type { GkeServiceStepProps } from '../../../lib/orchestration/services/gke-service-step-props';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { callOf, full, gateway, inner, service, statesOf, step } from './step-fixtures';
import { withShortErrorLists } from '../lambda-error-lists';

const retriesOf = (props: Partial<GkeServiceStepProps> = {}) =>
  (callOf(props).Retry as Retrier[]).map(({ ErrorEquals, MaxAttempts }) => [ErrorEquals, MaxAttempts]);

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
