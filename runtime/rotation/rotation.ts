import type { AwsRotation, GoogleRotation, RestartTarget, Rotation } from '../../lib/contracts/rotation';
import { endpointOf } from '../shared/federation/lambda-environment';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { callerHeaders } from '../shared/federation/caller';
import { fetchAccessToken } from '../shared/federation/google-token';
import { reportedError } from '../shared/http/reported-error';
import { httpClient, type Clock, type Send } from '../shared/http/retry';
import { AwsRotator } from './aws-rotation';
import { Consumers } from './consumers';
import { Executions } from './execution';
import { GoogleRotator, type GoogleOutcome } from './google-rotation';
import type { Log } from '../shared/log/log';
import { runLog, type RotationLog } from './log';
import { RotationHooks } from './hooks';
import { parseAwsStep, parseGoogleEvent } from './request';
import { SecretManager } from './secret-manager';
import { SecretsManager } from './secrets-manager';

export interface RotationSetUp {
  readonly rotation: Rotation;
  readonly home: LambdaEnvironment;
  /** Addresses in place of those of AWS. */
  readonly endpoints: {
    readonly secretsManager?: string;
    readonly lambda?: string;
    readonly stepFunctions?: string;
  };
  readonly clock: Clock;
  readonly log: Log;
}

/** A call as AWS Lambda makes it. */
export interface Call {
  readonly awsRequestId: string;
  readonly getRemainingTimeInMillis: () => number;
}

export type Rotate = (event: unknown, call: Call) => Promise<GoogleOutcome | void>;

/** Kept back, so that the last error is told. */
const FOR_THE_END = 2_000;

/** The rotation of one secret. */
export function rotationOf({ rotation, home, endpoints, clock, log }: RotationSetUp): Rotate {
  return async (event, call) => {
    const runId = call.awsRequestId;
    const lines = runLog(log, rotation, runId);
    try {
      const send = httpClient(
        clock,
        clock.now() + call.getRemainingTimeInMillis() - FOR_THE_END,
        lines.retry,
      );
      const executions = new Executions(send, clock, home, endpoints.stepFunctions);
      const owner = new RotationHooks(rotation, home, endpoints.lambda, executions, lines);
      const consumers = consumersOf(send, runId, lines);
      if (rotation.store === 'aws-secrets-manager')
        return await onAws(rotation, event, send, owner, consumers, lines);
      const outcome = await onGoogle(rotation, event, runId, send, owner, consumers, lines);
      lines.ended({ ...outcome });
      return outcome;
    } catch (error) {
      const reported = reportedError(error, 'Rotation', `Secret ${rotation.name}.`);
      lines.failed(reported);
      throw reported;
    }
  };

  function consumersOf(send: Send, runId: string, lines: RotationLog): Consumers | undefined {
    const { restart } = rotation;
    return restart && new Consumers(restart, send, asRole(send, runId, restart), lines);
  }

  /** Headers of requests to Google: who asks, for which run, and a token that is made with the first of them. */
  function asRole(send: Send, runId: string, role: Pick<RestartTarget, 'roleArn' | 'credentials'>) {
    const { name, reason } = rotation;
    const headers = callerHeaders({ family: 'rotation', runId, subject: `secret=${name}`, reason });
    let token: Promise<{ readonly value: string }> | undefined;
    return async () => {
      token ??= fetchAccessToken(send, home, { ...role, runId, headers });
      return { ...headers, authorization: `Bearer ${(await token).value}`, accept: 'application/json' };
    };
  }

  async function onAws(
    aws: AwsRotation,
    event: unknown,
    send: Send,
    owner: RotationHooks,
    consumers: Consumers | undefined,
    lines: RotationLog,
  ): Promise<void> {
    const step = parseAwsStep(event);
    const endpoint = endpoints.secretsManager ?? endpointOf('secretsmanager', home.region);
    const secrets = new SecretsManager(send, home, endpoint, step.secret);
    await new AwsRotator(aws, secrets, owner, consumers, lines, clock.now).run(step);
    lines.ended({ step: step.step, version: step.version });
  }

  async function onGoogle(
    google: GoogleRotation,
    event: unknown,
    runId: string,
    send: Send,
    owner: RotationHooks,
    consumers: Consumers | undefined,
    lines: RotationLog,
  ): Promise<GoogleOutcome> {
    const now = parseGoogleEvent(event);
    const { endpoint, secret } = google;
    const secrets = new SecretManager(send, endpoint, secret, asRole(send, runId, google));
    return new GoogleRotator(google, secrets, owner, consumers, lines, clock.now).run({ id: runId, now });
  }
}
