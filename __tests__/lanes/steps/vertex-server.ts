import { createServer, type IncomingMessage, type Server } from 'node:http';
import { close, hostOf, listen } from '../../loopback';

/*
 * Plays Vertex AI by its wire format, which cannot be had offline: custom jobs, pipeline jobs and predictions.
 */

export interface Job {
  readonly name: string;
  readonly createTime: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  state: string;
  error?: { code: number; message: string };
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const COLLECTION = /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/(customJobs|pipelineJobs))$/;
const FILTER = /labels\.(\w+)="([^"]*)"/g;

export class VertexServer {
  public readonly jobs = new Map<string, Job>();
  public readonly seen: Seen[] = [];
  /** Answers to `predict`. */
  public prediction: Reply | 'never' = { status: 200, body: { predictions: [] } };
  /** What becomes of a job each time it is looked at. */
  public progress: (job: Job) => void = (job) => (job.state = 'SUCCEEDED');
  /** Status of the next answers, in place of what would be said. */
  public readonly refusals: (number | Reply)[] = [];
  /** Whether the next job is made and its answer is lost. */
  public losesNext = false;
  private readonly server: Server;

  /** @param knows whether a token was given to somebody who may use it */
  constructor(private readonly knows: (token: string) => boolean) {
    this.server = createServer((request, response) => {
      void this.serve(request).then((reply) => {
        if (reply === 'never') return;
        if (this.losesNext && request.method === 'POST') {
          this.losesNext = false;
          request.socket.destroy();
          return;
        }
        response.writeHead(reply.status, { 'content-type': 'application/json' });
        response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
      });
    });
  }

  public async start(): Promise<void> {
    await listen(this.server);
  }

  public async stop(): Promise<void> {
    await close(this.server);
  }

  public get url(): string {
    return `http://${hostOf(this.server)}`;
  }

  private async serve(request: IncomingMessage): Promise<Reply | 'never'> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    this.seen.push({ method: request.method!, path: pathname, headers: request.headers });
    if (!this.knows((request.headers.authorization ?? '').replace('Bearer ', ''))) {
      return failure(401, 'UNAUTHENTICATED');
    }
    const refusal = this.refusals.shift();
    if (refusal !== undefined) {
      return typeof refusal === 'number' ? failure(refusal, 'REFUSED') : refusal;
    }
    if (pathname.endsWith(':predict')) return this.prediction;
    const [, collection, kind] = COLLECTION.exec(pathname) ?? [];
    if (collection === undefined) return this.onJob(pathname.replace('/v1/', ''));
    if (request.method === 'GET') return this.list(collection, kind!, searchParams.get('filter') ?? '');
    return this.create(collection, JSON.parse(text) as Job['body'], searchParams.get('pipelineJobId'));
  }

  private create(collection: string, body: Job['body'], id: string | null): Reply {
    const name = `${collection}/${id ?? String(this.jobs.size + 1)}`;
    if (this.jobs.has(name)) return failure(409, 'ALREADY_EXISTS');
    const labels = body.labels as Record<string, string>;
    const job: Job = { name, body, labels, createTime: new Date().toISOString(), state: 'PENDING' };
    this.jobs.set(name, job);
    return { status: 200, body: shown(job) };
  }

  private list(collection: string, kind: string, filter: string): Reply {
    const wanted = [...filter.matchAll(FILTER)];
    const found = [...this.jobs.values()].filter(
      ({ name, labels }) =>
        name.startsWith(`${collection}/`) && wanted.every(([, key, value]) => labels[key!] === value),
    );
    return { status: 200, body: { [kind]: found.map(shown) } };
  }

  private onJob(path: string): Reply {
    const [name = '', verb] = path.split(':');
    const job = this.jobs.get(name);
    if (job === undefined) return failure(404, 'NOT_FOUND');
    if (verb === 'cancel') job.state = 'CANCELLED';
    else this.progress(job);
    return { status: 200, body: verb === 'cancel' ? {} : shown(job) };
  }
}

function shown({ name, createTime, labels, state, error }: Job) {
  const prefix = name.includes('/pipelineJobs/') ? 'PIPELINE_STATE_' : 'JOB_STATE_';
  const endTime = createTime;
  return { name, createTime, endTime, labels, state: `${prefix}${state}`, ...(error && { error }) };
}

function failure(code: number, status: string): Reply {
  return { status: code, body: { error: { code, status, message: `said by Vertex AI: ${status}` } } };
}
