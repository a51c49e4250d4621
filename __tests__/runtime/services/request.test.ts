import type { ServiceTarget } from '../../../lib/contracts/services';
import { parseRequest } from '../../../runtime/services/request';
import { failure } from '../harness';
import { Called, request, settings } from './service-fixtures';

let called: Called;

beforeEach(async () => {
  called = new Called();
  await called.start();
});

afterEach(() => called.stop());

const failed = (overrides: object = {}, target: Partial<ServiceTarget> = {}) =>
  failure(called.service(target)(request(overrides)));

describe('a request is refused, by the name of its field', () => {
  test.each<[string, unknown]>([
    ['request must be an object', null],
    ['execution is required', {}],
    ['execution must be the ARN of an execution', request({ execution: 'arn:aws:states:x' })],
    ['step must be a text', request({ step: 1 })],
    ['key is required', request({ key: undefined })],
    ['key must be 1 to 255 visible characters without spaces', request({ key: 'a b' })],
    ['key must be 1 to 255 visible characters', request({ key: 'x'.repeat(256) })],
    ['key must be 1 to 255 visible characters', request({ key: 'a\r\nx: y' })],
    ['method must be one of GET, POST', request({ method: 'DELETE' })],
    ['method must be one of GET, POST', request({ method: 'TRACE' })],
    ['path must begin with "/"', request({ path: '//evil.example.com' })],
    ['path must begin with "/"', request({ path: '/../admin' })],
    ['path must begin with "/"', request({ path: '/.' })],
    ['path must begin with "/"', request({ path: '/%2e%2e/admin' })],
    ['path must begin with "/"', request({ path: '/v1/./x' })],
    ['path must begin with "/"', request({ path: '/v1/..' })],
    ['path must begin with "/"', request({ path: '/v1/%5c..' })],
    ['path must begin with "/"', request({ path: '/v1/x#y' })],
    ['path must begin with "/"', request({ path: '/v1/x\ny' })],
    ['path must be one of these or below it: /v1', request({ path: '/v10' })],
    ['query["a"] must be a text', request({ query: { a: 1 } })],
    ['headers must not name a header of the function itself', request({ headers: { Authorization: 'x' } })],
    [
      'headers must not name a header of the function itself',
      request({ headers: { 'X-Goog-User-Project': 'x' } }),
    ],
    ['headers must not name a header of the function itself', request({ headers: { 'a b': 'x' } })],
    ['headers["a"] must be printable ASCII', request({ headers: { a: 'x\r\ny: z' } })],
    ['statuses["409"] must be a text', request({ statuses: { 409: 1 } })],
    ['timeoutSeconds must be a number of at least 1', request({ timeoutSeconds: 0 })],
    ['timeoutSeconds must be a number of at least 1', request({ timeoutSeconds: Infinity })],
  ])('%s', (message, event) => {
    expect(() => parseRequest(event, settings)).toThrow(
      expect.objectContaining({
        name: 'GKE.BadRequest',
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  test('so that no path leads out of that of the service, where all below it are let through', async () => {
    const error = await failed(
      { path: '/../admin' },
      { url: `https://${called.api.host}/api`, paths: ['/'] },
    );
    expect(error.name).toBe('GKE.BadRequest');
    expect(called.api.requests).toEqual([]);
  });

  test('and nothing is called, nor a token asked for', async () => {
    const error = await failed({ path: '/v2' });
    expect(error.message).toMatch(
      /^The request is malformed: path .* Target score at .*, execution arn:aws:states:/,
    );
    expect(called.tokens.requests).toEqual([]);
    expect(called.api.requests).toEqual([]);
  });
});
