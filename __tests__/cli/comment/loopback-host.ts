import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Token that the host accepts. */
export const TOKEN = 'token-of-the-test';

/** A comment as the test reads it. */
export interface Comment {
  id: number;
  body: string;
  author: string;
}

/** Host on the loopback interface that answers as GitHub and GitLab do. */
export class LoopbackHost {
  public comments: Comment[] = [];
  /** Login of the token. */
  public author = 'bot';
  public readonly requests: string[] = [];
  /** Status that replaces the answer to a write, while it returns one. */
  public refuse: (body: string) => number | undefined = () => undefined;
  private server!: Server;

  public async start(): Promise<void> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '' } = request;
        this.requests.push(`${method} ${url}`);
        const isAllowed =
          request.headers.authorization === `Bearer ${TOKEN}` || request.headers['private-token'] === TOKEN;
        const { body = '' } = (chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}) as {
          body?: string;
        };
        const [status, answer] = isAllowed ? this.answer(method, url, body) : [401, {}];
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public stop(): Promise<unknown> {
    return new Promise((resolve) => this.server.close(resolve));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private answer(method: string, url: string, body: string): [number, unknown] {
    if (url === '/user') return [200, { login: this.author, username: this.author }];
    if (!/^\/(repos\/o\/r\/issues|projects\/o%2Fr\/merge_requests)\//.test(url)) return [404, {}];
    if (method === 'GET') {
      const page = Number(/[?&]page=(\d+)/.exec(url)?.[1]);
      const shown = this.comments.slice((page - 1) * 100, page * 100);
      return [
        200,
        shown.map(({ id, body: text, author }) => ({
          id,
          body: text,
          user: { login: author },
          author: { username: author },
        })),
      ];
    }
    const refused = this.refuse(body);
    if (refused !== undefined) return [refused, {}];
    if (method === 'POST') this.comments.push({ id: this.comments.length + 1, body, author: this.author });
    else this.comments.find(({ id }) => String(id) === /(\d+)$/.exec(url)?.[1])!.body = body;
    return [200, {}];
  }
}
