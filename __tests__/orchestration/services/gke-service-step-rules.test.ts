import { ApiGatewayTarget } from '../../../lib/orchestration/services/api-gateway-target';
import { refusal } from '../../synth';
import { account } from '../fixtures';
import { gateway, step } from './step-fixtures';

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
  ['a parameter that is no text', { query: { day: 1 } }, 'query["day"] must be a string (got 1). Write "1".'],
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
  [
    'no time',
    { timeoutSeconds: 0 },
    'timeoutSeconds must be a whole number from 1 to 840 (got 0). Use at least 1.',
  ],
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
