import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/*
 * Plays Vertex AI, Pub/Sub and the token exchange by their wire formats, on the loopback interface.
 * https://cloud.google.com/vertex-ai/docs/reference/rest
 */

interface Job {
  readonly name: string;
  readonly labels: Record<string, string>;
  looks: number;
}

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

/** How the server behaves. */
export interface Behaviour {
  /** State after `running` looks at a job. */
  readonly ends?: string;
  /** How often a job is seen running. */
  readonly running?: number;
  /** Status codes that the first requests to Vertex AI get instead of an answer. */
  readonly troubles?: number[];
  /** How many jobs are made with the answer lost on the way (a 503 instead). */
  readonly lostAnswers?: number;
}

export class VertexServer {
  public readonly seen: Seen[] = [];
  public readonly jobs: Job[] = [];
  private readonly server: Server;
  private troubles: number[] = [];
  private lostAnswers: number;

  constructor(private readonly behaviour: Behaviour = {}) {
    this.troubles = [...(behaviour.troubles ?? [])];
    this.lostAnswers = behaviour.lostAnswers ?? 0;
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const [status, body] = this.answer(request, text);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
    });
  }

  public async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    await new Promise((done) => this.server.close(done));
  }

  /** Requests that would have made a job. */
  public get submissions(): Seen[] {
    return this.seen.filter(
      ({ method, path }) => method === 'POST' && /\/(pipelineJobs|customJobs)(\?|$)/.test(path),
    );
  }

  /** What was put into the dead-letter topic, decoded. */
  public get deadLetters(): unknown[] {
    return this.seen
      .filter(({ path }) => path.endsWith(':publish'))
      .flatMap(({ body }) => body.messages as { data: string }[])
      .map(({ data }) => JSON.parse(Buffer.from(data, 'base64').toString()) as unknown);
  }

  private answer(request: IncomingMessage, text: string): [number, object] {
    const path = request.url ?? '/';
    if (path === '/token') {
      const issued = {
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        token_type: 'Bearer',
      };
      return [200, { ...issued, access_token: 'loopback', expires_in: 3600 }];
    }
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    this.seen.push({ method: request.method ?? '', path, headers: request.headers, body });
    if (request.headers.authorization !== 'Bearer loopback') return [401, failure(401, 'UNAUTHENTICATED')];
    if (path.endsWith(':publish')) return [200, { messageIds: ['1'] }];
    const trouble = this.troubles.shift();
    if (trouble !== undefined) return [trouble, failure(trouble, 'TROUBLE')];
    return this.vertex(request.method ?? '', new URL(path, 'http://vertex'), body);
  }

  private vertex(method: string, url: URL, body: Record<string, unknown>): [number, object] {
    const collection = /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/(pipelineJobs|customJobs))$/.exec(
      url.pathname,
    );
    if (collection && method === 'POST') return this.create(collection[1]!, url, body);
    if (collection) return [200, this.list(url.searchParams.get('filter') ?? '')];
    const job = this.jobs.find(({ name }) => url.pathname.startsWith(`/v1/${name}`));
    if (!job) return [404, failure(404, 'NOT_FOUND')];
    if (url.pathname.endsWith(':cancel')) return [200, {}];
    return [200, this.look(job)];
  }

  private create(parent: string, url: URL, body: Record<string, unknown>): [number, object] {
    const id = url.searchParams.get('pipelineJobId') ?? String(7_000_000_000 + this.jobs.length);
    const name = `${parent}/${id}`;
    if (this.jobs.some((job) => job.name === name)) return [409, failure(409, 'ALREADY_EXISTS')];
    const job = { name, labels: body.labels as Record<string, string>, looks: 0 };
    this.jobs.push(job);
    if (this.lostAnswers-- > 0) return [503, failure(503, 'UNAVAILABLE')];
    return [200, { name, state: 'JOB_STATE_PENDING' }];
  }

  /** Vertex AI leaves the field out when nothing is found. */
  private list(filter: string): object {
    const wanted = [...filter.matchAll(/labels\.(\w+)="([^"]*)"/g)];
    const found = this.jobs.filter((job) => wanted.every(([, key, value]) => job.labels[key!] === value));
    return found.length > 0 ? { customJobs: found.map(({ name, labels }) => ({ name, labels })) } : {};
  }

  private look(job: Job): object {
    const kind = job.name.includes('pipelineJobs') ? 'PIPELINE_STATE' : 'JOB_STATE';
    job.looks += 1;
    const running = job.looks <= (this.behaviour.running ?? 1);
    const state = `${kind}_${running ? 'RUNNING' : (this.behaviour.ends ?? 'SUCCEEDED')}`;
    return state.endsWith('FAILED')
      ? {
          name: job.name,
          state,
          error: { code: 3, message: 'the training container ended with exit code 1' },
        }
      : { name: job.name, labels: job.labels, state };
  }
}

function failure(code: number, status: string): object {
  return { error: { code, status, message: status } };
}
