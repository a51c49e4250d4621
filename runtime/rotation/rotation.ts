import type { AwsRotation, GoogleRotation, RestartTarget, Rotation } from '../../lib/contracts/rotation';
import { endpointOf } from '../shared/federation/lambda-environment';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { authorizedSend } from '../shared/federation/authorized-send';
import { TokenCache } from '../shared/federation/token-cache';
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

/** Milliseconds that remain for the report of the last error. */
const FOR_THE_END = 2_000;

/** One call: its id, its event, and what it works with until its time is over. */
interface RotationContext {
  readonly runId: string;
  readonly event: unknown;
  readonly send: Send;
  readonly log: RotationLog;
  readonly hooks: RotationHooks;
  readonly consumers: Consumers | undefined;
}

/** The rotation of one secret. */
export function rotationOf({ rotation, home, endpoints, clock, log }: RotationSetUp): Rotate {
  return async (event, call) => {
    const entry = runLog(log, rotation, call.awsRequestId);
    try {
      const context = contextOf(event, call, entry);
      if (rotation.store === 'aws-secrets-manager') return await onAws(rotation, context);
      const outcome = await onGoogle(rotation, context);
      entry.ended({ ...outcome });
      return outcome;
    } catch (error) {
      const reported = reportedError(error, 'Rotation', `Secret ${rotation.name}.`);
      entry.failed(reported);
      throw reported;
    }
  };

  function contextOf(event: unknown, call: Call, entry: RotationLog): RotationContext {
    const runId = call.awsRequestId;
    const deadline = clock.now() + call.getRemainingTimeInMillis() - FOR_THE_END;
    const send = httpClient(clock, deadline, entry.retry);
    const executions = new Executions(send, clock, home, endpoints.stepFunctions);
    const { restart } = rotation;
    return {
      runId,
      event,
      send,
      log: entry,
      hooks: new RotationHooks(rotation, home, endpoints.lambda, executions, entry),
      consumers: restart && new Consumers(restart, asRole(send, runId, restart), entry),
    };
  }

  /** Requests to Google and GKE by the Google service account of a role. */
  function asRole(send: Send, runId: string, role: Pick<RestartTarget, 'roleArn' | 'credentials'>): Send {
    const { name, reason } = rotation;
    const headers = {
      ...callerHeaders({ family: 'rotation', runId, subject: `secret=${name}`, reason }),
      accept: 'application/json',
    };
    const fetch = () => fetchAccessToken(send, home, { ...role, runId, headers });
    return authorizedSend(send, headers, new TokenCache(clock.now).credentials(runId, fetch));
  }

  async function onAws(aws: AwsRotation, context: RotationContext): Promise<void> {
    const { send, hooks, consumers } = context;
    const step = parseAwsStep(context.event);
    const endpoint = endpoints.secretsManager ?? endpointOf('secretsmanager', home.region);
    const secrets = new SecretsManager(send, home, endpoint, step.secret);
    await new AwsRotator(aws, secrets, hooks, consumers, context.log, clock.now).run(step);
    context.log.ended({ step: step.step, version: step.version });
  }

  async function onGoogle(google: GoogleRotation, context: RotationContext): Promise<GoogleOutcome> {
    const { runId, send, hooks, consumers } = context;
    const now = parseGoogleEvent(context.event);
    const secrets = new SecretManager(asRole(send, runId, google), google.endpoint, google.secret);
    return new GoogleRotator(google, secrets, hooks, consumers, context.log, clock.now).run({
      id: runId,
      now,
    });
  }
}
