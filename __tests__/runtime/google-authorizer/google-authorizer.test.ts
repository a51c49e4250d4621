import { fork, type ChildProcess } from 'node:child_process';
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../../lanes/terraform/lab';

const bundle = join(__dirname, '../../../dist/runtime/google-authorizer/index.js');
const AUDIENCE = 'arn:aws:states:eu-west-1:210987654321:stateMachine:from-google';
const EMAIL = 'from-google-push@my-project.iam.gserviceaccount.com';
const CALLER = JSON.stringify({ audience: AUDIENCE, email: EMAIL });

const folder = temporaryFolder();
const google = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = Math.floor(Date.now() / 1000);
const CLAIMS = {
  iss: 'https://accounts.google.com',
  aud: AUDIENCE,
  azp: '113774264463038321964',
  sub: '113774264463038321964',
  email: EMAIL,
  email_verified: true,
  iat: now - 60,
  exp: now + 3_540,
};

/** A token as Google signs it, with what is changed of its claims; `undefined` takes a claim out. */
function token(claims: object = {}, header: object = {}, key: KeyObject = google.privateKey): string {
  const text = `${encode({ alg: 'RS256', kid: 'k1', typ: 'JWT', ...header })}.${encode({ ...CLAIMS, ...claims })}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

/** Signed with the public key as if it were a shared secret. */
function hs256(): string {
  const text = `${encode({ alg: 'HS256', kid: 'k1' })}.${encode(CLAIMS)}`;
  const secret = google.publicKey.export({ type: 'spki', format: 'pem' });
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const bearer = (value: string) => ({ version: '2.0', headers: { authorization: `Bearer ${value}` } });

/** The bundle in a process of its own, as on AWS Lambda. */
class Authorizer {
  public output = '';
  private readonly child: ChildProcess;

  constructor(env: NodeJS.ProcessEnv) {
    const script = join(folder, 'host.cjs');
    writeFileSync(
      script,
      `const { handler } = require(${JSON.stringify(bundle)});
      process.on('message', (event) => handler(event).then(
        (answer) => process.send({ answer }), ({ message }) => process.send({ error: message })));`,
    );
    this.child = fork(script, { env, silent: true });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
  }

  public async call(event: object): Promise<unknown> {
    const answer = new Promise((resolve) => this.child.once('message', resolve));
    this.child.send(event);
    const { answer: said, error } = (await answer) as { answer?: unknown; error?: string };
    return said ?? error;
  }

  /** All that it wrote: what is in the pipe comes after the answer. */
  public async stop(): Promise<string> {
    const ended = new Promise((resolve) => this.child.on('close', resolve));
    this.child.kill();
    await ended;
    return this.output;
  }
}

describe('the authorizer of a PubSubTrigger', () => {
  let server: Server;
  let keysUrl: string;
  let fetched = 0;
  let keys: () => { status: number; body: string };
  let authorizer: Authorizer;

  const published = (kid = 'k1', pair = google) => ({
    status: 200,
    body: JSON.stringify({
      keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }],
    }),
  });

  beforeAll(async () => {
    server = createServer((_, response) => {
      fetched += 1;
      const { status, body } = keys();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    keysUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    fetched = 0;
    keys = published;
    authorizer = new Authorizer({ GOOGLE_CALLER: CALLER, GOOGLE_KEYS_URL: keysUrl });
  });

  test('lets in the account, and fetches the keys of Google once', async () => {
    expect(await authorizer.call(bearer(token()))).toEqual({ isAuthorized: true });
    expect(await authorizer.call(bearer(token({ iat: now - 61 })))).toEqual({ isAuthorized: true });
    expect(fetched).toBe(1);
    const [line] = (await authorizer.stop()).trim().split('\n');
    expect(JSON.parse(line!)).toMatchObject({ level: 'INFO', message: 'allowed', email: EMAIL });
  });

  test.each<[string, () => object, string]>([
    ['of another account', () => bearer(token({ email: `x${EMAIL}` })), 'another account'],
    [
      'of an account that begins alike',
      () => bearer(token({ email: `${EMAIL}.evil.com` })),
      'another account',
    ],
    [
      'whose e-mail is not verified',
      () => bearer(token({ email_verified: false })),
      'the e-mail is not verified',
    ],
    [
      'whose e-mail is verified by a word',
      () => bearer(token({ email_verified: 'true' })),
      'the e-mail is not verified',
    ],
    [
      'without an e-mail',
      () => bearer(token({ email: undefined })),
      'ERR_JWT_CLAIM_VALIDATION_FAILED: email',
    ],
    [
      'for another audience',
      () => bearer(token({ aud: `${AUDIENCE}-2` })),
      'ERR_JWT_CLAIM_VALIDATION_FAILED: aud',
    ],
    ['without an audience', () => bearer(token({ aud: undefined })), 'ERR_JWT_CLAIM_VALIDATION_FAILED: aud'],
    [
      'of another issuer',
      () => bearer(token({ iss: 'https://evil.example' })),
      'ERR_JWT_CLAIM_VALIDATION_FAILED: iss',
    ],
    ['that has expired', () => bearer(token({ exp: now - 31 })), 'ERR_JWT_EXPIRED'],
    ['that never expires', () => bearer(token({ exp: undefined })), 'ERR_JWT_CLAIM_VALIDATION_FAILED: exp'],
    ['of tomorrow', () => bearer(token({ nbf: now + 86_400 })), 'ERR_JWT_CLAIM_VALIDATION_FAILED: nbf'],
    [
      'that nobody signed',
      () => bearer(`${encode({ alg: 'none' })}.${encode(CLAIMS)}.`),
      'ERR_JOSE_ALG_NOT_ALLOWED',
    ],
    ['signed with a shared secret', () => bearer(hs256()), 'ERR_JOSE_ALG_NOT_ALLOWED'],
    [
      'signed by another key',
      () => bearer(token({}, {}, stranger.privateKey)),
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
    ],
    [
      'of a key that Google does not have',
      () => bearer(token({}, { kid: 'k9' })),
      'ERR_JWKS_NO_MATCHING_KEY',
    ],
    [
      'with a key in its own header',
      () =>
        bearer(
          token({}, { kid: 'k9', jwk: stranger.publicKey.export({ format: 'jwk' }) }, stranger.privateKey),
        ),
      'ERR_JWKS_NO_MATCHING_KEY',
    ],
    ['that is none', () => bearer('x.y.z'), 'ERR_JWS_INVALID'],
    ['of another scheme', () => ({ headers: { authorization: `Basic ${token()}` } }), 'no token'],
    [
      'with another beside it',
      () => ({ headers: { authorization: `Bearer ${token()},Bearer ${token()}` } }),
      'no token',
    ],
    ['in another header', () => ({ headers: { 'x-authorization': `Bearer ${token()}` } }), 'no token'],
    ['that is missing', () => ({}), 'no token'],
  ])('refuses a token %s', async (_, event, why) => {
    expect(await authorizer.call(event())).toEqual({ isAuthorized: false });
    const output = await authorizer.stop();
    expect(JSON.parse(output)).toMatchObject({ level: 'WARN', message: 'denied', why });
  });

  test.each<[string, () => { status: number; body: string }, boolean]>([
    ['are down', () => ({ status: 503, body: 'no' }), true],
    ['are no keys', () => ({ status: 200, body: '<html>' }), true],
    // What was fetched is asked for again after half a minute.
    ['are those of nobody', () => ({ status: 200, body: '{"keys":[]}' }), false],
  ])('refuses everybody while the keys %s', async (_, answer, isAuthorized) => {
    keys = answer;
    expect(await authorizer.call(bearer(token()))).toEqual({ isAuthorized: false });
    keys = published;
    expect(await authorizer.call(bearer(token()))).toEqual({ isAuthorized });
    await authorizer.stop();
  });

  test('refuses everybody while nothing listens where the keys are', async () => {
    const lost = new Authorizer({ GOOGLE_CALLER: CALLER, GOOGLE_KEYS_URL: 'http://127.0.0.1:1/certs' });
    expect(await lost.call(bearer(token()))).toEqual({ isAuthorized: false });
    expect(JSON.parse(await lost.stop())).toMatchObject({ why: 'the keys of Google cannot be had' });
    await authorizer.stop();
  });

  test('writes no token, whatever comes', async () => {
    const tokens = [token(), token({ email: 'x@y.iam.gserviceaccount.com' }), token({ exp: 1 }), hs256()];
    for (const each of tokens) await authorizer.call(bearer(each));
    const output = await authorizer.stop();
    for (const each of tokens.flatMap((text) => text.split('.'))) expect(output).not.toContain(each);
  });

  test.each<[string, string | undefined, string]>([
    ['nobody', undefined, 'GOOGLE_CALLER is required.'],
    [
      'an account without an audience',
      JSON.stringify({ email: EMAIL }),
      'GOOGLE_CALLER: audience is required.',
    ],
    [
      'a person',
      JSON.stringify({ audience: AUDIENCE, email: 'me@example.com' }),
      'GOOGLE_CALLER: email must be the e-mail of a service account.',
    ],
  ])('that is told to let in %s answers nothing', async (_, caller, message) => {
    const untold = new Authorizer({ GOOGLE_CALLER: caller, GOOGLE_KEYS_URL: keysUrl });
    expect(await untold.call(bearer(token()))).toBe(message);
    await untold.stop();
    await authorizer.stop();
  });
});

test('the bundle has at most 350,000 bytes', () => {
  expect(statSync(bundle).size).toBeLessThanOrEqual(350_000);
});
