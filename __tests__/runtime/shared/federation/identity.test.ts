import { runOf } from '../../../../runtime/shared/input/execution';
import { EMAIL, EXECUTION, failure, Harness, RUN, submitRequest, TOKENS } from '../../harness';
import { MARKER } from '../../token-servers';

let harness: Harness;
const made = { status: 201, body: { metadata: { uid: 'u1' } } };

beforeEach(async () => {
  harness = new Harness();
  await harness.start();
  harness.api.behaviour = () => made;
});
afterEach(() => harness.stop());

const bearers = () => harness.api.requests.map(({ headers }) => headers.authorization);
const calls = () => harness.tokens.requests.map(({ service }) => service);

test('a call goes by AWS role, federation and service account to the API server', async () => {
  await harness.bridge()(submitRequest());
  expect(calls()).toEqual(['aws-sts', 'google-sts', 'iam-credentials']);
  expect(harness.tokens.requests.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(bearers()).toEqual([`Bearer ${TOKENS[0]}`]);
});

test('the run is the session of the role, and the token lasts as long as the session', async () => {
  await harness.bridge()(submitRequest());
  const [assume, exchange, impersonate] = harness.tokens.requests;
  expect(assume!.body).toMatchObject({ RoleSessionName: RUN, DurationSeconds: '3600' });
  expect(exchange!.identity).toBe(`arn:aws:sts::123456789012:assumed-role/gke-bridge/${RUN}`);
  expect(impersonate!.body).toMatchObject({ lifetime: '3600s' });
});

test('all requests to Google say who calls, for which run and why, in ASCII', async () => {
  await harness.bridge({ reason: 'Prüfung ✓ nightly' })(submitRequest());
  const seen = [...harness.tokens.requests.slice(1), ...harness.api.requests].map(({ headers }) => headers);
  expect(seen).toHaveLength(3);
  for (const headers of seen) {
    expect(headers['x-goog-request-reason']).toBe(`run=${RUN};target=training;reason=Prufung ? nightly`);
    expect(headers['user-agent']).toMatch(
      new RegExp(`^cdktf-multicloud-jobs/\\d+\\.\\d+\\.\\d+ run/${RUN}$`),
    );
  }
});

test('a long reason is cut to 256 characters', async () => {
  await harness.bridge({ reason: 'why '.repeat(100) })(submitRequest());
  expect(harness.api.requests[0]!.headers['x-goog-request-reason']!.length).toBeLessThanOrEqual(256);
});

test('the second call of a run takes the token of the first', async () => {
  const bridge = harness.bridge();
  await bridge(submitRequest());
  await bridge(submitRequest());
  expect(harness.tokens.requests).toHaveLength(3);
  expect(bearers()).toEqual([`Bearer ${TOKENS[0]}`, `Bearer ${TOKENS[0]}`]);
});

test('calls at the same time share one token', async () => {
  const bridge = harness.bridge();
  await Promise.all([bridge(submitRequest()), bridge(submitRequest()), bridge(submitRequest())]);
  expect(harness.tokens.requests).toHaveLength(3);
});

test('a token is made anew before it ends', async () => {
  const bridge = harness.bridge();
  await bridge(submitRequest());
  harness.ahead = 54 * 60_000;
  await bridge(submitRequest());
  expect(harness.tokens.requests).toHaveLength(3);
  harness.ahead = 56 * 60_000;
  await bridge(submitRequest());
  expect(bearers().at(-1)).toBe(`Bearer ${TOKENS[1]}`);
});

test('two executions have two sessions', async () => {
  const bridge = harness.bridge();
  await bridge(submitRequest());
  await bridge(submitRequest({ execution: EXECUTION.replace(RUN, 'by-hand') }));
  const names = harness.tokens.to('aws-sts').map(({ body }) => body.RoleSessionName);
  expect(names).toEqual([RUN, runOf(EXECUTION.replace(RUN, 'by-hand')).id]);
  expect(names[1]).toMatch(/^[0-9a-f]{32}$/);
});

test('a token that the API server does not take is made anew, once', async () => {
  harness.api.behaviour = ({ headers }) =>
    headers.authorization === `Bearer ${TOKENS[0]}` ? { status: 401 } : made;
  await harness.bridge()(submitRequest());
  expect(bearers()).toEqual(TOKENS.map((token) => `Bearer ${token}`));
});

test('a second token that is not taken is the end', async () => {
  harness.api.behaviour = () => ({ status: 401, body: { message: 'Unauthorized' } });
  const error = await failure(harness.bridge()(submitRequest()));
  expect(error.name).toBe('GKE.AuthFailed');
  expect(harness.api.requests).toHaveLength(2);
});

test('a role that may not be taken on is named', async () => {
  const error = await failure(
    harness.bridge({ roleArn: 'arn:aws:iam::123456789012:role/other' })(submitRequest()),
  );
  expect(error.name).toBe('GKE.AuthFailed');
  expect(error.message).toContain(
    'AWS STS did not give the role arn:aws:iam::123456789012:role/other: AccessDenied',
  );
});

test('a session that the attribute condition does not take gets no token', async () => {
  harness.accepts = () => false;
  const error = await failure(harness.bridge()(submitRequest()));
  expect(error.name).toBe('GKE.AuthFailed');
  expect(error.message).toContain(
    'unauthorized_client The given credential is rejected by the attribute condition',
  );
});

test('an account that the role may not act as gives no token', async () => {
  const credentials = harness.tokens.credentialsFor('other@my-project.iam.gserviceaccount.com');
  const error = await failure(harness.bridge({ credentials })(submitRequest()));
  expect(error.name).toBe('GKE.AuthFailed');
  expect(error.message).toContain('PERMISSION_DENIED');
});

test.each(['aws-sts', 'google-sts', 'iam-credentials'] as const)(
  'what %s cannot answer for a while is asked again, at each step by the same rule',
  async (service) => {
    harness.tokens.trouble(service, { status: 503, times: 3 });
    await harness.bridge()(submitRequest());
    expect(harness.tokens.to(service)).toHaveLength(4);
    expect(harness.sleeps).toEqual([100, 200, 400]);
  },
);

test.each([
  ['aws-sts', 503, 'GKE.ApiUnavailable'],
  ['google-sts', 500, 'GKE.ApiUnavailable'],
  ['iam-credentials', 429, 'GKE.ApiThrottled'],
] as const)('%s with %i all along fails as %s after four tries', async (service, status, name) => {
  harness.tokens.trouble(service, { status, times: 9 });
  expect((await failure(harness.bridge()(submitRequest()))).name).toBe(name);
  expect(harness.tokens.to(service)).toHaveLength(4);
});

test('AWS STS throttles with a 400, which is asked again', async () => {
  const body = '<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>';
  harness.tokens.trouble('aws-sts', { status: 400, times: 1, body });
  await harness.bridge()(submitRequest());
  expect(harness.tokens.to('aws-sts')).toHaveLength(2);
});

test.each([
  [
    'aws-sts',
    `<Error><Code>SignatureDoesNotMatch</Code><Message>x-amz-security-token:IQoJ${MARKER}</Message></Error>`,
  ],
  [
    'google-sts',
    JSON.stringify({ error: 'invalid_grant', error_description: `ya29.${MARKER} is not valid` }),
  ],
  ['iam-credentials', JSON.stringify({ error: { status: 'DENIED', message: `Bearer ${MARKER}` } })],
] as const)('what %s says of a credential stays here', async (service, body) => {
  harness.tokens.trouble(service, { status: 403, times: 1, body });
  const error = await failure(harness.bridge()(submitRequest()));
  expect(error.name).toBe('GKE.AuthFailed');
  expect(`${error.stack}${error.message}${JSON.stringify(harness.lines)}`).not.toContain(MARKER);
});

test('an API server that repeats the token in a message does not make it public', async () => {
  harness.api.behaviour = ({ headers }) => ({
    status: 403,
    body: { message: `no: ${headers.authorization}` },
  });
  const error = await failure(harness.bridge()(submitRequest()));
  expect(error.name).toBe('GKE.Forbidden');
  expect(`${error.stack}${error.message}${JSON.stringify(harness.lines)}`).not.toContain(MARKER);
});

test('credentials do not leave the machine in the clear', async () => {
  const credentials = { ...harness.tokens.credentialsFor(EMAIL), token_url: 'http://example.com/token' };
  const error = await failure(harness.bridge({ credentials })(submitRequest()));
  expect(error.message).toContain('example.com is not on https');
});
