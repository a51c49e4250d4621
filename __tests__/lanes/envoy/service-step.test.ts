import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EndpointCallers } from '../../../lib/identity/endpoint-callers';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { AwsToGoogleFederation } from '../../../lib/identity/aws-to-google-federation';
import { ApiGatewayTarget } from '../../../lib/orchestration/services/api-gateway-target';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import type { GkeServiceTargetProps } from '../../../lib/orchestration/services/gke-service-target-props';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import type { Step } from '../../../lib/orchestration/state-machine/step';
import { GkeServiceStep } from '../../../lib/orchestration/services/gke-service-step';
import type { GkeServiceStepProps } from '../../../lib/orchestration/services/gke-service-step-props';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { VerifiedEndpoint } from '../../../lib/gke/verified-endpoint/verified-endpoint';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { account, orchestrationStack, project } from '../../orchestration/fixtures';
import { MARKER, TokenServers } from '../../runtime/token-servers';
import type { WebIdentityAsked } from '../../runtime/token-servers-options';
import { resources, synthesized, type Json } from '../../synth';
import { Interpreter, type Ended } from '../cluster/orchestration/interpreter';
import { Lambda } from '../cluster/orchestration/lambda';
import { node22 } from '../cluster/orchestration/node22';
import { Services, type Answer } from '../cluster/orchestration/services';
import { trustOf, variablesOf } from '../cluster/orchestration/trust';
import { Authority } from './certificates';
import { Envoy, envoyMissing } from './envoy';
import { onLoopback } from './loopback';
import { freePort, Loopback, send, type Seen } from './servers';
import { jwks, signingKey, token } from './tokens';

const node = node22();
const missing = envoyMissing() ?? (node === undefined ? 'no Node 22' : undefined);
if (missing) process.stderr.write(`skipped: ${missing}\n`);
const withEnvoy = missing ? describe.skip : describe;

const AUDIENCE = 'https://books.example.com';
const GOOGLE = 'https://accounts.google.com';
const AWS = 'https://0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws';
const keys = { google: signingKey('RS256'), RS256: signingKey('RS256'), ES384: signingKey('ES384') };

const stack = orchestrationStack();
const federation = new AwsToGoogleFederation(stack, 'federation', {
  project,
  account,
  poolId: 'aws-roles',
  reason: 'lets state machines call services',
});
const byGoogle = ServiceAuth.googleIdToken({ audience: AUDIENCE, federation, project });
const target = (
  name: string,
  auth: GkeServiceTargetProps['auth'],
  more: Partial<GkeServiceTargetProps> = {},
) =>
  new GkeServiceTarget(stack, `target-${name}`, {
    name,
    account,
    url: AUDIENCE,
    auth,
    paths: ['/v1'],
    reason: 'asks for books',
    ...more,
  });
const targets = {
  google: target('google', byGoogle, { methods: ['GET', 'POST', 'PUT'], responseBytes: 2_000 }),
  es384: target('es384', ServiceAuth.awsToken({ audience: AUDIENCE })),
  rs256: target('rs256', ServiceAuth.awsToken({ audience: AUDIENCE, signingAlgorithm: 'RS256' })),
  // Who is not let in: for another service, as another caller.
  elsewhere: target(
    'elsewhere',
    ServiceAuth.googleIdToken({ ...byGoogle, audience: 'https://other.example.com' }),
  ),
  elsewhereAws: target('elsewhere-aws', ServiceAuth.awsToken({ audience: 'https://other.example.com' })),
  stranger: target('stranger', byGoogle),
  strangeRole: target('strange-role', ServiceAuth.awsToken({ audience: AUDIENCE })),
  nobody: target('nobody', ServiceAuth.awsToken({ audience: AUDIENCE })),
};
const namespace = new IsolatedNamespace(stack, 'namespace', { name: 'books' });
new VerifiedEndpoint(stack, 'endpoint', {
  name: 'books-verified',
  namespace,
  service: {
    workload: {
      namespace: 'books',
      serviceHost: 'books.books.svc.cluster.local',
      podLabels: { 'app.kubernetes.io/name': 'books' },
    },
    port: 8000,
  },
  callers: [
    EndpointCallers.google({
      audience: AUDIENCE,
      serviceAccountEmails: [
        targets.google.googleServiceAccount!.email,
        targets.elsewhere.googleServiceAccount!.email,
      ],
    }),
    EndpointCallers.aws({
      issuer: AWS,
      audience: AUDIENCE,
      roleArns: [targets.es384, targets.rs256, targets.elsewhereAws, targets.nobody].map(
        ({ callerRoleArn }) => callerRoleArn,
      ),
    }),
  ],
  image: `envoyproxy/envoy@sha256:${'0'.repeat(64)}`,
  exposure: 'cluster',
  reason: 'state machines ask for books',
  acknowledge: { plainHttp: 'a test' },
});
const gateway = new ApiGatewayTarget({ account, apiId: 'a1b2c3d4e5', stage: 'live' });

const machines: string[] = [];
/** A state machine that launches something only after the call. */
function machine(
  name: string,
  props: Partial<GkeServiceStepProps> & Pick<GkeServiceStepProps, 'target'>,
): void {
  const call: Step = new GkeServiceStep('Call', { method: 'GET', path: '/v1/books', ...props });
  machines.push(name);
  new StepFunctionsOrchestrator(stack, `machine-${name}`, {
    name,
    account,
    definition: call.next(new PassStep('Launch')),
    reason: 'is run by the tests',
  });
}
for (const [name, each] of Object.entries(targets)) machine(name, { target: each });
machine('post', {
  target: targets.google,
  method: 'POST',
  path: "States.Format('/v1/books/{}', $.book)",
  query: { lang: 'en', 'page.$': '$.page' },
  headers: { 'accept-language': 'en', 'tenant.$': '$.tenant' },
  body: { 'title.$': '$.title', copies: 2 },
  resultSelector: { 'id.$': '$.body.id' },
});
machine('put', { target: targets.google, method: 'PUT', body: {}, statuses: { 409: 'AlreadyBooked' } });
machine('keyed', { target: targets.google, method: 'POST', body: {}, idempotencyKeyPath: '$.key' });
machine('impatient', {
  target: targets.google,
  timeoutSeconds: 1,
  retry: { 'GKE.Service.Timeout': { attempts: 0 } },
});
machine('outside', { target: targets.google, path: '$.path' });
machine('gateway', {
  target: gateway,
  path: '/v1/books',
  query: { 'page.$': '$.page' },
  headers: { tenant: 'a' },
  statuses: { 409: 'AlreadyBooked' },
});

withEnvoy('a service behind a real Envoy, called by the built bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'service-step-'));
  const configuration = synthesized(stack);
  const started: { stop(): unknown }[] = [];
  const lambdas = new Map<string, Lambda>();
  const tokenServers: TokenServers[] = [];
  const services = new Services();
  const interpreter = new Interpreter(node!);
  const seen: (Seen & { body: string })[] = [];
  let answer: (times: number) => { status: number; body?: string; delayMs?: number };
  let claims: object;
  let port: number;
  const logs = () => [...lambdas.values()].map(({ log }) => log).join('');

  beforeAll(async () => {
    const authority = new Authority(join(folder, 'authority'));
    const keyServer = await Loopback.start(
      (request, response) => {
        const isGoogle = request.headers.host?.startsWith('www.googleapis.com');
        response.end(jwks(isGoogle ? [keys.google] : [keys.RS256, keys.ES384]));
      },
      authority.issue('www.googleapis.com', new URL(AWS).hostname),
    );
    const service = await Loopback.start((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
        const { status, body: text = '{"ok":true}', delayMs = 0 } = answer(seen.length);
        setTimeout(
          () => response.writeHead(status, { 'content-type': 'application/json' }).end(text),
          delayMs,
        );
      });
    });
    port = await freePort();
    const files = resources(stack, 'kubernetes_config_map_v1')[0]!.data as unknown as Record<string, string>;
    const envoy = new Envoy(
      join(folder, 'envoy'),
      onLoopback(files, {
        folder: join(folder, 'envoy'),
        certificateFolder: folder,
        authorities: authority.file,
        ports: {
          verified: port,
          drain: await freePort(),
          service: service.port,
          'jwks-www.googleapis.com': keyServer.port,
          [`jwks-${new URL(AWS).hostname}`]: keyServer.port,
        },
      }),
    );
    started.push(keyServer, service, envoy, services, interpreter);
    await envoy.start(async () => (await send({ port, path: '/healthz' })).status === 200);
    await services.start();
    interpreter.start();
    for (const each of Object.values(targets)) await deploy(each);
  });
  afterAll(async () => {
    for (const each of [...lambdas.values(), ...tokenServers, ...started.reverse()]) await each.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    seen.length = 0;
    claims = {};
    answer = () => ({ status: 200 });
  });

  /** The function of a target as a process, between token services that know what the stack says of it. */
  async function deploy({ name, functionArn }: GkeServiceTarget): Promise<void> {
    const functionName = `${name}-gke-service`;
    const given = JSON.parse(variablesOf(configuration, functionName).SERVICE_TARGET!) as Json;
    const auth = given.auth as unknown as {
      kind: string;
      idTokenUrl: string;
      credentials: { audience: string };
    };
    const trust = trustOf(configuration, functionName);
    const servers = new TokenServers({
      ...trust,
      audience: auth.credentials?.audience ?? '',
      tokens: {},
      idToken: (email, aud) =>
        token(keys.google, {
          iss: GOOGLE,
          aud,
          sub: '1',
          email,
          email_verified: true,
          ...times(3_600),
          ...claims,
        }),
      webIdentityToken: (roleArn, asked) =>
        isAllowed(name, asked)
          ? token(keys[asked.signingAlgorithm as 'ES384'], {
              iss: AWS,
              aud: asked.audience,
              sub: roleArn,
              ...times(asked.durationSeconds),
              ...claims,
            })
          : undefined,
    });
    await servers.start();
    tokenServers.push(servers);
    const redirected =
      auth.kind === 'google'
        ? {
            ...auth,
            idTokenUrl: auth.idTokenUrl.replace(
              'https://iamcredentials.googleapis.com',
              `${servers.url}/iam-credentials`,
            ),
            credentials: { ...auth.credentials, token_url: `${servers.url}/google-sts/v1/token` },
          }
        : auth;
    const { caller } = trust;
    const lambda = new Lambda({
      node: node!,
      bundle: join(__dirname, '../../../dist/runtime/services/index.js'),
      environment: {
        SERVICE_TARGET: JSON.stringify({ ...given, url: `http://127.0.0.1:${port}`, auth: redirected }),
        AWS_REGION: account.region,
        AWS_ACCESS_KEY_ID: caller.accessKeyId,
        AWS_SECRET_ACCESS_KEY: caller.secretAccessKey,
        AWS_SESSION_TOKEN: caller.sessionToken,
        AWS_ENDPOINT_URL_STS: servers.stsEndpoint,
      },
    });
    await lambda.start();
    lambdas.set(functionArn, lambda);
  }

  /** What the conditions of the synthesized policy say. "nobody" has lost its policy. */
  function isAllowed(
    name: string,
    { audience, signingAlgorithm, durationSeconds }: WebIdentityAsked,
  ): boolean {
    if (name === 'nobody') return false;
    const policies = resources(stack, 'aws_iam_role_policy').map(({ policy }) => String(policy));
    const ids = Object.keys(configuration.resource!.aws_iam_role_policy!);
    const own = policies[ids.findIndex((id) => id.startsWith(`target-${name}_role-policy`))]!;
    const [{ Condition: conditions }] = (JSON.parse(own) as { Statement: [{ Condition: Conditions }] })
      .Statement;
    return (
      conditions['ForAllValues:StringEquals']['sts:IdentityTokenAudience'].includes(audience) &&
      conditions.StringEquals['sts:SigningAlgorithm'] === signingAlgorithm &&
      durationSeconds <= Number(conditions.NumericLessThanEquals['sts:DurationSeconds'])
    );
  }

  function run(name: string, input: object = {}, more: Record<string, string> = {}): Promise<Ended> {
    const machine = resources(stack, 'aws_sfn_state_machine').find((each) => String(each.name) === name)!;
    return interpreter.run({
      stateMachineArn: `arn:aws:states:eu-west-1:210987654321:stateMachine:${name}`,
      definition: JSON.parse(String(machine.definition).replaceAll('$${', '${')),
      input,
      functions: { ...Object.fromEntries([...lambdas].map(([arn, { url }]) => [arn, url])), ...more },
    }).ended;
  }

  const launchesNothing = ({ history }: Ended) => expect(history).not.toContain('Launch');

  test.each(['google', 'es384', 'rs256'])('the caller of "%s" is let in', async (name) => {
    const ended = await run(name);
    expect(ended.error).toBeUndefined();
    expect(ended.output).toEqual({ status: 200, body: { ok: true } });
    expect(ended.history).toContain('Launch');
    expect(seen).toHaveLength(1);
  });

  test.each<[string, string, object?]>([
    ['a wrong audience', 'elsewhere'],
    ['a wrong audience of AWS', 'elsewhereAws'],
    ['a wrong caller', 'stranger'],
    ['a wrong role', 'strangeRole'],
    ['a wrong issuer', 'google', { iss: 'https://issuer.example.com' }],
    ['a wrong issuer of AWS', 'es384', { iss: 'https://issuer.example.com' }],
    ['an expired token', 'es384', { exp: seconds() - 3_600 }],
    ['an e-mail that was not verified', 'google', { email_verified: false }],
  ])('%s is refused, and launches nothing', async (_, name, wrong = {}) => {
    claims = wrong;
    // A token that was good is kept; this execution has none yet.
    const ended = await run(name);
    const [, status] = /The service answered (40[13])/.exec(cause(ended)) ?? [];
    const refusal = status === '403' ? 'GKE.Service.Forbidden' : 'GKE.Service.AuthFailed';
    expect(ended.error).toMatchObject({ name: refusal });
    expect(cause(ended)).toMatch(/The service answered 40[13].*Call|target .*, execution arn:aws:states:/);
    launchesNothing(ended);
    expect(seen).toHaveLength(0);
  });

  test('without a token nothing is asked', async () => {
    const ended = await run('nobody');
    expect(ended.error).toMatchObject({ name: 'GKE.AuthFailed' });
    launchesNothing(ended);
    expect(seen).toHaveLength(0);
  });

  test('path, query, headers and body are those of the step, and nobody gets the token further', async () => {
    answer = () => ({ status: 201, body: '{"id":7}' });
    const input = { book: 'b-1', page: '2', tenant: 'a', title: 'Emma' };
    const ended = await run('post', input);
    expect(ended.error).toBeUndefined();
    expect(ended.output).toEqual({ id: 7 });
    const [{ method, url, headers, body }] = seen as [(typeof seen)[0]];
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
    answer = () => ({ status, body: '{"detail":"said by the service"}' });
    const ended = await run('put');
    expect(ended.error).toMatchObject({ name });
    expect(cause(ended)).toContain(`The service answered ${status}: {"detail":"said by the service"}.`);
    launchesNothing(ended);
    expect(seen).toHaveLength(1);
  });

  test.each([429, 502, 503, 504])(
    'status %i is tried again with the same key where that does no harm',
    async (status) => {
      answer = (times) => ({ status: times < 3 ? status : 200 });
      const ended = await run('put');
      expect(ended.error).toBeUndefined();
      expect(seen).toHaveLength(3);
      expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    },
  );

  test('a POST is not made twice', async () => {
    answer = () => ({ status: 503 });
    const ended = await run('keyed', { key: 'order-1' });
    expect(ended.error).toMatchObject({ name: 'GKE.Service.Unavailable' });
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['order-1']);
    launchesNothing(ended);
  });

  test('an answer that is late, or too long, launches nothing', async () => {
    answer = () => ({ status: 200, delayMs: 1_500 });
    const late = await run('impatient');
    expect(late.error).toMatchObject({ name: 'GKE.Service.Timeout' });
    launchesNothing(late);
    answer = () => ({ status: 200, body: JSON.stringify('x'.repeat(3_000)) });
    const long = await run('google');
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
    const ended = await run('outside', { path });
    expect(ended.error).toMatchObject({ name: 'GKE.BadRequest' });
    expect(seen).toHaveLength(0);
    launchesNothing(ended);
  });

  describe('through API Gateway', () => {
    const through = (reply: () => Answer) =>
      run('gateway', { page: '2' }, services.answering('apigateway:invoke', reply));

    test('a 2xx goes on, and IAM proves the caller', async () => {
      const ended = await through(() => ({
        result: { Headers: {}, StatusCode: 200, StatusText: 'OK', ResponseBody: { ok: true } },
      }));
      expect(ended.error).toBeUndefined();
      expect(ended.output).toEqual({ status: 200, body: { ok: true } });
      expect(services.asked.at(-1)!.event).toEqual({
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
      const before = services.asked.length;
      const result = { Headers: {}, StatusCode: 200, StatusText: 'OK', ResponseBody: {} };
      const ended = await through(() =>
        services.asked.length - before < 3 ? { errorType: 'ApiGateway.429' } : { result },
      );
      expect(ended.error).toBeUndefined();
      const sent = services.asked.slice(before).map(({ event }) => JSON.stringify(event.Headers));
      expect(sent).toHaveLength(3);
      expect(new Set(sent).size).toBe(1);
    });
  });

  test('a token that the service gives back stands nowhere', async () => {
    const echoed = 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl';
    answer = () => ({ status: 400, body: JSON.stringify({ echoed }) });
    const ended = await run('put');
    expect(JSON.stringify(ended)).not.toContain('eyJhbGciOi');
  });

  test('no token of any kind is in a log or in what goes from state to state', () => {
    expect(logs()).toContain('"path":"/v1/books"');
    expect(interpreter.history).toContain('Launch');
    for (const captured of [logs(), interpreter.history]) {
      expect(captured).not.toContain(MARKER);
      expect(captured).not.toMatch(/eyJ[\w-]{10,}\./);
    }
  });
});

interface Conditions {
  readonly 'ForAllValues:StringEquals': { readonly 'sts:IdentityTokenAudience': readonly string[] };
  readonly StringEquals: { readonly 'sts:SigningAlgorithm': string };
  readonly NumericLessThanEquals: { readonly 'sts:DurationSeconds': string };
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}

function times(validSeconds: number) {
  return { iat: seconds(), exp: seconds() + validSeconds };
}

/** The message of the function, which Step Functions wraps into its answer. */
function cause({ error }: Ended): string {
  return (JSON.parse(error!.cause) as { errorMessage: string }).errorMessage;
}
