import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Service } from '../../../runtime/token-servers';
import { interfered, type Interference } from './interference';

/** A fault of a token service. */
export interface TokenFault {
  readonly service: Service;
  readonly fault: Interference;
  readonly times: number;
}

/** The token services of one sandbox. One of them meets a fault. */
export class TokenGateway {
  private left: number;
  private readonly server: Server = createServer((request, response) => {
    const [, service] = request.url!.split('/');
    const isFaulty = service === this.faulty.service && this.left > 0;
    if (isFaulty) this.left -= 1;
    void interfered(request, response, isFaulty ? this.faulty.fault : {}, (answered) => {
      const { method, headers } = request;
      const onward = forward(`${this.upstream}${request.url}`, { method, headers, agent: false });
      onward.on('response', (answer) => void answered(answer));
      onward.on('error', () => request.socket.destroy());
      request.pipe(onward);
    });
  });

  /** @param upstream URL of the token services */
  constructor(
    private readonly upstream: string,
    private readonly faulty: TokenFault,
  ) {
    this.left = faulty.times;
  }

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Whether the sandbox met the fault. */
  public get isMet(): boolean {
    return this.left < this.faulty.times;
  }
}
