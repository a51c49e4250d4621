import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import { createServer as createTlsServer, request as tlsRequest, type RequestOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request that the service has seen. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server on the loopback interface. */
export class Loopback {
  private constructor(
    private readonly server: Server,
    public readonly port: number,
  ) {}

  /** @param tls certificate, for a server that speaks TLS */
  public static async start(answer: RequestListener, tls?: { cert: string; key: string }): Promise<Loopback> {
    const server = tls ? createTlsServer(tls, answer) : createServer(answer);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return new Loopback(server, (server.address() as AddressInfo).port);
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = await Loopback.start(() => undefined);
  await server.stop();
  return server.port;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Certificate that was shown: its serial number. */
  readonly serial?: string;
}

/** One request on a connection of its own. */
export function send(options: RequestOptions & { readonly body?: string | Buffer }): Promise<Answer> {
  const { body, ...rest } = options;
  return new Promise((done, failed) => {
    const sent = (rest.ca ? tlsRequest : request)(
      { host: '127.0.0.1', agent: false, timeout: 20_000, ...rest },
      (response) => {
        const chunks: Buffer[] = [];
        const socket = response.socket as unknown as { getPeerCertificate?: () => { serialNumber: string } };
        const serial = socket.getPeerCertificate?.().serialNumber;
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), serial }),
        );
        response.on('error', failed);
      },
    );
    sent.on('error', failed);
    sent.end(body);
  });
}
