import { errorOfStatus } from '../../../lib/contracts/service-errors';
import type { Retrier } from '../../../lib/orchestration/state-machine/asl/states';
import { ApiGatewayTarget } from '../../../lib/orchestration/services/api-gateway-target';
import { account } from '../fixtures';
import { callOf, full, gateway, inner, step } from './step-fixtures';

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

  test('the default stage is at the root of the API, and has no name in the call', () => {
    const target = new ApiGatewayTarget({ account, apiId: 'a1b2c3d4e5', stage: '$default', paths: ['/v1'] });
    expect(callOf({ ...full, target }).Parameters).not.toHaveProperty('Stage');
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
