import { EndpointCallers } from '../../../lib/identity/federation/endpoint-callers';
import { EndpointLane, withEnvoy } from './endpoint-lane';
import { AUDIENCE, aws, AWS, awsKeys, EMAIL, google, googleKey, now, ROLE, strangeKey } from './issuers';
import { signedWithPublicKey, token, unsigned } from './tokens';

const lane = new EndpointLane();

withEnvoy('a real Envoy with the synthesized configuration', () => {
  beforeAll(() =>
    lane.start({ paths: ['/books'], methods: ['GET', 'POST'], limits: { requestBytes: 1_000 } }),
  );
  afterAll(() => lane.stop());
  beforeEach(() => (lane.seen.length = 0));

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
    expect(await lane.ask(bearer())).toMatchObject({ status: 200, body: 'a book' });
    expect(lane.seen).toHaveLength(1);
    expect(lane.seen[0]!.headers['x-verified-caller']).toBe(caller);
    expect(lane.seen[0]!.headers).not.toHaveProperty('authorization');
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
    expect((await lane.ask(bearer())).status).toBe(status);
    expect(lane.seen).toEqual([]);
  });

  test('a token in the query is none', async () => {
    const good = token(googleKey, google());
    expect((await lane.ask(undefined, { path: `/books?access_token=${good}` })).status).toBe(401);
    expect(lane.seen).toEqual([]);
  });

  test('a second token beside a good one does not change who calls', async () => {
    const good = token(googleKey, google());
    const other = token(googleKey, google({ email: 'other@my-project.iam.gserviceaccount.com' }));
    for (const both of [
      `Bearer ${good}, Bearer ${other}`,
      `Bearer ${other}, Bearer ${good}`,
      `Bearer ${good},${other}`,
    ]) {
      const { status } = await lane.ask(undefined, { headers: { authorization: both } });
      if (status === 200) expect(lane.seen.at(-1)!.headers['x-verified-caller']).toBe(EMAIL);
      else expect([401, 403]).toContain(status);
    }
  });

  test('keys of a host with the certificate of another are not taken', async () => {
    const impostor = await lane.publishKeys('keys.example.com');
    const made = await lane.envoyWith('impostor', {}, { keys: impostor.port });
    expect((await lane.ask(token(googleKey, google()), {}, made.port)).status).toBe(401);
    expect((await lane.ask(token(awsKeys.RS256, aws()), {}, made.port)).status).toBe(401);
    expect(lane.seen).toEqual([]);
  });

  test('one issuer alone is enough, and nobody else is let in', async () => {
    const made = await lane
      .envoyWith('alone', {
        callers: [EndpointCallers.aws({ issuer: AWS, audience: AUDIENCE, roleArns: [ROLE] })],
      })
      .catch((error: Error) => error);
    expect(made).not.toBeInstanceOf(Error);
    const { port: alone } = made as { port: number };
    expect((await lane.ask(token(awsKeys.ES384, aws()), { path: '/anything' }, alone)).status).toBe(200);
    expect((await lane.ask(token(googleKey, google()), {}, alone)).status).toBe(401);
  });

  test('a caller can have to show claims that AWS STS signs', async () => {
    const requestTags = { 'run-id': '*', reason: 'asks for books' };
    const made = await lane.envoyWith('tags', {
      callers: [EndpointCallers.aws({ issuer: AWS, audience: AUDIENCE, roleArns: [ROLE], requestTags })],
    });
    const status = async (tags?: object) => {
      const claims = { 'https://sts.amazonaws.com/': { ...(tags && { request_tags: tags }) } };
      return (await lane.ask(token(awsKeys.ES384, aws(claims)), {}, made.port)).status;
    };
    const good = { 'run-id': 'run-1', reason: 'asks for books', team: 'books' };
    expect(await status(good)).toBe(200);
    expect(await status()).toBe(403);
    expect(await status({ reason: good.reason })).toBe(403);
    expect(await status({ ...good, 'run-id': '' })).toBe(403);
    expect(await status({ ...good, reason: 'asks for books and more' })).toBe(403);
    expect(await status({ ...good, reason: ['asks for books'] })).toBe(403);
  });

  test('two audiences of one issuer have each their own callers', async () => {
    const films = 'https://films.example.com';
    const made = await lane.envoyWith('audiences', {
      callers: [
        EndpointCallers.google({ audience: AUDIENCE, serviceAccountEmails: [EMAIL] }),
        EndpointCallers.google({
          audience: films,
          serviceAccountEmails: ['films@my-project.iam.gserviceaccount.com'],
        }),
      ],
    });
    const status = async (claims: object) =>
      (await lane.ask(token(googleKey, google(claims)), {}, made.port)).status;
    const other = { email: 'films@my-project.iam.gserviceaccount.com' };
    expect(await status({})).toBe(200);
    expect(await status({ ...other, aud: films })).toBe(200);
    expect(lane.seen.map(({ headers }) => headers['x-verified-caller'])).toEqual([EMAIL, other.email]);
    expect(await status({ aud: films })).toBe(403);
    expect(await status(other)).toBe(403);
  });
});
