import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request. */
export type Fate = 'answer' | 'lose request' | 'lose answer';

/** What is made anew for the next connection. */
const OF_A_CONNECTION = new Set(['host', 'connection', 'content-length']);

/** Stands before a server, and loses what a test says. Signatures hold: moto does not look at the host. */
export class Gate {
  public readonly seen: string[] = [];
  public fate: (operation: string) => Fate = () => 'answer';
  /** Called after a request was worked on. */
  public after: () => Promise<void> = () => Promise.resolve();
  private readonly server: Server;

  constructor(behind: string) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const operation = String(request.headers['x-amz-target']).split('.')[1]!;
        this.seen.push(operation);
        const fate = this.fate(operation);
        if (fate === 'lose request') return void request.socket.destroy();
        const headers = Object.entries(request.headers).filter(([name]) => !OF_A_CONNECTION.has(name));
        fetch(behind, {
          method: 'POST',
          headers: Object.fromEntries(headers) as Record<string, string>,
          body: Buffer.concat(chunks),
        })
          .then(async (reply) => {
            const body = await reply.text();
            await this.after();
            if (fate === 'lose answer') return void request.socket.destroy();
            response.writeHead(reply.status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
          })
          .catch(() => request.socket.destroy());
      });
    });
  }

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
}
