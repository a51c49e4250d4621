import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EndpointCallers } from '../../../lib/identity/federation/endpoint-callers';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { VerifiedEndpoint } from '../../../lib/gke/verified-endpoint/verified-endpoint';
import type { VerifiedEndpointProps } from '../../../lib/gke/verified-endpoint/verified-endpoint-props';
import { resource, testStack } from '../../synth';
import { Authority } from './certificates';
import { Envoy, envoyMissing } from './envoy';
import { AUDIENCE, AWS, awsKeys, EMAIL, googleKey, ROLE } from './issuers';
import { onLoopback } from './loopback';
import { freePort, Loopback, send, type Answer, type Seen } from './servers';
import { jwks } from './tokens';

const missing = envoyMissing();
// Jest keeps what a file prints to itself when all of its tests are skipped.
if (missing) process.stderr.write(`skipped: ${missing}\n`);

/** `describe` where Envoy can be run, else `describe.skip`. */
export const withEnvoy = missing ? describe.skip : describe;

interface AskOptions {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** One Envoy with its ports. */
export interface Running {
  readonly envoy: Envoy;
  readonly port: number;
  readonly drainPort: number;
}

/** Endpoints in Envoy, between the published keys of two issuers and a service that records its requests. */
export class EndpointLane {
  public readonly folder = mkdtempSync(join(tmpdir(), 'envoy-'));
  public readonly seen: Seen[] = [];
  public authority!: Authority;
  /** The endpoint that most tests of a file ask. */
  public main!: Running;
  private readonly started: { stop(): Promise<void> }[] = [];
  private keyServer!: Loopback;
  private service!: Loopback;

  public async start(props: Partial<VerifiedEndpointProps> = {}): Promise<void> {
    this.authority = new Authority(join(this.folder, 'authority'));
    this.keyServer = await this.publishKeys('*.googleapis.com', '*.tokens.sts.global.api.aws');
    this.service = await this.keep(
      Loopback.start((request, response) => {
        this.seen.push({ method: request.method!, url: request.url!, headers: request.headers });
        request.resume();
        request.on('end', () => response.end('a book'));
      }),
    );
    this.main = await this.envoyWith('main', props);
  }

  public async stop(): Promise<void> {
    for (const each of this.started.reverse()) await each.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  public async keep<T extends { stop(): Promise<void> }>(starting: Promise<T> | T): Promise<T> {
    const thing = await starting;
    this.started.push(thing);
    return thing;
  }

  /** Publishes keys over TLS, under the names of the hosts that are given. */
  public publishKeys(...names: string[]): Promise<Loopback> {
    return this.keep(
      Loopback.start(
        (request, response) => {
          const isGoogle = request.headers.host?.startsWith('www.googleapis.com');
          const path = isGoogle ? '/oauth2/v3/certs' : '/.well-known/jwks.json';
          response.statusCode = request.url === path ? 200 : 404;
          response.end(jwks(isGoogle ? [googleKey] : Object.values(awsKeys)));
        },
        this.authority.issue(...names),
      ),
    );
  }

  /** Validates a synthesized configuration with Envoy, and starts it. */
  public async envoyWith(
    name: string,
    props: Partial<VerifiedEndpointProps> = {},
    places: { service?: number; keys?: number; certificateFolder?: string } = {},
  ): Promise<Running> {
    const [port, drainPort] = [await freePort(), await freePort()];
    const keys = places.keys ?? this.keyServer.port;
    const files = onLoopback(filesOf(props), {
      folder: join(this.folder, name),
      certificateFolder: places.certificateFolder ?? this.folder,
      authorities: this.authority.file,
      ports: {
        verified: port,
        drain: drainPort,
        service: places.service ?? this.service.port,
        'jwks-www.googleapis.com': keys,
        [`jwks-${new URL(AWS).hostname}`]: keys,
      },
    });
    const envoy = await this.keep(new Envoy(join(this.folder, name), files));
    expect(envoy.validate()).toContain('OK');
    const tls = props.tlsSecretName === undefined ? {} : { rejectUnauthorized: false, ca: ' ' };
    await envoy.start(async () => (await send({ port, path: '/healthz', ...tls })).status === 200);
    return { envoy, port, drainPort };
  }

  /** Sends one request, by default to the main endpoint. */
  public ask(
    bearer: string | undefined,
    { path = '/books/1', method = 'GET', headers = {}, body }: AskOptions = {},
    port = this.main.port,
  ): Promise<Answer> {
    return send({
      port,
      path,
      method,
      body,
      headers: { ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }), ...headers },
    });
  }
}

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
