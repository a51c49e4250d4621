import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ServiceTarget } from '../../../lib/contracts/services';
import { parseRequest } from '../../../runtime/services/request';
import { serviceAt } from '../../../runtime/services/service';
import { parseTarget } from '../../../runtime/services/target';
import { ApiStandIn, type Behaviour } from '../api-stand-in';
import { PROOF, tokenServers } from '../first-calls';
import { CALLER, EXECUTION, failure, ROLE, RUN, type Line } from '../harness';
import { MARKER, type WebIdentityAsked } from '../token-servers';

const request = (overrides: object = {}) => ({
  execution: EXECUTION,
  step: 'Score',
  key: 'order-1',
  method: 'POST',
  path: '/v1/score',
  query: {},
  headers: {},
  body: { order: 1 },
  statuses: {},
  timeoutSeconds: 5,
  ...overrides,
});

const settings: ServiceTarget = {
  name: 'score',
  url: 'https://score.example.com',
  methods: ['GET', 'POST'],
  paths: ['/v1'],
  roleArn: ROLE,
  auth: {
    kind: 'aws',
    audience: 'https://score.example.com',
    signingAlgorithm: 'ES384',
    durationSeconds: 300,
  },
  responseBytes: 200,
  reason: 'scores orders',
};

/** The function between a token service and the service that it calls. */
class Called {
  public readonly api = new ApiStandIn();
  public readonly asked: WebIdentityAsked[] = [];
  public readonly tokens = tokenServers(this.asked);
  public readonly lines: Line[] = [];
  public ahead = 0;

  async start(): Promise<void> {
    await Promise.all([this.api.start(), this.tokens.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.api.stop(), this.tokens.stop()]);
  }

  service(overrides: Partial<ServiceTarget> = {}) {
    const note = (level: Line['level']) => (message: string, facts: object) =>
      void this.lines.push({ level, message, ...facts });
    const { certificateAuthority, host } = this.api;
    return serviceAt({
      target: { ...settings, url: `https://${host}`, certificateAuthority, ...overrides },
      home: {
        region: 'eu-west-1',
        stsEndpoint: this.tokens.stsEndpoint,
        credentials: { ...CALLER, token: CALLER.sessionToken },
      },
      clock: {
        now: () => Date.now() + this.ahead,
        sleep: (milliseconds) => Promise.resolve(void (this.ahead += milliseconds)),
        random: () => 0.5,
      },
      log: { info: note('info'), warn: note('warn') },
    });
  }

  answering(behaviour: ReturnType<Behaviour>): this {
    this.api.behaviour = () => behaviour;
    return this;
  }
}

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
      { audience: 'https://score.example.com', signingAlgorithm: 'ES384', durationSeconds: 300 },
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

describe('a target', () => {
  const google = {
    kind: 'google',
    audience: 'a',
    idTokenUrl: 'https://iamcredentials.googleapis.com/v1/x:generateIdToken',
    credentials: {
      audience: 'a',
      subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
      token_url: 'https://sts.googleapis.com/v1/token',
    },
  };
  test.each([settings, { ...settings, auth: google, certificateAuthority: 'LS0=' }])(
    'is read (%#)',
    (given) => {
      expect(parseTarget(JSON.stringify(given))).toEqual(given);
    },
  );

  test.each<[string, string | undefined]>([
    ['SERVICE_TARGET is required', undefined],
    ['SERVICE_TARGET must be JSON', '{'],
    ['SERVICE_TARGET must be an object', '[]'],
    ['SERVICE_TARGET: url must be a URL', JSON.stringify({ ...settings, url: 'ftp://x' })],
    [
      'SERVICE_TARGET: methods must be of GET, HEAD, POST, PUT, PATCH, DELETE',
      JSON.stringify({ ...settings, methods: ['TRACE'] }),
    ],
    ['SERVICE_TARGET: paths must be a list', JSON.stringify({ ...settings, paths: '/v1' })],
    ['SERVICE_TARGET: roleArn must be the ARN of a role', JSON.stringify({ ...settings, roleArn: 'x' })],
    ['SERVICE_TARGET: auth is required', JSON.stringify({ ...settings, auth: undefined })],
    [
      'SERVICE_TARGET: auth.kind must be "google" or "aws"',
      JSON.stringify({ ...settings, auth: { kind: 'x', audience: 'a' } }),
    ],
    [
      'SERVICE_TARGET: auth.signingAlgorithm must be RS256 or ES384',
      JSON.stringify({ ...settings, auth: { ...settings.auth, signingAlgorithm: 'HS256' } }),
    ],
    [
      'SERVICE_TARGET: auth.durationSeconds must be a number of at least 60',
      JSON.stringify({ ...settings, auth: { ...settings.auth, durationSeconds: 1 } }),
    ],
    [
      'SERVICE_TARGET: auth.credentials.subject_token_type is required',
      JSON.stringify({ ...settings, auth: { ...google, credentials: { audience: 'a' } } }),
    ],
    [
      'SERVICE_TARGET: auth.idTokenUrl is required',
      JSON.stringify({ ...settings, auth: { ...google, idTokenUrl: undefined } }),
    ],
    [
      'SERVICE_TARGET: responseBytes must be a number of at least 1',
      JSON.stringify({ ...settings, responseBytes: 0 }),
    ],
  ])('%s', (message, json) => {
    expect(() => parseTarget(json)).toThrow(`${message}.`);
  });
});
