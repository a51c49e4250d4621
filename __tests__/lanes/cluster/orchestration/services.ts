import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Json } from '../../../synth';
import { close, hostOf, listen } from '../../../loopback';

/** What a service answers, or the error that it fails with. */
export type Answer =
  { readonly result: unknown } | { readonly errorType: string; readonly errorMessage?: string };

/** Services of AWS that state machines call: SNS, API Gateway, functions of users. A test says what each answers. */
export class Services {
  /** What each was asked, in order. */
  public readonly asked: { readonly name: string; readonly event: Json }[] = [];
  private readonly answers = new Map<string, () => Answer | Promise<Answer>>();
  private readonly server: Server = createServer((request, response) => {
    void this.serve(request).then((answer) => response.end(JSON.stringify(answer)));
  });

  constructor() {
    // Whoever calls keeps the connection, and must not find it closed.
    this.server.keepAliveTimeout = 0;
  }

  public async start(): Promise<void> {
    await listen(this.server);
  }

  public async stop(): Promise<void> {
    await close(this.server);
  }

  /** Says what a service answers from now on, and where it is. */
  public answering(name: string, answer: () => Answer | Promise<Answer>): Record<string, string> {
    this.answers.set(name, answer);
    return { [name]: `http://${hostOf(this.server)}/${encodeURIComponent(name)}` };
  }

  private async serve(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const name = decodeURIComponent(request.url!.slice(1));
    this.asked.push({ name, event: JSON.parse(Buffer.concat(chunks).toString()) as Json });
    return this.answers.get(name)!();
  }
}
