import { MARKER } from '../../runtime/token-servers';
import type { Ended } from '../cluster/orchestration/interpreter';
import type { Answer } from '../cluster/orchestration/services';
import { now } from './issuers';
import { ServiceLane, withEnvoy } from './service-lane';

withEnvoy('a service behind a real Envoy, called by the built bundle', () => {
  const lane = new ServiceLane();
  beforeAll(() => lane.start());
  afterAll(() => lane.stop());
  beforeEach(() => lane.reset());

  const launchesNothing = ({ history }: Ended) => expect(history).not.toContain('Launch');

  test.each(['google', 'es384', 'rs256'])('the caller of "%s" is let in', async (name) => {
    const ended = await lane.run(name);
    expect(ended.error).toBeUndefined();
    expect(ended.output).toEqual({ status: 200, body: { ok: true } });
    expect(ended.history).toContain('Launch');
    expect(lane.seen).toHaveLength(1);
  });

  test.each<[string, string, object?]>([
    ['a wrong audience', 'elsewhere'],
    ['a wrong audience of AWS', 'elsewhereAws'],
    ['a wrong caller', 'stranger'],
    ['a wrong role', 'strangeRole'],
    ['a wrong issuer', 'google', { iss: 'https://issuer.example.com' }],
    ['a wrong issuer of AWS', 'es384', { iss: 'https://issuer.example.com' }],
    ['a token without the signed tags', 'es384', { 'https://sts.amazonaws.com/': {} }],
    ['an expired token', 'es384', { exp: now() - 3_600 }],
    ['an e-mail that was not verified', 'google', { email_verified: false }],
  ])('%s is refused, and launches nothing', async (_, name, wrong = {}) => {
    lane.claims = wrong;
    // A token that was good is kept; this execution has none yet.
    const ended = await lane.run(name);
    const [, status] = /The service answered (40[13])/.exec(cause(ended)) ?? [];
    const refusal = status === '403' ? 'GKE.Service.Forbidden' : 'GKE.Service.AuthFailed';
    expect(ended.error).toMatchObject({ name: refusal });
    expect(cause(ended)).toMatch(/The service answered 40[13].*Call|target .*, execution arn:aws:states:/);
    launchesNothing(ended);
    expect(lane.seen).toHaveLength(0);
  });

  test('without a token nothing is asked', async () => {
    const ended = await lane.run('nobody');
    expect(ended.error).toMatchObject({ name: 'GKE.AuthFailed' });
    launchesNothing(ended);
    expect(lane.seen).toHaveLength(0);
  });

  test('path, query, headers and body are those of the step, and nobody gets the token further', async () => {
    lane.answer = () => ({ status: 201, body: '{"id":7}' });
    const input = { book: 'b-1', page: '2', tenant: 'a', title: 'Emma' };
    const ended = await lane.run('post', input);
    expect(ended.error).toBeUndefined();
    expect(ended.output).toEqual({ id: 7 });
    const [{ method, url, headers, body }] = lane.seen as [(typeof lane.seen)[0]];
    expect([method, url]).toEqual(['POST', '/v1/books/b-1?lang=en&page=2']);
    expect(JSON.parse(body)).toEqual({ title: 'Emma', copies: 2 });
    expect(headers).toMatchObject({
      'accept-language': 'en',
      tenant: 'a',
      'content-type': 'application/json',
      'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      'user-agent': expect.stringMatching(/^cdktf-multicloud-services\/.* run\//) as string,
    });
    expect(headers).not.toHaveProperty('authorization');
  });

  test.each<[number, string, string?]>([
    [302, 'GKE.Service.3xx'],
    [400, 'GKE.Service.4xx'],
    [401, 'GKE.Service.AuthFailed'],
    [404, 'GKE.Service.4xx'],
    [409, 'AlreadyBooked'],
    [500, 'GKE.Service.5xx'],
  ])('status %i of the service is %s, and launches nothing', async (status, name) => {
    lane.answer = () => ({ status, body: '{"detail":"said by the service"}' });
    const ended = await lane.run('put');
    expect(ended.error).toMatchObject({ name });
    expect(cause(ended)).toContain(`The service answered ${status}: {"detail":"said by the service"}.`);
    launchesNothing(ended);
    expect(lane.seen).toHaveLength(1);
  });

  test.each([429, 502, 503, 504])(
    'status %i is tried again with the same key where that does no harm',
    async (status) => {
      lane.answer = (times) => ({ status: times < 3 ? status : 200 });
      const ended = await lane.run('put');
      expect(ended.error).toBeUndefined();
      expect(lane.seen).toHaveLength(3);
      expect(new Set(lane.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    },
  );

  test('a POST is not made twice', async () => {
    lane.answer = () => ({ status: 503 });
    const ended = await lane.run('keyed', { key: 'order-1' });
    expect(ended.error).toMatchObject({ name: 'GKE.Service.Unavailable' });
    expect(lane.seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['order-1']);
    launchesNothing(ended);
  });

  test('an answer that is late, or too long, launches nothing', async () => {
    lane.answer = () => ({ status: 200, delayMs: 1_500 });
    const late = await lane.run('impatient');
    expect(late.error).toMatchObject({ name: 'GKE.Service.Timeout' });
    launchesNothing(late);
    lane.answer = () => ({ status: 200, body: JSON.stringify('x'.repeat(3_000)) });
    const long = await lane.run('google');
    expect(long.error).toMatchObject({ name: 'GKE.Service.TooLarge' });
    launchesNothing(long);
  });

  test.each([
    '/v2/books',
    '/v1/../admin',
    '/v1//x',
    '/v1/%2e%2e/admin',
    '/v1/%2F',
    'v1',
    '/v1?x=1',
    '/v1x',
    '/v1/a b',
  ])('the path %s that a step makes at run time is not called', async (path) => {
    const ended = await lane.run('outside', { path });
    expect(ended.error).toMatchObject({ name: 'GKE.BadRequest' });
    expect(lane.seen).toHaveLength(0);
    launchesNothing(ended);
  });

  describe('through API Gateway', () => {
    const through = (reply: () => Answer) =>
      lane.run('gateway', { page: '2' }, lane.services.answering('apigateway:invoke', reply));

    test('a 2xx goes on, and IAM proves the caller', async () => {
      const ended = await through(() => ({
        result: { Headers: {}, StatusCode: 200, StatusText: 'OK', ResponseBody: { ok: true } },
      }));
      expect(ended.error).toBeUndefined();
      expect(ended.output).toEqual({ status: 200, body: { ok: true } });
      expect(lane.services.asked.at(-1)!.event).toEqual({
        ApiEndpoint: 'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com',
        Stage: 'live',
        Method: 'GET',
        Path: '/v1/books',
        Headers: { tenant: ['a'], 'idempotency-key': [expect.stringMatching(/^[0-9a-f-]{36}$/)] },
        QueryParameters: { page: ['2'] },
        AuthType: 'IAM_ROLE',
      });
    });

    test.each([
      ['ApiGateway.403', 'GKE.Service.Forbidden'],
      ['ApiGateway.404', 'GKE.Service.4xx'],
      ['ApiGateway.409', 'AlreadyBooked'],
      ['ApiGateway.500', 'GKE.Service.5xx'],
      ['ApiGateway.503', 'GKE.Service.Unavailable'],
      ['ApiGateway.SdkClientException', 'GKE.Service.Unavailable'],
      ['ApiGateway.599', 'ApiGateway.599'],
    ])('%s is %s, and launches nothing', async (errorType, name) => {
      const ended = await through(() => ({ errorType, errorMessage: 'said by the service' }));
      expect(ended.error).toMatchObject({ name });
      launchesNothing(ended);
    });

    test('what passes is tried again with the same key', async () => {
      const before = lane.services.asked.length;
      const result = { Headers: {}, StatusCode: 200, StatusText: 'OK', ResponseBody: {} };
      const ended = await through(() =>
        lane.services.asked.length - before < 3 ? { errorType: 'ApiGateway.429' } : { result },
      );
      expect(ended.error).toBeUndefined();
      const sent = lane.services.asked.slice(before).map(({ event }) => JSON.stringify(event.Headers));
      expect(sent).toHaveLength(3);
      expect(new Set(sent).size).toBe(1);
    });
  });

  test('a token that the service gives back stands nowhere', async () => {
    const echoed = 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl';
    lane.answer = () => ({ status: 400, body: JSON.stringify({ echoed }) });
    const ended = await lane.run('put');
    expect(JSON.stringify(ended)).not.toContain('eyJhbGciOi');
  });

  test('no token of any kind is in a log or in what goes from state to state', () => {
    expect(lane.logs).toContain('"path":"/v1/books"');
    expect(lane.interpreter.history).toContain('Launch');
    for (const captured of [lane.logs, lane.interpreter.history]) {
      expect(captured).not.toContain(MARKER);
      expect(captured).not.toMatch(/eyJ[\w-]{10,}\./);
    }
  });
});

/** The message of the function, which Step Functions wraps into its answer. */
function cause({ error }: Ended): string {
  return (JSON.parse(error!.cause) as { errorMessage: string }).errorMessage;
}
