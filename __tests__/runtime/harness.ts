import type { JobTargetSettings, PollRequest, SubmitRequest } from '../../lib/contracts/jobs';
import { jobHandler, type JobHandler } from '../../runtime/jobs/job-handler';
import { ApiStandIn } from './api-stand-in';
import { MARKER, TokenServers } from './token-servers';
import type { AwsKeys } from './token-servers-options';

export const EMAIL = 'bridge@my-project.iam.gserviceaccount.com';
export const ROLE = 'arn:aws:iam::123456789012:role/gke-bridge';
export const RUN = '0f8fad5b-d9cb-469f-a165-70867728950e';
export const EXECUTION = `arn:aws:states:eu-west-1:123456789012:execution:Nightly:${RUN}`;
export const TOKENS = [`ya29.c.${MARKER}-first`, `ya29.c.${MARKER}-second`];

export const CALLER: AwsKeys = {
  accessKeyId: 'ASIACALLERCALLER0001',
  secretAccessKey: `${MARKER}-secret-of-the-caller`,
  sessionToken: `IQoJb3JpZ2luX2Vj${MARKER}caller`,
};

export interface Line {
  readonly level: 'info' | 'warn';
  readonly message: string;
  readonly [fact: string]: unknown;
}

/** A bridge between stand-ins of both sides. */
export class Harness {
  public readonly api = new ApiStandIn();
  public readonly tokens = new TokenServers({
    caller: CALLER,
    roles: [ROLE],
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws/providers/bridge',
    accepts: (arn) => this.accepts(arn),
    impersonates: { [ROLE]: [EMAIL] },
    tokens: { [EMAIL]: TOKENS },
  });
  public readonly lines: Line[] = [];
  public readonly sleeps: number[] = [];
  /** Milliseconds that the clock of the bridge is ahead. */
  public ahead = 0;
  public accepts: (assumedRoleArn: string) => boolean = (arn) =>
    arn.startsWith('arn:aws:sts::123456789012:assumed-role/gke-bridge/');

  async start(): Promise<void> {
    await Promise.all([this.api.start(), this.tokens.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.api.stop(), this.tokens.stop()]);
  }

  target(overrides: Partial<JobTargetSettings> = {}): JobTargetSettings {
    const { host, certificateAuthority } = this.api;
    return {
      name: 'training',
      cluster: {
        id: 'projects/my-project/locations/europe-west1/clusters/main',
        host,
        certificateAuthority,
      },
      namespace: 'jobs',
      roleArn: ROLE,
      credentials: this.tokens.credentialsFor(EMAIL),
      reason: 'Nightly training',
      ...overrides,
    };
  }

  bridge(overrides: Partial<JobTargetSettings> = {}): JobHandler {
    const note = (level: Line['level']) => (message: string, facts: object) =>
      void this.lines.push({ level, message, ...facts });
    return jobHandler({
      target: this.target(overrides),
      home: {
        region: 'eu-west-1',
        stsEndpoint: this.tokens.stsEndpoint,
        credentials: { ...CALLER, token: CALLER.sessionToken },
      },
      clock: {
        now: () => Date.now() + this.ahead,
        sleep: (milliseconds) => {
          this.sleeps.push(milliseconds);
          this.ahead += milliseconds;
          return Promise.resolve();
        },
        random: () => 0.5,
      },
      log: { info: note('info'), warn: note('warn') },
    });
  }
}

const step = {
  execution: EXECUTION,
  step: 'Train',
  attempt: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  schedule: { initialSeconds: 10, factor: 1.5, maxSeconds: 300 },
  exitCodes: { 3: 'NoNewData' },
  pendingSeconds: 600,
  timeoutSeconds: 4_800,
};

export function submitRequest(overrides: Partial<SubmitRequest> = {}): SubmitRequest {
  const spec = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'trainer' }] };
  return { ...step, action: 'submit', name: 'train', job: { spec: { template: { spec } } }, ...overrides };
}

export function pollRequest(overrides: Partial<PollRequest> = {}): PollRequest {
  const status = { done: false, job: 'train-1', uid: 'u1', waitSeconds: 10, phase: 'Running' } as const;
  return { ...step, action: 'poll', status, ...overrides };
}

/** The error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing failed');
}
