import { EndpointLane, withEnvoy } from './endpoint-lane';
import { EMAIL, google, googleKey } from './issuers';
import { token } from './tokens';

const lane = new EndpointLane();

withEnvoy('a real Envoy with the synthesized configuration', () => {
  beforeAll(() =>
    lane.start({ paths: ['/books'], methods: ['GET', 'POST'], limits: { requestBytes: 1_000 } }),
  );
  afterAll(() => lane.stop());
  beforeEach(() => (lane.seen.length = 0));

  test('what a client says it is called is replaced, in every spelling', async () => {
    const headers = { 'X-Verified-Caller': 'root@example.com', x_verified_caller: 'root@example.com' };
    expect((await lane.ask(token(googleKey, google()), { headers })).status).toBe(200);
    expect(JSON.stringify(lane.seen)).not.toContain('root@example.com');
    expect(lane.seen[0]!.headers['x-verified-caller']).toBe(EMAIL);
  });

  test('headers that steer Envoy do nothing', async () => {
    const headers = {
      'x-envoy-upstream-rq-timeout-ms': '1',
      'x-envoy-external-address': '1.2.3.4',
      'x-envoy-original-path': '/admin',
    };
    expect((await lane.ask(token(googleKey, google()), { headers })).status).toBe(200);
    // The one that Envoy writes itself: the address of the client.
    expect(Object.entries(lane.seen[0]!.headers).filter(([name]) => name.startsWith('x-envoy'))).toEqual([
      ['x-envoy-external-address', '127.0.0.1'],
    ]);
  });

  test.each([
    [200, '/books'],
    [200, '/books?page=2'],
    [200, '/books/1/2'],
    [200, '//books/1'],
    [403, '/booksx'],
    [403, '/admin'],
    [403, '/'],
    [403, '/books/../admin'],
    [403, '/books/%2e%2e/admin'],
    [400, '/books/..%2fadmin'],
    [400, '/books/%5c..%5cadmin'],
    [403, '/admin?x=/books/'],
    [403, '/healthz/'],
  ])('%i for the path %s, with a good token', async (status, path) => {
    expect((await lane.ask(token(googleKey, google()), { path })).status).toBe(status);
    expect(lane.seen).toHaveLength(status === 200 ? 1 : 0);
  });

  test('403 for a method that is not let through', async () => {
    expect((await lane.ask(token(googleKey, google()), { method: 'DELETE' })).status).toBe(403);
    expect(lane.seen).toEqual([]);
  });

  test('413 for a body that is too long, 200 for one that just fits', async () => {
    const bearer = token(googleKey, google());
    const post = (length: number) => lane.ask(bearer, { method: 'POST', body: Buffer.alloc(length, 'x') });
    expect((await post(1_000)).status).toBe(200);
    expect((await post(1_001)).status).toBe(413);
    expect(lane.seen).toHaveLength(1);
  });

  test('the health of the endpoint needs no token and never reaches the service', async () => {
    expect((await lane.ask(undefined, { path: '/healthz' })).status).toBe(200);
    expect((await lane.ask(undefined, { path: '/healthz?x=1' })).status).toBe(401);
    expect(lane.seen).toEqual([]);
  });
});
