import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a sweep does to one request. */
export interface Interference {
  /** Awaited before the request is passed on. */
  readonly before?: () => unknown;
  /** Response in place of that of the server. */
  readonly reply?: {
    readonly status: number;
    readonly body: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** Closes the connection: before the request is passed on, after it was, or in the middle of the response. */
  readonly reset?: 'before' | 'after' | 'within';
  /** Sends no response and keeps the connection, before the request is passed on or after it was. */
  readonly silent?: 'before' | 'after';
  /** Awaited with the status of the server before the response is passed back. */
  readonly after?: (status: number) => unknown;
}

/** Receives the response of the server to a request that was passed on. */
export type Answered = (answer: IncomingMessage) => Promise<void>;

/**
 * Serves a request with an interference.
 * @param forward passes the request on to the server
 */
export async function interfered(
  request: IncomingMessage,
  response: ServerResponse,
  { before, reply, reset, silent, after }: Interference,
  forward: (answered: Answered) => void,
): Promise<void> {
  if (before) await before();
  // The client may have given up in the meantime.
  if (request.socket.destroyed) return;
  if (reply) {
    request.resume();
    const { status, body, headers } = reply;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    return;
  }
  if (reset === 'before') return void request.socket.destroy();
  if (silent === 'before') return void request.resume();
  forward(async (answer) => {
    if (after) await after(answer.statusCode!);
    if (silent === 'after') return void answer.resume();
    if (reset === 'after') {
      answer.resume().on('end', () => request.socket.destroy());
      return;
    }
    response.writeHead(answer.statusCode!, answer.headers);
    if (reset === 'within')
      answer.once('data', (data: Buffer) => {
        response.write(data.subarray(0, data.length / 2), () => request.socket.destroy());
      });
    else answer.pipe(response);
  });
}
