import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Lambda } from './lambda';

/** A function whose sandbox a test ends in the middle of a call. The next call starts another sandbox. */
export class Sandbox {
  private current?: Promise<Lambda>;
  private readonly started: Lambda[] = [];
  private readonly server: Server = createServer((request, response) => {
    void this.answerTo(request).then((answer) => response.end(answer));
  });

  /**
   * @param errorType name that Lambda gives to the error of a call whose sandbox ended
   * @param addresses other addresses by those that the environment of the function has
   * @param newForCalls number of the first calls that start a sandbox each; the last of them serves all later calls
   */
  constructor(
    private readonly origin: Lambda,
    private readonly errorType: string,
    private readonly addresses: Readonly<Record<string, string>> = {},
    private newForCalls = 1,
  ) {
    this.server.keepAliveTimeout = 0;
  }

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await Promise.all(this.started.map((each) => each.stop()));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Ends the process. The call that runs gets the error of Lambda. */
  public kill(): void {
    this.started.at(-1)?.kill();
    this.current = undefined;
  }

  private async answerTo(request: IncomingMessage): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.newForCalls > 0) this.current = undefined;
    this.newForCalls -= 1;
    const { url } = await (this.current ??= this.open());
    try {
      const response = await fetch(url, { method: 'POST', body: Buffer.concat(chunks) });
      return await response.text();
    } catch {
      return JSON.stringify({ errorType: this.errorType, errorMessage: 'The sandbox ended.' });
    }
  }

  private async open(): Promise<Lambda> {
    const lambda = this.origin.sandbox(this.addresses);
    await lambda.start();
    this.started.push(lambda);
    return lambda;
  }
}
