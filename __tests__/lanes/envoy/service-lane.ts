import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import { account } from '../../orchestration/fixtures';
import { TokenServers } from '../../runtime/token-servers';
import type { WebIdentityAsked } from '../../runtime/token-servers-options';
import { resources, synthesized, type Json } from '../../synth';
import { Interpreter, type Ended } from '../cluster/orchestration/interpreter';
import { Lambda } from '../cluster/orchestration/lambda';
import { node22 } from '../cluster/orchestration/node22';
import { Services } from '../cluster/orchestration/services';
import { trustOf, variablesOf } from '../cluster/orchestration/trust';
import { Authority } from './certificates';
import { Envoy, envoyMissing } from './envoy';
import { AWS, awsKeys, GOOGLE, googleKey, now } from './issuers';
import { onLoopback } from './loopback';
import { stack, targets } from './service-machines';
import { freePort, Loopback, send, type Seen } from './servers';
import { jwks, token } from './tokens';

const node = node22();
const missing = envoyMissing() ?? (node === undefined ? 'no Node 22' : undefined);
if (missing) process.stderr.write(`skipped: ${missing}\n`);

/** `describe` where Envoy and the interpreter can be run, else `describe.skip`. */
export const withEnvoy = missing ? describe.skip : describe;

interface Reply {
  readonly status: number;
  readonly body?: string;
  readonly delayMs?: number;
}

/** A service behind Envoy, and the built functions that state machines call it with. */
export class ServiceLane {
  public readonly seen: (Seen & { body: string })[] = [];
  public readonly services = new Services();
  public readonly interpreter = new Interpreter(node!);
  /** Answer of the service, by the number of requests so far. */
  public answer!: (times: number) => Reply;
  /** Claims that replace those of a good token. */
  public claims!: object;
  private readonly folder = mkdtempSync(join(tmpdir(), 'service-step-'));
  private readonly configuration = synthesized(stack);
  private readonly started: { stop(): unknown }[] = [];
  private readonly lambdas = new Map<string, Lambda>();
  private readonly tokenServers: TokenServers[] = [];
  private port!: number;

  public async start(): Promise<void> {
    const authority = new Authority(join(this.folder, 'authority'));
    const keyServer = await Loopback.start(
      (request, response) => {
        const isGoogle = request.headers.host?.startsWith('www.googleapis.com');
        response.end(jwks(isGoogle ? [googleKey] : Object.values(awsKeys)));
      },
      authority.issue('www.googleapis.com', new URL(AWS).hostname),
    );
    const service = await this.startService();
    this.port = await freePort();
    const files = resources(stack, 'kubernetes_config_map_v1')[0]!.data as unknown as Record<string, string>;
    const envoy = new Envoy(
      join(this.folder, 'envoy'),
      onLoopback(files, {
        folder: join(this.folder, 'envoy'),
        certificateFolder: this.folder,
        authorities: authority.file,
        ports: {
          verified: this.port,
          drain: await freePort(),
          service: service.port,
          'jwks-www.googleapis.com': keyServer.port,
          [`jwks-${new URL(AWS).hostname}`]: keyServer.port,
        },
      }),
    );
    this.started.push(keyServer, service, envoy, this.services, this.interpreter);
    await envoy.start(async () => (await send({ port: this.port, path: '/healthz' })).status === 200);
    await this.services.start();
    this.interpreter.start();
    for (const each of Object.values(targets)) await this.deploy(each);
  }

  public async stop(): Promise<void> {
    const all = [...this.lambdas.values(), ...this.tokenServers, ...this.started.reverse()];
    for (const each of all) await each.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Every test begins with good tokens and a service that answers 200. */
  public reset(): void {
    this.seen.length = 0;
    this.claims = {};
    this.answer = () => ({ status: 200 });
  }

  public get logs(): string {
    return [...this.lambdas.values()].map(({ log }) => log).join('');
  }

  public run(name: string, input: object = {}, more: Record<string, string> = {}): Promise<Ended> {
    const machine = resources(stack, 'aws_sfn_state_machine').find((each) => String(each.name) === name)!;
    return this.interpreter.run({
      stateMachineArn: `arn:aws:states:eu-west-1:210987654321:stateMachine:${name}`,
      definition: JSON.parse(String(machine.definition).replaceAll('$${', '${')),
      input,
      functions: { ...Object.fromEntries([...this.lambdas].map(([arn, { url }]) => [arn, url])), ...more },
    }).ended;
  }

  private startService(): Promise<Loopback> {
    return Loopback.start((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const sent = Buffer.concat(chunks).toString();
        this.seen.push({ method: request.method!, url: request.url!, headers: request.headers, body: sent });
        const { status, body = '{"ok":true}', delayMs = 0 } = this.answer(this.seen.length);
        setTimeout(
          () => response.writeHead(status, { 'content-type': 'application/json' }).end(body),
          delayMs,
        );
      });
    });
  }

  /** The function of a target as a process, between token services that know what the stack says of it. */
  private async deploy({ name, functionArn }: GkeServiceTarget): Promise<void> {
    const functionName = `${name}-gke-service`;
    const given = JSON.parse(variablesOf(this.configuration, functionName).SERVICE_TARGET!) as Json;
    const auth = given.auth as unknown as Auth;
    const trust = trustOf(this.configuration, functionName);
    const servers = this.tokenServersOf(name, trust, auth);
    await servers.start();
    this.tokenServers.push(servers);
    const { caller } = trust;
    const lambda = new Lambda({
      node: node!,
      bundle: join(__dirname, '../../../dist/runtime/services/index.js'),
      environment: {
        SERVICE_TARGET: JSON.stringify({
          ...given,
          url: `http://127.0.0.1:${this.port}`,
          auth: redirected(auth, servers.url),
        }),
        AWS_REGION: account.region,
        AWS_ACCESS_KEY_ID: caller.accessKeyId,
        AWS_SECRET_ACCESS_KEY: caller.secretAccessKey,
        AWS_SESSION_TOKEN: caller.sessionToken,
        AWS_ENDPOINT_URL_STS: servers.stsEndpoint,
      },
    });
    await lambda.start();
    this.lambdas.set(functionArn, lambda);
  }

  private tokenServersOf(name: string, trust: ReturnType<typeof trustOf>, auth: Auth): TokenServers {
    return new TokenServers({
      ...trust,
      audience: auth.credentials?.audience ?? '',
      tokens: {},
      idToken: (email, aud) =>
        token(googleKey, {
          iss: GOOGLE,
          aud,
          sub: '1',
          email,
          email_verified: true,
          ...times(3_600),
          ...this.claims,
        }),
      webIdentityToken: (roleArn, asked) =>
        this.isAllowed(name, asked)
          ? token(awsKeys[asked.signingAlgorithm as 'ES384'], {
              iss: AWS,
              aud: asked.audience,
              sub: roleArn,
              'https://sts.amazonaws.com/': { aws_account: '123456789012', request_tags: asked.tags },
              ...times(asked.durationSeconds),
              ...this.claims,
            })
          : undefined,
    });
  }

  /** What the conditions of the synthesized policy say. "nobody" has lost its policy. */
  private isAllowed(
    name: string,
    { audience, signingAlgorithm, durationSeconds, tags }: WebIdentityAsked,
  ): boolean {
    if (name === 'nobody') return false;
    const policies = resources(stack, 'aws_iam_role_policy').map(({ policy }) => String(policy));
    const ids = Object.keys(this.configuration.resource!.aws_iam_role_policy!);
    const own = policies[ids.findIndex((id) => id.startsWith(`target-${name}_role-policy`))]!;
    const [{ Condition: conditions }, { Condition: tagged }] = (
      JSON.parse(own) as { Statement: [{ Condition: Conditions }, { Condition: TagConditions }] }
    ).Statement;
    return (
      conditions['ForAllValues:StringEquals']['sts:IdentityTokenAudience'].includes(audience) &&
      conditions.StringEquals['sts:SigningAlgorithm'] === signingAlgorithm &&
      durationSeconds <= Number(conditions.NumericLessThanEquals['sts:DurationSeconds']) &&
      Object.keys(tags).every((key) => tagged['ForAllValues:StringEquals']['aws:TagKeys'].includes(key)) &&
      Object.entries(tagged.StringEquals).every(
        ([key, value]) => tags[key.replace('aws:RequestTag/', '')] === value,
      )
    );
  }
}

interface Auth {
  readonly kind: string;
  readonly idTokenUrl: string;
  readonly credentials: { readonly audience: string };
}

interface Conditions {
  readonly 'ForAllValues:StringEquals': { readonly 'sts:IdentityTokenAudience': readonly string[] };
  readonly StringEquals: { readonly 'sts:SigningAlgorithm': string };
  readonly NumericLessThanEquals: { readonly 'sts:DurationSeconds': string };
}

/** The same settings with the token services of this machine. */
function redirected(auth: Auth, url: string): object {
  if (auth.kind !== 'google') return auth;
  return {
    ...auth,
    idTokenUrl: auth.idTokenUrl.replace('https://iamcredentials.googleapis.com', `${url}/iam-credentials`),
    credentials: { ...auth.credentials, token_url: `${url}/google-sts/v1/token` },
  };
}

function times(validSeconds: number) {
  return { iat: now(), exp: now() + validSeconds };
}

interface TagConditions {
  readonly 'ForAllValues:StringEquals': { readonly 'aws:TagKeys': readonly string[] };
  readonly StringEquals: Readonly<Record<string, string>>;
}
