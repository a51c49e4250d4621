import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ServiceTarget } from '../../../lib/contracts/services';
import { type Behaviour } from '../api-stand-in';
import { PROOF } from '../first-calls';
import { EXECUTION, failure, ROLE, RUN } from '../harness';
import { MARKER } from '../token-servers';
import { Called, request, settings } from './service-fixtures';

let called: Called;

beforeEach(async () => {
  called = new Called();
  await called.start();
});

afterEach(() => called.stop());

const failed = (overrides: object = {}, target: Partial<ServiceTarget> = {}) =>
  failure(called.service(target)(request(overrides)));

describe('the token', () => {
  test('is asked for as the target, in the name of the run, for the audience and time of the target', async () => {
    called.answering({ status: 200, body: {} });
    await called.service()(request());
    expect(called.asked).toEqual([
      {
        audience: 'https://score.example.com',
        signingAlgorithm: 'ES384',
        durationSeconds: 300,
        tags: { target: 'score', reason: 'scores orders', 'run-id': RUN },
      },
    ]);
    expect(called.tokens.requests[0]!.body).toMatchObject({ RoleArn: ROLE, RoleSessionName: RUN });
    expect(called.api.requests[0]!.headers.authorization).toBe(`Bearer ${PROOF}`);
  });

  test('that the service gives back is taken out of what it says', async () => {
    called.answering({ status: 200, body: { echoed: `Bearer ${PROOF}`, twice: `${PROOF} ${PROOF}` } });
    expect(await called.service()(request())).toEqual({
      status: 200,
      body: { echoed: 'Bearer [removed]', twice: '[removed] [removed]' },
    });
    expect(JSON.stringify(called.lines)).not.toContain(MARKER);
  });

  test('that the service gives back is taken out of an error', async () => {
    called.answering({ status: 500, body: { headers: { authorization: PROOF } } });
    const error = await failed();
    expect(error.name).toBe('GKE.Service.5xx');
    expect(error.message).toContain('The service answered 500: {"headers":{"authorization":"[removed]"}}.');
    expect(`${error.stack}${JSON.stringify(called.lines)}`).not.toContain(MARKER);
  });

  test('that was refused is not shown again', async () => {
    const service = called.service({ auth: { ...settings.auth, durationSeconds: 3_600 } as never });
    called.answering({ status: 200, body: {} });
    await service(request());
    await service(request());
    expect(called.asked).toHaveLength(1);
    called.answering({ status: 401, body: {} });
    expect((await failure(service(request()))).name).toBe('GKE.Service.AuthFailed');
    called.answering({ status: 200, body: {} });
    await service(request());
    expect(called.asked).toHaveLength(2);
  });
});

describe('an answer', () => {
  test.each<[string, ReturnType<Behaviour>, unknown]>([
    ['of JSON is what it says', { status: 200, body: { a: [1] } }, { status: 200, body: { a: [1] } }],
    ['of text is its text', { status: 200, body: 'half {' }, { status: 200, body: 'half {' }],
    ['of nothing is null', { status: 204, body: '' }, { status: 204, body: null }],
    ['of null is null', { status: 200, body: 'null' }, { status: 200, body: null }],
    [
      'of the most bytes is taken',
      { status: 200, body: JSON.stringify('x'.repeat(198)) },
      { status: 200, body: 'x'.repeat(198) },
    ],
  ])('%s', async (_, reply, expected) => {
    called.answering(reply);
    expect(await called.service()(request())).toEqual(expected);
  });

  test('of one byte more is left, wherever that stands', async () => {
    called.answering({ status: 200, body: JSON.stringify('x'.repeat(199)) });
    expect(await failed()).toMatchObject({
      name: 'GKE.Service.TooLarge',
      message: expect.stringContaining('The answer has more than 200 bytes.') as string,
    });
    called.answering({ status: 500, body: 'é'.repeat(101) });
    expect(await failed()).toMatchObject({ name: 'GKE.Service.TooLarge' });
  });

  test('that leads elsewhere is not followed', async () => {
    called.answering({ status: 307, headers: { location: `https://${called.api.host}/v1/other` } });
    expect((await failed()).name).toBe('GKE.Service.3xx');
    expect(called.api.requests).toHaveLength(1);
  });

  test('of a page for people is not quoted', async () => {
    called.answering({ status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad Gateway</h1>' });
    const error = await failed();
    expect(error.name).toBe('GKE.Service.Unavailable');
    expect(error.message).toMatch(/^The service answered 502\. POST \/v1\/score of the target score at /);
  });

  test.each<[number, object, string]>([
    [409, { 409: 'AlreadyBooked' }, 'AlreadyBooked'],
    [401, { 401: 'SignInAgain' }, 'SignInAgain'],
    [409, {}, 'GKE.Service.4xx'],
    [429, {}, 'GKE.Service.Throttled'],
    [503, {}, 'GKE.Service.Unavailable'],
    [504, {}, 'GKE.Service.Timeout'],
    [599, {}, 'GKE.Service.5xx'],
  ])('of status %i with names %j is %s, and asked for once', async (status, statuses, name) => {
    called.answering({ status, body: {} });
    expect((await failed({ statuses })).name).toBe(name);
    expect(called.api.requests).toHaveLength(1);
  });

  test('says where it came from, with execution and target', async () => {
    called.answering({ status: 404, body: {} });
    const { message } = await failed();
    expect(message).toBe(
      `The service answered 404: {}. POST /v1/score of the target score at https://${called.api.host}, execution ${EXECUTION}.`,
    );
    expect(called.lines.at(-1)).toMatchObject({
      message: 'failed',
      target: 'score',
      execution: EXECUTION,
      run: RUN,
      step: 'Score',
      key: 'order-1',
      error: 'GKE.Service.4xx',
    });
  });
});

describe('a connection', () => {
  test('to an authority that was not named is not made', async () => {
    const error = await failed({}, { certificateAuthority: undefined });
    expect(error).toMatchObject({
      name: 'GKE.Service.Unavailable',
      message: expect.stringMatching(/could not be reached \((DEPTH_ZERO_)?SELF_SIGNED_CERT\w*\)/) as string,
    });
    expect(called.api.requests).toEqual([]);
  });

  test('that is cut after the request was sent leaves the outcome unknown', async () => {
    called.answering('drop');
    const error = await failed();
    expect(error.name).toBe('GKE.Service.Timeout');
    expect(error.message).toContain(
      'The service received the request and sent no complete response (ECONNRESET).',
    );
    expect(called.api.requests).toHaveLength(1);
  });

  test('is new for each call, so that one which died while the function was frozen is not used', async () => {
    called.answering({ status: 200, body: {} });
    const service = called.service();
    await service(request());
    called.api.closeConnections();
    await expect(service(request())).resolves.toEqual({ status: 200, body: {} });
    expect(called.api.requests.map(({ headers }) => headers.connection)).toEqual(['close', 'close']);
  });

  test('that is not made in time leaves nothing sent', async () => {
    const silent = createServer((socket) => void socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const error = await failed({ timeoutSeconds: 1 }, { url: `https://127.0.0.1:${port}` });
    silent.close();
    expect(error.name).toBe('GKE.Service.Unavailable');
    expect(error.message).toContain('The service could not be reached (no connection within 1 seconds).');
  });

  test('to what speaks no HTTP is told so', async () => {
    const server: Server = createServer((socket) => {
      socket.resume().on('error', () => undefined);
      socket.end('SSH-2.0-OpenSSH_9.6\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const error = await failed({}, { url: `http://127.0.0.1:${port}`, certificateAuthority: undefined });
    await new Promise((resolve) => server.close(resolve));
    expect(error.name).toBe('GKE.Service.Timeout');
    expect(error.message).toMatch(/received the request and sent no complete response \(HPE_\w+\)/);
  });

  test('without https is not made but to this machine', async () => {
    const error = await failed({}, { url: 'http://score.example.com' });
    expect(error.message).toMatch(/score\.example\.com is not on https/);
    expect(`${error.message}${JSON.stringify(called.lines)}`).not.toContain(MARKER);
  });
});

test('a call is made with what was asked for, under the path of the service', async () => {
  called.answering({ status: 200, body: {} });
  await called.service({ url: `https://${called.api.host}/api` })(
    request({ query: { day: '21 & 22', q: 'ü' }, headers: { tenant: 'a' } }),
  );
  const [{ path, query, headers, body, method }] = called.api.requests as [(typeof called.api.requests)[0]];
  expect([method, path, [...query]]).toEqual([
    'POST',
    '/api/v1/score',
    [
      ['day', '21 & 22'],
      ['q', 'ü'],
    ],
  ]);
  expect(body).toEqual({ order: 1 });
  expect(headers).toMatchObject({ tenant: 'a', 'idempotency-key': 'order-1', accept: 'application/json' });
  expect(headers).not.toHaveProperty('x-goog-request-reason');
});
