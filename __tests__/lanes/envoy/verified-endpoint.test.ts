import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EndpointCallers } from '../../../lib/identity/endpoint-callers';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { VerifiedEndpoint } from '../../../lib/gke/verified-endpoint/verified-endpoint';
import type { VerifiedEndpointProps } from '../../../lib/gke/verified-endpoint/verified-endpoint-props';
import { resource, testStack } from '../../synth';
import { Authority, mountSecret } from './certificates';
import { Envoy, envoyMissing } from './envoy';
import { onLoopback } from './loopback';
import { freePort, Loopback, send, type Answer, type Seen } from './servers';
import { jwks, signedWithPublicKey, signingKey, token, unsigned } from './tokens';

const missing = envoyMissing();
// Jest keeps what a file prints to itself when all of its tests are skipped.
if (missing) process.stderr.write(`skipped: ${missing}\n`);
const withEnvoy = missing ? describe.skip : describe;

const AUDIENCE = 'https://books.example.com';
const GOOGLE = 'https://accounts.google.com';
const AWS = 'https://0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws';
const EMAIL = 'bridge@my-project.iam.gserviceaccount.com';
const ROLE = 'arn:aws:iam::123456789012:role/etl-bridge';

const googleKey = signingKey('RS256');
const awsKeys = { RS256: signingKey('RS256'), ES384: signingKey('ES384') };
const strangeKey = signingKey('RS256');

const now = () => Math.floor(Date.now() / 1000);
const google = (more: object = {}) => ({
  iss: GOOGLE,
  aud: AUDIENCE,
  sub: '1122334455',
  email: EMAIL,
  email_verified: true,
  iat: now(),
  exp: now() + 3_600,
  ...more,
});
const aws = (more: object = {}) => ({
  iss: AWS,
  aud: AUDIENCE,
  sub: ROLE,
  iat: now(),
  exp: now() + 300,
  'https://sts.amazonaws.com/': { aws_account: '123456789012' },
  ...more,
});

/** Files of the ConfigMap as synthesized. */
function filesOf(props: Partial<VerifiedEndpointProps>): Record<string, string> {
  const stack = testStack();
  const namespace = new IsolatedNamespace(stack, 'namespace', { name: 'books' });
  const workload = {
    namespace: 'books',
    serviceHost: 'books.books.svc.cluster.local',
    podLabels: { 'app.kubernetes.io/name': 'books' },
  };
  new VerifiedEndpoint(stack, 'endpoint', {
    name: 'books-verified',
    namespace,
    service: { workload, port: 8000 },
    callers: [
      EndpointCallers.google({ audience: AUDIENCE, serviceAccountEmails: [EMAIL] }),
      EndpointCallers.aws({ issuer: AWS, audience: AUDIENCE, roleArns: [ROLE] }),
    ],
    image: `envoyproxy/envoy@sha256:${'0'.repeat(64)}`,
    exposure: 'cluster',
    reason: 'state machines ask for books',
    ...(props.tlsSecretName === undefined && { acknowledge: { plainHttp: 'a test' } }),
    ...props,
  });
  return resource(stack, 'kubernetes_config_map_v1').data as unknown as Record<string, string>;
}

withEnvoy('a real Envoy with the synthesized configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'envoy-'));
  const authority = missing ? undefined! : new Authority(join(folder, 'authority'));
  const seen: Seen[] = [];
  const started: { stop(): Promise<void> }[] = [];
  let keyServer: Loopback;
  let service: Loopback;
  let port: number;
  let envoy: Envoy;

  async function keep<T extends { stop(): Promise<void> }>(starting: Promise<T> | T): Promise<T> {
    const thing = await starting;
    started.push(thing);
    return thing;
  }

  /** Publishes keys over TLS, under the names of the hosts that are given. */
  const publishKeys = (...names: string[]) =>
    keep(
      Loopback.start(
        (request, response) => {
          const isGoogle = request.headers.host?.startsWith('www.googleapis.com');
          const path = isGoogle ? '/oauth2/v3/certs' : '/.well-known/jwks.json';
          response.statusCode = request.url === path ? 200 : 404;
          response.end(jwks(isGoogle ? [googleKey] : Object.values(awsKeys)));
        },
        authority.issue(...names),
      ),
    );

  async function envoyWith(
    name: string,
    props: Partial<VerifiedEndpointProps> = {},
    places: { service?: number; keys?: number; certificateFolder?: string } = {},
  ): Promise<{ envoy: Envoy; port: number; drainPort: number }> {
    const [listen, drain] = [await freePort(), await freePort()];
    const keys = places.keys ?? keyServer.port;
    const files = onLoopback(filesOf(props), {
      folder: join(folder, name),
      certificateFolder: places.certificateFolder ?? folder,
      authorities: authority.file,
      ports: {
        verified: listen,
        drain,
        service: places.service ?? service.port,
        'jwks-www.googleapis.com': keys,
        [`jwks-${new URL(AWS).hostname}`]: keys,
      },
    });
    const made = await keep(new Envoy(join(folder, name), files));
    expect(made.validate()).toContain('OK');
    const tls = props.tlsSecretName === undefined ? {} : { rejectUnauthorized: false, ca: ' ' };
    await made.start(async () => (await send({ port: listen, path: '/healthz', ...tls })).status === 200);
    return { envoy: made, port: listen, drainPort: drain };
  }

  const ask = (
    bearer: string | undefined,
    { path = '/books/1', method = 'GET', headers = {}, body }: AskOptions = {},
    to = port,
  ): Promise<Answer> =>
    send({
      port: to,
      path,
      method,
      body,
      headers: { ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }), ...headers },
    });

  beforeAll(async () => {
    keyServer = await publishKeys('*.googleapis.com', '*.tokens.sts.global.api.aws');
    service = await keep(
      Loopback.start((request, response) => {
        seen.push({ method: request.method!, url: request.url!, headers: request.headers });
        request.resume();
        request.on('end', () => response.end('a book'));
      }),
    );
    ({ envoy, port } = await envoyWith('main', {
      paths: ['/books'],
      methods: ['GET', 'POST'],
      limits: { requestBytes: 1_000 },
    }));
  });
  afterAll(async () => {
    for (const each of started.reverse()) await each.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => (seen.length = 0));

  test.each([
    ['of Google', () => token(googleKey, google()), EMAIL],
    ['of AWS, signed by RS256', () => token(awsKeys.RS256, aws()), ROLE],
    ['of AWS, signed by ES384', () => token(awsKeys.ES384, aws()), ROLE],
    [
      'with several audiences, one of them ours',
      () => token(googleKey, google({ aud: ['https://a.example', AUDIENCE] })),
      EMAIL,
    ],
  ])('a good token %s gets through: 200', async (_, bearer, caller) => {
    expect(await ask(bearer())).toMatchObject({ status: 200, body: 'a book' });
    expect(seen).toHaveLength(1);
    expect(seen[0]!.headers['x-verified-caller']).toBe(caller);
    expect(seen[0]!.headers).not.toHaveProperty('authorization');
  });

  test.each<[number, string, () => string | undefined]>([
    [401, 'no token', () => undefined],
    [401, 'something that is no token', () => 'abc'],
    [401, 'a wrong issuer', () => token(googleKey, google({ iss: 'https://accounts.google.example' }))],
    [401, 'no issuer', () => token(googleKey, google({ iss: undefined }))],
    [401, 'a token that has expired', () => token(googleKey, google({ exp: now() - 120 }))],
    [401, 'a token that never expires', () => token(googleKey, google({ exp: undefined }))],
    [401, 'a token of the future', () => token(awsKeys.ES384, aws({ nbf: now() + 600 }))],
    [403, 'a wrong audience', () => token(googleKey, google({ aud: 'https://films.example.com' }))],
    [403, 'a wrong audience, AWS', () => token(awsKeys.ES384, aws({ aud: 'https://films.example.com' }))],
    [403, 'no audience', () => token(googleKey, google({ aud: undefined }))],
    [401, 'an unknown key', () => token(strangeKey, google())],
    [
      401,
      'a known key id with a wrong signature',
      () => token({ ...strangeKey, kid: googleKey.kid }, google()),
    ],
    [401, 'a token of Google signed by AWS', () => token(awsKeys.RS256, google())],
    [401, 'a token of AWS signed by Google', () => token(googleKey, aws())],
    [401, 'alg "none"', () => unsigned(google())],
    [401, 'HS256 with the public key as secret', () => signedWithPublicKey(googleKey, google())],
    [401, 'a token cut short', () => token(googleKey, google()).slice(0, -20)],
    [403, 'another Google account', () => token(googleKey, google({ email: `x${EMAIL}` }))],
    [403, 'an e-mail in other letters', () => token(googleKey, google({ email: EMAIL.toUpperCase() }))],
    [403, 'an e-mail that is not verified', () => token(googleKey, google({ email_verified: false }))],
    [
      403,
      'an e-mail verified by the word "true"',
      () => token(googleKey, google({ email_verified: 'true' })),
    ],
    [403, 'no e-mail', () => token(googleKey, google({ email: undefined }))],
    [403, 'e-mails as a list', () => token(googleKey, google({ email: [EMAIL] }))],
    [403, 'another AWS role', () => token(awsKeys.ES384, aws({ sub: `${ROLE}-2` }))],
    [
      403,
      'a session of the role',
      () => token(awsKeys.ES384, aws({ sub: 'arn:aws:sts::123456789012:assumed-role/etl-bridge/s' })),
    ],
    [
      403,
      'the ARN of the role in a token of Google',
      () => token(googleKey, google({ email: 'a@b.c', sub: ROLE })),
    ],
    [
      403,
      'the e-mail of the account in a token of AWS',
      () => token(awsKeys.ES384, aws({ sub: 'x', email: EMAIL, email_verified: true })),
    ],
  ])('%i for %s', async (status, _, bearer) => {
    expect((await ask(bearer())).status).toBe(status);
    expect(seen).toEqual([]);
  });

  test('a token in the query is none', async () => {
    const good = token(googleKey, google());
    expect((await ask(undefined, { path: `/books?access_token=${good}` })).status).toBe(401);
    expect(seen).toEqual([]);
  });

  test('a second token beside a good one does not change who calls', async () => {
    const good = token(googleKey, google());
    const other = token(googleKey, google({ email: 'other@my-project.iam.gserviceaccount.com' }));
    for (const both of [
      `Bearer ${good}, Bearer ${other}`,
      `Bearer ${other}, Bearer ${good}`,
      `Bearer ${good},${other}`,
    ]) {
      const { status } = await ask(undefined, { headers: { authorization: both } });
      if (status === 200) expect(seen.at(-1)!.headers['x-verified-caller']).toBe(EMAIL);
      else expect([401, 403]).toContain(status);
    }
  });

  test('what a client says it is called is replaced, in every spelling', async () => {
    const headers = { 'X-Verified-Caller': 'root@example.com', x_verified_caller: 'root@example.com' };
    expect((await ask(token(googleKey, google()), { headers })).status).toBe(200);
    expect(JSON.stringify(seen)).not.toContain('root@example.com');
    expect(seen[0]!.headers['x-verified-caller']).toBe(EMAIL);
  });

  test('headers that steer Envoy do nothing', async () => {
    const headers = {
      'x-envoy-upstream-rq-timeout-ms': '1',
      'x-envoy-external-address': '1.2.3.4',
      'x-envoy-original-path': '/admin',
    };
    expect((await ask(token(googleKey, google()), { headers })).status).toBe(200);
    // The one that Envoy writes itself: the address of the client.
    expect(Object.entries(seen[0]!.headers).filter(([name]) => name.startsWith('x-envoy'))).toEqual([
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
    expect((await ask(token(googleKey, google()), { path })).status).toBe(status);
    expect(seen).toHaveLength(status === 200 ? 1 : 0);
  });

  test('403 for a method that is not let through', async () => {
    expect((await ask(token(googleKey, google()), { method: 'DELETE' })).status).toBe(403);
    expect(seen).toEqual([]);
  });

  test('413 for a body that is too long, 200 for one that just fits', async () => {
    const bearer = token(googleKey, google());
    const post = (length: number) => ask(bearer, { method: 'POST', body: Buffer.alloc(length, 'x') });
    expect((await post(1_000)).status).toBe(200);
    expect((await post(1_001)).status).toBe(413);
    expect(seen).toHaveLength(1);
  });

  test('the health of the endpoint needs no token and never reaches the service', async () => {
    expect((await ask(undefined, { path: '/healthz' })).status).toBe(200);
    expect((await ask(undefined, { path: '/healthz?x=1' })).status).toBe(401);
    expect(seen).toEqual([]);
  });

  test('the access log says who and why, and holds no token', async () => {
    // Envoy writes its log every ten seconds.
    const lines = () => envoy.accessLog.filter(({ run_id }) => run_id === 'run-7');
    const tokens = [
      token(googleKey, google()),
      token(awsKeys.ES384, aws()),
      token(googleKey, google({ email: 'other@my-project.iam.gserviceaccount.com' })),
      token(googleKey, google({ exp: now() - 120 })),
    ];
    const headers = { 'x-run-id': 'run-7' };
    for (const bearer of tokens) await ask(bearer, { path: '/books/1?secret=hunter2', headers });
    await ask(undefined, { path: '/healthz' });
    for (let tries = 0; tries < 150 && lines().length < 4; tries++) await sleep(100);
    expect(
      lines().map(({ caller, issuer, path, status, reason, run_id, method }) => {
        return { caller, issuer, path, status, reason, run_id, method };
      }),
    ).toEqual([
      expect.objectContaining({
        caller: EMAIL,
        issuer: GOOGLE,
        path: '/books/1',
        status: 200,
        run_id: 'run-7',
      }),
      expect.objectContaining({ caller: ROLE, issuer: AWS, status: 200, method: 'GET' }),
      expect.objectContaining({
        caller: 'other@my-project.iam.gserviceaccount.com',
        status: 403,
        reason: expect.stringContaining('rbac') as string,
      }),
      expect.objectContaining({ status: 401, reason: expect.stringContaining('Jwt_is_expired') as string }),
    ]);
    for (const bearer of tokens) {
      const [head, payload, signature] = bearer.split('.');
      for (const part of [head, payload, signature]) expect(envoy.written).not.toContain(part);
    }
    expect(envoy.written).not.toContain('hunter2');
  });

  test('it starts without a warning of what is deprecated', () => {
    expect(envoy.warnings).not.toMatch(/deprecat/i);
  });

  test('503 when the service is down', async () => {
    const down = await envoyWith('down', {}, { service: await freePort() });
    expect((await ask(token(googleKey, google()), {}, down.port)).status).toBe(503);
    expect((await ask(undefined, {}, down.port)).status).toBe(401);
  });

  test('504 when the service is late', async () => {
    const late = await keep(Loopback.start(() => undefined));
    const made = await envoyWith('late', { limits: { timeoutSeconds: 1 } }, { service: late.port });
    expect((await ask(token(googleKey, google()), {}, made.port)).status).toBe(504);
  });

  test('keys of a host with the certificate of another are not taken', async () => {
    const impostor = await publishKeys('keys.example.com');
    const made = await envoyWith('impostor', {}, { keys: impostor.port });
    expect((await ask(token(googleKey, google()), {}, made.port)).status).toBe(401);
    expect((await ask(token(awsKeys.RS256, aws()), {}, made.port)).status).toBe(401);
    expect(seen).toEqual([]);
  });

  test('one issuer alone is enough, and nobody else is let in', async () => {
    const made = await envoyWith('alone', {
      callers: [EndpointCallers.aws({ issuer: AWS, audience: AUDIENCE, roleArns: [ROLE] })],
    }).catch((error: Error) => error);
    expect(made).not.toBeInstanceOf(Error);
    const { port: alone } = made as { port: number };
    expect((await ask(token(awsKeys.ES384, aws()), { path: '/anything' }, alone)).status).toBe(200);
    expect((await ask(token(googleKey, google()), {}, alone)).status).toBe(401);
  });

  test('two audiences of one issuer have each their own callers', async () => {
    const films = 'https://films.example.com';
    const made = await envoyWith('audiences', {
      callers: [
        EndpointCallers.google({ audience: AUDIENCE, serviceAccountEmails: [EMAIL] }),
        EndpointCallers.google({
          audience: films,
          serviceAccountEmails: ['films@my-project.iam.gserviceaccount.com'],
        }),
      ],
    });
    const status = async (claims: object) =>
      (await ask(token(googleKey, google(claims)), {}, made.port)).status;
    const other = { email: 'films@my-project.iam.gserviceaccount.com' };
    expect(await status({})).toBe(200);
    expect(await status({ ...other, aud: films })).toBe(200);
    expect(seen.map(({ headers }) => headers['x-verified-caller'])).toEqual([EMAIL, other.email]);
    expect(await status({ aud: films })).toBe(403);
    expect(await status(other)).toBe(403);
  });

  test('TLS is spoken, and a new certificate is taken up without a restart', async () => {
    const mounted = join(folder, 'secret');
    mountSecret(mounted, authority.issue('books.example.com'), 1);
    const made = await envoyWith(
      'tls',
      { tlsSecretName: 'books-tls', hostName: 'books.example.com' },
      { certificateFolder: mounted },
    );
    const { readFileSync } = await import('node:fs');
    const call = () =>
      send({
        port: made.port,
        path: '/books',
        ca: readFileSync(authority.file),
        servername: 'books.example.com',
        headers: { authorization: `Bearer ${token(awsKeys.ES384, aws())}` },
      });
    const first = await call();
    expect(first.status).toBe(200);
    mountSecret(mounted, authority.issue('books.example.com'), 2);
    for (let tries = 0; tries < 100 && (await call()).serial === first.serial; tries++) await sleep(100);
    const second = await call();
    expect(second.status).toBe(200);
    expect(second.serial).not.toBe(first.serial);
    await expect(ask(token(awsKeys.ES384, aws()), {}, made.port)).rejects.toThrow();
  });

  test('before a pod stops the kubelet waits, and requests are answered meanwhile', async () => {
    const made = await envoyWith('drain', { limits: { timeoutSeconds: 1 } });
    const asked = Date.now();
    const drained = send({ port: made.drainPort, path: '/drain' });
    expect((await ask(token(googleKey, google()), {}, made.port)).status).toBe(200);
    expect((await drained).status).toBe(200);
    expect(Date.now() - asked).toBeGreaterThan(5_500);
  });
});

interface AskOptions {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}
