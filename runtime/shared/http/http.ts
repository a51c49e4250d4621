import { Agent, request as secure, type RequestOptions } from 'node:https';
import { request as plain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * Whether the client may retry the request when its outcome is unknown. If false, it also gets a new connection: a
   * server may have closed an idle one while the function was frozen, and the client learns that only as it sends.
   * @default true
   */
  readonly idempotent?: boolean;
  /**
   * Certificate authority in PEM format.
   * @default - the public authorities
   */
  readonly ca?: string;
  /**
   * Maximum size of the response body. A longer one causes a `ResponseTooLarge`.
   * @default - unlimited
   */
  readonly maxBytes?: number;
}

/** Thrown when a body exceeds `maxBytes`. */
export class ResponseTooLarge extends Error {}

/** Thrown when no complete response arrives. It has name and code of its cause. */
export class NoResponse extends Error {
  public readonly code: string | undefined;

  /** @param wasSent whether the server may have received the request: if so, the outcome is unknown */
  constructor(
    cause: NodeJS.ErrnoException,
    public readonly wasSent: boolean,
  ) {
    super(cause.message, { cause });
    this.name = cause.name;
    this.code = cause.code;
  }
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true });
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Sends a request once. Throws `NoResponse` when no complete response arrives in time. */
export function sendOnce(
  { method, url, headers, body, ca, idempotent = true, maxBytes = Infinity }: HttpRequest,
  milliseconds: number,
): Promise<HttpResponse> {
  const { protocol, hostname } = new URL(url);
  // Each request here carries a credential.
  if (protocol !== 'https:' && !LOOPBACK.has(hostname)) throw new TypeError(`${hostname} is not on https`);
  // Node omits the length of the body of a DELETE, and the message is then invalid HTTP.
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options: RequestOptions = {
    method,
    headers: { ...headers, ...length },
    signal: AbortSignal.timeout(milliseconds),
  };
  return new Promise((resolve, reject) => {
    let wasSent = false;
    const fail = (error: Error) =>
      reject(error instanceof ResponseTooLarge ? error : new NoResponse(error, wasSent));
    const read = (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes)
          response.destroy(new ResponseTooLarge(`The answer has more than ${maxBytes} bytes.`));
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    };
    const request =
      protocol === 'https:'
        ? secure(url, { ...options, agent: idempotent ? agent : false, ca }, read)
        : plain(url, { ...options, agent: idempotent ? undefined : false }, read);
    request.on('socket', (socket) => {
      // A connection that is used again has no further event.
      if (request.reusedSocket) wasSent = true;
      else socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', () => (wasSent = true));
    });
    request.on('error', fail);
    request.end(body);
  });
}
