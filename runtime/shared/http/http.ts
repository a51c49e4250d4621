import { Agent, request as secure, type RequestOptions } from 'node:https';
import { request as plain, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Not sent again where nobody knows whether it was dealt with: what it makes has no name of our choice. */
  readonly once?: boolean;
  /** Certificate authority, as PEM, that stands in place of the public ones. */
  readonly ca?: string;
  /** The longest body that is read: a longer one is a `TooLong`. Any is read where nothing is said. */
  readonly maxBytes?: number;
}

/** An answer that nobody wants to hold. */
export class ResponseTooLarge extends Error {}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const agent = new Agent({ keepAlive: true });
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Sends a request once. Fails when there is no whole answer in time. */
export function sendOnce(
  { method, url, headers, body, ca, maxBytes: mostBytes = Infinity }: HttpRequest,
  milliseconds: number,
): Promise<HttpResponse> {
  const { protocol, hostname } = new URL(url);
  // Each request here carries a credential.
  if (protocol !== 'https:' && !LOOPBACK.has(hostname)) throw new TypeError(`${hostname} is not on https`);
  // Node leaves out the length of the body of a DELETE, which then is no HTTP.
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options: RequestOptions = {
    method,
    headers: { ...headers, ...length },
    signal: AbortSignal.timeout(milliseconds),
  };
  return new Promise((resolve, reject) => {
    const read = (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostBytes)
          response.destroy(new ResponseTooLarge(`The answer has more than ${mostBytes} bytes.`));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    };
    const request =
      protocol === 'https:' ? secure(url, { ...options, agent, ca }, read) : plain(url, options, read);
    request.on('error', reject);
    request.end(body);
  });
}
