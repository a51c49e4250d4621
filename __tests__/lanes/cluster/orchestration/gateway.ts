import { createServer, request as forward, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '../../../runtime/certificate';

/** Where the API server is now, and how it is trusted: it moves when it is started again. */
export interface Upstream {
  readonly url: string;
  readonly certificateAuthority: string;
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
  private readonly pair = selfSigned();
  private trouble?: Trouble;
  private isLost = false;
  private readonly server: Server = createServer(this.pair, (request, response) =>
    this.serve(request, response),
  );

  constructor(private readonly upstream: () => Upstream) {}

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  public get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
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

  private serve(request: IncomingMessage, response: ServerResponse): void {
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
    const { url, certificateAuthority } = this.upstream();
    const isLost = this.isLost && method === 'POST';
    if (isLost) this.isLost = false;
    const onward = forward(
      `${url}${request.url}`,
      { method, headers: request.headers, ca: certificateAuthority, agent: false },
      (answer) => {
        if (isLost) return answer.resume().on('end', () => request.socket.destroy());
        response.writeHead(answer.statusCode!, answer.headers);
        return answer.pipe(response);
      },
    );
    onward.on('error', () => request.socket.destroy());
    request.pipe(onward);
  }
}
