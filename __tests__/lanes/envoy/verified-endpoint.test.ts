import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mountSecret } from './certificates';
import { EndpointLane, withEnvoy } from './endpoint-lane';
import { aws, AWS, awsKeys, EMAIL, google, GOOGLE, googleKey, now, ROLE } from './issuers';
import { freePort, Loopback, send } from './servers';
import { token } from './tokens';

const lane = new EndpointLane();

withEnvoy('a real Envoy with the synthesized configuration', () => {
  beforeAll(() =>
    lane.start({ paths: ['/books'], methods: ['GET', 'POST'], limits: { requestBytes: 1_000 } }),
  );
  afterAll(() => lane.stop());
  beforeEach(() => (lane.seen.length = 0));

  test('the access log says who and why, and holds no token', async () => {
    // Envoy writes its log every ten seconds.
    const lines = () => lane.main.envoy.accessLog.filter(({ run_id }) => run_id === 'run-7');
    const tokens = [
      token(googleKey, google()),
      token(awsKeys.ES384, aws({ 'https://sts.amazonaws.com/': { request_tags: { 'run-id': 'run-6' } } })),
      token(googleKey, google({ email: 'other@my-project.iam.gserviceaccount.com' })),
      token(googleKey, google({ exp: now() - 120 })),
    ];
    const headers = { 'x-run-id': 'run-7' };
    for (const bearer of tokens) await lane.ask(bearer, { path: '/books/1?secret=hunter2', headers });
    await lane.ask(undefined, { path: '/healthz' });
    for (let tries = 0; tries < 150 && lines().length < 4; tries++) await sleep(100);
    expect(
      lines().map(({ caller, issuer, path, status, reason, run_id, signed_run_id, method }) => {
        return { caller, issuer, path, status, reason, run_id, signed_run_id, method };
      }),
    ).toEqual([
      expect.objectContaining({
        caller: EMAIL,
        issuer: GOOGLE,
        path: '/books/1',
        status: 200,
        run_id: 'run-7',
        signed_run_id: undefined,
      }),
      expect.objectContaining({
        caller: ROLE,
        issuer: AWS,
        status: 200,
        method: 'GET',
        signed_run_id: 'run-6',
      }),
      expect.objectContaining({
        caller: 'other@my-project.iam.gserviceaccount.com',
        status: 403,
        reason: expect.stringContaining('rbac') as string,
      }),
      expect.objectContaining({ status: 401, reason: expect.stringContaining('Jwt_is_expired') as string }),
    ]);
    for (const bearer of tokens) {
      const [head, payload, signature] = bearer.split('.');
      for (const part of [head, payload, signature]) expect(lane.main.envoy.written).not.toContain(part);
    }
    expect(lane.main.envoy.written).not.toContain('hunter2');
    expect(lane.main.envoy.accessLog.filter(({ path }) => path === '/healthz')).toEqual([]);
  });

  test('it starts without a warning of what is deprecated', () => {
    expect(lane.main.envoy.warnings).not.toMatch(/deprecat/i);
  });

  test('503 when the service is down', async () => {
    const down = await lane.envoyWith('down', {}, { service: await freePort() });
    expect((await lane.ask(token(googleKey, google()), {}, down.port)).status).toBe(503);
    expect((await lane.ask(undefined, {}, down.port)).status).toBe(401);
  });

  test('504 when the service is late', async () => {
    const late = await lane.keep(Loopback.start(() => undefined));
    const made = await lane.envoyWith('late', { limits: { timeoutSeconds: 1 } }, { service: late.port });
    expect((await lane.ask(token(googleKey, google()), {}, made.port)).status).toBe(504);
  });

  test('TLS is spoken, and a new certificate is taken up without a restart', async () => {
    const mounted = join(lane.folder, 'secret');
    mountSecret(mounted, lane.authority.issue('books.example.com'), 1);
    const made = await lane.envoyWith(
      'tls',
      { tlsSecretName: 'books-tls', hostName: 'books.example.com' },
      { certificateFolder: mounted },
    );
    const call = () =>
      send({
        port: made.port,
        path: '/books',
        ca: readFileSync(lane.authority.file),
        servername: 'books.example.com',
        headers: { authorization: `Bearer ${token(awsKeys.ES384, aws())}` },
      });
    const first = await call();
    expect(first.status).toBe(200);
    mountSecret(mounted, lane.authority.issue('books.example.com'), 2);
    for (let tries = 0; tries < 100 && (await call()).serial === first.serial; tries++) await sleep(100);
    const second = await call();
    expect(second.status).toBe(200);
    expect(second.serial).not.toBe(first.serial);
    await expect(lane.ask(token(awsKeys.ES384, aws()), {}, made.port)).rejects.toThrow();
  });

  test('before a pod stops the kubelet waits, and requests are answered meanwhile', async () => {
    const made = await lane.envoyWith('drain', { limits: { timeoutSeconds: 1 } });
    const asked = Date.now();
    const drained = send({ port: made.drainPort, path: '/drain' });
    expect((await lane.ask(token(googleKey, google()), {}, made.port)).status).toBe(200);
    expect((await drained).status).toBe(200);
    expect(Date.now() - asked).toBeGreaterThan(5_500);
  });
});
