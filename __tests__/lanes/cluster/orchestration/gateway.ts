import { createServer, request as forward, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { selfSigned } from '../../../runtime/certificate';
import { interfered, type Answered, type Interference } from './interference';
import { close, hostOf, listen } from '../../../loopback';

/** Where the API server is now, and how it is trusted: it moves when it is started again. */
export interface Upstream {
  readonly url: string;
  readonly certificateAuthority: string;
}

/** A request of a function, as a sweep sees it. */
export interface SeenRequest {
  /** Run id of the execution that the function works for. */
  readonly runId: string;
  readonly method: string;
  /** Path and query. */
  readonly url: string;
}

interface Trouble {
  readonly status: number;
  readonly methods: readonly string[];
  left: number;
}

/**
 * An address of the API server that stays, as its DNS name does in a cluster, and that can be made to answer as a
 * front end does that is overloaded. Everything else goes through unchanged.
 */
export class Gateway {
  /** What it let through and refused, as `METHOD path`. */
  public readonly requests: string[] = [];
  /** The headers of each of them by which an audit log tells who asked and why. */
  public readonly callers: { readonly userAgent: string; readonly reason: string }[] = [];
  /** Decides what happens to a request of a function. */
  public interfere: (request: SeenRequest) => Interference | undefined = () => undefined;
  private readonly pair = selfSigned();
  private trouble?: Trouble;
  private isLost = false;
  private readonly server: Server = createServer(this.pair, (request, response) => {
    void this.serve(request, response);
  });

  constructor(private readonly upstream: () => Upstream) {}

  public async start(): Promise<void> {
    await listen(this.server);
  }

  public async stop(): Promise<void> {
    await close(this.server);
  }

  public get host(): string {
    return hostOf(this.server);
  }

  /** PEM of its certificate. */
  public get certificate(): string {
    return this.pair.cert;
  }

  /** Answers so many of the next requests itself. */
  public refuseNext(
    status: number,
    times: number,
    methods: readonly string[] = ['GET', 'POST', 'DELETE'],
  ): void {
    this.trouble = { status, left: times, methods };
  }

  /** Lets the next request through, and loses the answer to it. */
  public loseNextAnswer(): void {
    this.isLost = true;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method!;
    this.requests.push(`${method} ${request.url!.split('?')[0]}`);
    const { 'user-agent': userAgent = '', 'x-goog-request-reason': reason } = request.headers;
    this.callers.push({ userAgent, reason: String(reason) });
    if (this.trouble && this.trouble.left > 0 && this.trouble.methods.includes(method)) {
      this.trouble.left -= 1;
      request.resume();
      response.writeHead(this.trouble.status, { 'retry-after': '0' }).end('{}');
      return;
    }
    const runId = / run\/(\S+)/.exec(userAgent)?.[1] ?? '';
    const found = this.interfere({ runId, method, url: request.url! }) ?? {};
    const isLost = this.isLost && method === 'POST';
    if (isLost) this.isLost = false;
    const lost = isLost ? { reset: 'after' as const } : {};
    await interfered(request, response, { ...found, ...lost }, (answered) => this.forward(request, answered));
  }

  private forward(request: IncomingMessage, answered: Answered): void {
    const lose = () => void request.socket.destroy();
    try {
      const { url, certificateAuthority: ca } = this.upstream();
      const { method, headers } = request;
      const onward = forward(`${url}${request.url}`, { method, headers, ca, agent: false }, (answer) => {
        answer.on('error', lose);
        void answered(answer);
      });
      onward.on('error', lose);
      request.pipe(onward);
    } catch {
      // An API server that starts has no address yet.
      lose();
    }
  }
}
