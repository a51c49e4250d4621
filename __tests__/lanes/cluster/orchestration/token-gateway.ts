import { createServer, request as forward, type Server } from 'node:http';
import type { Service } from '../../../runtime/token-servers';
import { interfered, type Interference } from './interference';
import { close, hostOf, listen } from '../../../loopback';

/** A fault of a token service. */
export interface TokenFault {
  readonly service: Service;
  readonly fault: Interference;
  readonly times: number;
  /** Requests to the service before the fault. */
  readonly skipped: number;
}

/** The token services of one sandbox. One of them meets a fault. */
export class TokenGateway {
  private left: number;
  private skipped: number;
  private readonly server: Server = createServer((request, response) => {
    const [, service] = request.url!.split('/');
    const isFaulty = service === this.faulty.service && this.isDue();
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
    this.skipped = faulty.skipped;
  }

  /** Counts a request to the service. Returns whether it meets the fault. */
  private isDue(): boolean {
    if (this.skipped > 0) {
      this.skipped -= 1;
      return false;
    }
    if (this.left === 0) return false;
    this.left -= 1;
    return true;
  }

  public async start(): Promise<void> {
    await listen(this.server);
  }

  public async stop(): Promise<void> {
    await close(this.server);
  }

  public get url(): string {
    return `http://${hostOf(this.server)}`;
  }

  /** Whether the sandbox met the fault. */
  public get isMet(): boolean {
    return this.left < this.faulty.times;
  }
}
