import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * Stands in for Google Secret Manager, by its REST reference and its page about etags, for one secret: versions with
 * states, aliases, annotations, and etags that every change renews. A wrong etag is FAILED_PRECONDITION, HTTP 400.
 * https://cloud.google.com/secret-manager/docs/etags
 */

interface StoredVersion {
  readonly number: string;
  readonly value: string;
  readonly createTime: string;
  state: 'ENABLED' | 'DISABLED' | 'DESTROYED';
  etag: string;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** Whether a request is worked on, and whether its answer is sent. */
export type Fate = 'answer' | 'lose request' | 'lose answer';

export interface SecretManagerServerOptions {
  readonly secret: string;
  /** Identity behind a token, if it is good. */
  readonly identityOf: (token: string) => string | undefined;
  readonly now: () => number;
}

export interface SecretRequest {
  readonly method: string;
  readonly path: string;
  readonly identity: string | undefined;
  readonly headers: IncomingMessage['headers'];
}

export class SecretManagerServer {
  public readonly requests: SecretRequest[] = [];
  public versions: StoredVersion[] = [];
  public aliases: Record<string, string> = {};
  public annotations: Record<string, string> = {};
  public fate: (request: SecretRequest) => Fate = () => 'answer';
  /** Called whenever something may have changed. */
  public changed: () => void = () => undefined;
  /** Called before a request is worked on, which waits for it. */
  public before: (request: SecretRequest) => Promise<void> = () => Promise.resolve();
  private etag = newEtag();
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  constructor(private readonly options: SecretManagerServerOptions) {}

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What `versions/NAME:access` gives, as a reader gets it: a number or an alias, and only of an enabled version. */
  access(name: string): string | undefined {
    const found = this.versions.find(({ number }) => number === (this.aliases[name] ?? name));
    return found?.state === 'ENABLED' ? found.value : undefined;
  }

  /** Numbers of the versions in a state. */
  in(state: StoredVersion['state']): string[] {
    return this.versions.filter((version) => version.state === state).map(({ number }) => number);
  }

  /** A change by somebody else. */
  touch(): void {
    this.etag = newEtag();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    const seen: SecretRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      identity: this.options.identityOf(token),
      headers: request.headers,
    };
    this.requests.push(seen);
    await this.before(seen);
    const fate = this.fate(seen);
    if (fate === 'lose request') return void request.socket.destroy();
    const answer =
      seen.identity === undefined
        ? failed(401, 'UNAUTHENTICATED', 'The token is not valid.')
        : this.answer(seen, text === '' ? {} : (JSON.parse(text) as Record<string, unknown>));
    this.changed();
    if (fate === 'lose answer') return void request.socket.destroy();
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.body));
  }

  private answer({ method, path }: SecretRequest, body: Record<string, unknown>): Answer {
    const { pathname, searchParams } = new URL(path, 'http://server');
    const base = `/v1/${this.options.secret}`;
    if (!pathname.startsWith(base)) return failed(404, 'NOT_FOUND', 'Secret not found.');
    const rest = pathname.slice(base.length);
    if (method === 'GET' && rest === '') return { status: 200, body: this.written() };
    if (method === 'PATCH' && rest === '') return this.patch(body, searchParams.get('updateMask') ?? '');
    if (method === 'POST' && rest === ':addVersion') return this.add(body);
    if (method === 'GET' && rest === '/versions') return this.list(searchParams);
    const number = /^\/versions\/(\d+):disable$/.exec(rest)?.[1];
    if (method === 'POST' && number !== undefined) return this.disable(number, body);
    return failed(404, 'NOT_FOUND', `No method ${method} ${rest}.`);
  }

  private patch(body: Record<string, unknown>, mask: string): Answer {
    if (body.etag !== undefined && body.etag !== this.etag) return stale();
    for (const field of mask.split(',')) {
      if (field === 'versionAliases') {
        const aliases = (body.versionAliases ?? {}) as Record<string, string>;
        for (const [name, number] of Object.entries(aliases)) {
          const known = this.versions.some((version) => version.number === number);
          if (!/^(?!latest$|NEW$)[A-Za-z][\w-]{0,62}$/.test(name) || !known) {
            return failed(400, 'INVALID_ARGUMENT', `The alias ${name} of ${number} is not valid.`);
          }
        }
        this.aliases = { ...aliases };
      } else if (field === 'annotations') {
        const annotations = (body.annotations ?? {}) as Record<string, string>;
        if (Object.keys(annotations).some((key) => !/^[a-z0-9A-Z]([\w.-]{0,61}[a-z0-9A-Z])?$/.test(key))) {
          return failed(400, 'INVALID_ARGUMENT', 'An annotation is not valid.');
        }
        this.annotations = { ...annotations };
      } else {
        return failed(400, 'INVALID_ARGUMENT', `Unknown field ${field}.`);
      }
    }
    this.etag = newEtag();
    return { status: 200, body: this.written() };
  }

  private add({ payload }: Record<string, unknown>): Answer {
    const { data } = (payload ?? {}) as { data?: string };
    if (data === undefined) return failed(400, 'INVALID_ARGUMENT', 'There is no payload.');
    const version: StoredVersion = {
      number: String(this.versions.length + 1),
      value: Buffer.from(data, 'base64').toString(),
      createTime: new Date(this.options.now()).toISOString(),
      state: 'ENABLED',
      etag: newEtag(),
    };
    this.versions.push(version);
    return { status: 200, body: this.writtenVersion(version) };
  }

  /** The newest first. */
  private list(query: URLSearchParams): Answer {
    const size = Math.min(Number(query.get('pageSize') ?? 25), 250);
    const start = Number(query.get('pageToken') ?? 0);
    const all = [...this.versions].reverse();
    const versions = all.slice(start, start + size).map((version) => this.writtenVersion(version));
    const more = start + size < all.length ? { nextPageToken: String(start + size) } : {};
    return { status: 200, body: { versions, totalSize: all.length, ...more } };
  }

  private disable(number: string, { etag }: Record<string, unknown>): Answer {
    const version = this.versions.find((each) => each.number === number);
    if (version === undefined) return failed(404, 'NOT_FOUND', 'Version not found.');
    if (etag !== undefined && etag !== version.etag) return stale();
    if (version.state === 'DESTROYED') return failed(400, 'FAILED_PRECONDITION', 'The version is destroyed.');
    version.state = 'DISABLED';
    version.etag = newEtag();
    return { status: 200, body: this.writtenVersion(version) };
  }

  private written(): object {
    const some = (map: object) => (Object.keys(map).length > 0 ? map : undefined);
    return {
      name: this.options.secret,
      replication: { automatic: {} },
      createTime: '2026-01-01T00:00:00.000000Z',
      etag: this.etag,
      versionAliases: some(this.aliases),
      annotations: some(this.annotations),
    };
  }

  private writtenVersion({ number, createTime, state, etag }: StoredVersion): object {
    return { name: `${this.options.secret}/versions/${number}`, createTime, state, etag };
  }
}

function newEtag(): string {
  return `"${randomUUID().slice(0, 14)}"`;
}

function stale(): Answer {
  return failed(400, 'FAILED_PRECONDITION', 'The etag provided does not match the current etag.');
}

function failed(code: number, status: string, message: string): Answer {
  return { status: code, body: { error: { code, message, status } } };
}
