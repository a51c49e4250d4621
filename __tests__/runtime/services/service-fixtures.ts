import type { ServiceTarget } from '../../../lib/contracts/services';
import { serviceAt } from '../../../runtime/services/service';
import { ApiStandIn, type Behaviour } from '../api-stand-in';
import { tokenServers } from '../first-calls';
import { CALLER, EXECUTION, ROLE, type Line } from '../harness';
import type { WebIdentityAsked } from '../token-servers-options';

export const request = (overrides: object = {}) => ({
  execution: EXECUTION,
  step: 'Score',
  key: 'order-1',
  method: 'POST',
  path: '/v1/score',
  query: {},
  headers: {},
  body: { order: 1 },
  statuses: {},
  timeoutSeconds: 5,
  ...overrides,
});

export const settings: ServiceTarget = {
  name: 'score',
  url: 'https://score.example.com',
  methods: ['GET', 'POST'],
  paths: ['/v1'],
  roleArn: ROLE,
  auth: {
    kind: 'aws',
    audience: 'https://score.example.com',
    signingAlgorithm: 'ES384',
    durationSeconds: 300,
    tags: { target: 'score', reason: 'scores orders' },
  },
  responseBytes: 200,
  reason: 'scores orders',
};

/** The function between a token service and the service that it calls. */
export class Called {
  public readonly api = new ApiStandIn();
  public readonly asked: WebIdentityAsked[] = [];
  public readonly tokens = tokenServers(this.asked);
  public readonly lines: Line[] = [];
  public ahead = 0;

  async start(): Promise<void> {
    await Promise.all([this.api.start(), this.tokens.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.api.stop(), this.tokens.stop()]);
  }

  service(overrides: Partial<ServiceTarget> = {}) {
    const note = (level: Line['level']) => (message: string, facts: object) =>
      void this.lines.push({ level, message, ...facts });
    const { certificateAuthority, host } = this.api;
    return serviceAt({
      target: { ...settings, url: `https://${host}`, certificateAuthority, ...overrides },
      home: {
        region: 'eu-west-1',
        stsEndpoint: this.tokens.stsEndpoint,
        credentials: { ...CALLER, token: CALLER.sessionToken },
      },
      clock: {
        now: () => Date.now() + this.ahead,
        sleep: (milliseconds) => Promise.resolve(void (this.ahead += milliseconds)),
        random: () => 0.5,
      },
      log: { info: note('info'), warn: note('warn') },
    });
  }

  answering(behaviour: ReturnType<Behaviour>): this {
    this.api.behaviour = () => behaviour;
    return this;
  }
}
