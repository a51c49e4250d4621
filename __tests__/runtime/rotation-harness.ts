import { randomUUID } from 'node:crypto';
import type { GoogleRotation } from '../../lib/contracts/rotation';
import type { GoogleOutcome } from '../../runtime/rotation/google-rotation';
import { rotationOf } from '../../runtime/rotation/rotation';
import { CALLER, type Line } from './harness';
import { OwnerServer } from './owner-server';
import { SecretManagerServer } from './secret-manager-server';
import { ApiStandIn } from './api-stand-in';
import { MARKER, TokenServers } from './token-servers';

export const SECRET = 'projects/my-project/secrets/database';
const ROLE = 'arn:aws:iam::123456789012:role/database-rotation-google';
const RESTART_ROLE = 'arn:aws:iam::123456789012:role/database-rotation-restart';
const RESTARTER = 'database-restart@my-project.iam.gserviceaccount.com';
const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function';
export const DAY = 86_400_000;

/** A rotation in Google Cloud between stand-ins of all that it asks. */
export class RotationHarness {
  /** Milliseconds that all clocks are ahead. */
  public ahead = 0;
  public readonly lines: Line[] = [];
  public readonly tokens = new TokenServers({
    caller: CALLER,
    roles: [ROLE, RESTART_ROLE],
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws/providers/aws',
    accepts: (arn) =>
      /^arn:aws:sts::123456789012:assumed-role\/database-rotation-(google|restart)\//.test(arn),
    impersonates: { [RESTART_ROLE]: [RESTARTER] },
    tokens: { [RESTARTER]: [`ya29.c.${MARKER}-restarter`] },
  });
  public readonly secrets = new SecretManagerServer({
    secret: SECRET,
    identityOf: (token) => this.tokens.sessionOf(token),
    now: () => Date.now() + this.ahead,
  });
  /** The cluster of the consumers. */
  public readonly api = new ApiStandIn();
  public readonly owner = new OwnerServer((version) => this.secrets.access(version));

  async start(): Promise<void> {
    await Promise.all([this.tokens.start(), this.secrets.start(), this.owner.start(), this.api.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.tokens.stop(), this.secrets.stop(), this.owner.stop(), this.api.stop()]);
  }

  rotation(overrides: Partial<GoogleRotation> = {}): GoogleRotation {
    const credentials = {
      ...this.tokens.credentialsFor('nobody'),
      service_account_impersonation_url: undefined,
    };
    return {
      store: 'google-secret-manager',
      name: 'database',
      secret: SECRET,
      endpoint: this.secrets.url,
      value: { length: 32, alphabet: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~' },
      setSecret: { functionArn: `${FUNCTION}:set-password:live`, timeoutSeconds: 1 },
      testSecret: { functionArn: `${FUNCTION}:test-password:live`, timeoutSeconds: 1 },
      roleArn: ROLE,
      credentials,
      rotationSeconds: 30 * 86_400,
      retryWindowSeconds: 1_800,
      previousVersionGraceSeconds: 3_600,
      reason: 'signs in to the database',
      ...overrides,
    };
  }

  /** Consumers that are restarted, as a part of the settings. */
  restart(): NonNullable<GoogleRotation['restart']> {
    const { host, certificateAuthority } = this.api;
    return {
      host,
      certificateAuthority,
      namespace: 'books',
      deployments: ['books', 'shelf'],
      roleArn: RESTART_ROLE,
      credentials: this.tokens.credentialsFor(RESTARTER),
    };
  }

  /** One call of the function, which has its own id. */
  run(
    action: 'check' | 'rotate' = 'check',
    overrides: Partial<GoogleRotation> = {},
    id: string = randomUUID(),
  ): Promise<GoogleOutcome | void> {
    const note = (level: Line['level']) => (message: string, facts: object) =>
      void this.lines.push({ level, message, ...facts });
    const rotate = rotationOf({
      rotation: this.rotation(overrides),
      home: {
        region: 'eu-west-1',
        stsEndpoint: this.tokens.stsEndpoint,
        credentials: { ...CALLER, token: CALLER.sessionToken },
      },
      endpoints: { lambda: this.owner.url, stepFunctions: this.owner.url },
      clock: {
        now: () => Date.now() + this.ahead,
        sleep: (milliseconds) => {
          this.ahead += milliseconds;
          return Promise.resolve();
        },
        random: () => 0.5,
      },
      log: { info: note('info'), warn: note('warn') },
    });
    return rotate({ action }, { awsRequestId: id, getRemainingTimeInMillis: () => 600_000 });
  }

  /** What the function has in its environment. */
  environment(overrides: Partial<GoogleRotation> = {}): NodeJS.ProcessEnv {
    return {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: CALLER.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CALLER.secretAccessKey,
      AWS_SESSION_TOKEN: CALLER.sessionToken,
      AWS_ENDPOINT_URL_STS: this.tokens.stsEndpoint,
      AWS_ENDPOINT_URL_LAMBDA: this.owner.url,
      ROTATION: JSON.stringify(this.rotation(overrides)),
    };
  }

  /** A secret that has had its first value for longer than it should. */
  async dueAgain(): Promise<void> {
    await this.run();
    this.ahead += 31 * DAY;
  }

  /** What a consumer has. */
  get current(): string | undefined {
    return this.secrets.access('current');
  }
}
