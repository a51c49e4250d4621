import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from './certificate';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface ApiReply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A reply, or a socket that is closed without one. */
export type Behaviour = (request: ApiRequest) => ApiReply | 'drop' | Promise<ApiReply>;

/** Answers as a test says, for what a real API server cannot be made to do. */
export class ApiStandIn {
  public readonly requests: ApiRequest[] = [];
  public behaviour: Behaviour = () => ({ status: 200, body: {} });
  private readonly pair = selfSigned();
  private readonly server: Server = createServer(this.pair, (request, response) => {
    void read(request).then(async (seen) => {
      this.requests.push(seen);
      const reply = await this.behaviour(seen);
      if (reply === 'drop') return request.socket.destroy();
      const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(asKubernetes(seen, reply));
      return response
        .writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
        .end(body);
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  closeConnections(): void {
    this.server.closeAllConnections();
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get certificateAuthority(): string {
    return Buffer.from(this.pair.cert).toString('base64');
  }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'AlreadyExists',
  422: 'Invalid',
};

const KINDS: Readonly<Record<string, string>> = {
  jobs: 'Job',
  pods: 'Pod',
  events: 'Event',
  secrets: 'Secret',
};

/**
 * The body of a reply with the fields that the Kubernetes API always sends: kind and name of the object, and in a
 * `Status` the object that it is about.
 */
function asKubernetes({ method, path, body: sent }: ApiRequest, { status, body }: ApiReply): unknown {
  const [, namespace, resource = '', inPath] =
    /\/namespaces\/([^/]+)\/([a-z]+)(?:\/([^/]+))?$/.exec(path) ?? [];
  const name = inPath ?? (sent as { metadata?: { name?: string } } | undefined)?.metadata?.name;
  const details =
    status === 404 && method === 'POST' ? { name: namespace, kind: 'namespaces' } : { name, kind: resource };
  const given = (body ?? { kind: 'Status' }) as { readonly kind?: string; readonly metadata?: object };
  if (status >= 300) {
    if (given.kind !== 'Status') return given;
    return { status: 'Failure', reason: REASONS[status], code: status, details, ...given };
  }
  if (method === 'DELETE') return { kind: 'Status', status: 'Success', details, ...given };
  if (KINDS[resource] === undefined || given.kind !== undefined) return given;
  if (method === 'GET' && inPath === undefined) return { kind: `${KINDS[resource]}List`, ...given };
  return { kind: KINDS[resource], ...given, metadata: { name, ...given.metadata } };
}

async function read(request: IncomingMessage): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const { pathname, searchParams } = new URL(request.url ?? '/', 'https://api');
  return {
    method: request.method ?? '',
    path: pathname,
    query: searchParams,
    headers: request.headers as Record<string, string>,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
