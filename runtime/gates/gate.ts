import type { GateAnswer, GateReading, GateRequest, PredictionReading } from '../../lib/contracts/gates';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { callerHeaders } from '../shared/federation/caller';
import { fetchAccessToken } from '../shared/federation/google-token';
import { TokenCache } from '../shared/federation/token-cache';
import type { Clock, Send } from '../shared/http/retry';
import type { Run } from '../shared/input/execution';
import type { Log } from '../shared/log/log';
import { serve } from '../shared/serve';
import { readMetric } from './metric';
import { readPrediction } from './prediction';
import { parseRequest } from './request';

export interface GateSetUp {
  readonly reading: GateReading;
  readonly home: LambdaEnvironment;
  /** Of CloudWatch. */
  readonly monitoringEndpoint: string;
  readonly clock: Clock;
  readonly log: Log;
}

export type ReadGate = (event: unknown) => Promise<GateAnswer>;

/** All of a call, its retries included. */
const LONGEST_CALL = 45_000;

/** Reads what a gate decides by. */
export function gateOf({ reading, home, monitoringEndpoint, clock, log }: GateSetUp): ReadGate {
  const tokens = new TokenCache(clock.now);

  return serve({
    family: 'Gate',
    clock,
    log,
    facts: { gate: reading.name, kind: reading.kind },
    milliseconds: LONGEST_CALL,
    parse: (event) => parseRequest(event, reading),
    factsOf: ({ step }) => ({ step }),
    act: read,
    outcomeOf: (answer) => ({ ...answer }),
    describe: (_, execution) =>
      `Gate ${reading.name}${execution === undefined ? '' : `, execution ${execution}`}.`,
  });

  async function read(request: GateRequest, run: Run, send: Send): Promise<GateAnswer> {
    const now = clock.now();
    return reading.kind === 'metric'
      ? readMetric(reading, { home, send, endpoint: monitoringEndpoint, now })
      : predict(reading, request, run.id, send, now);
  }

  async function predict(
    prediction: PredictionReading,
    request: GateRequest,
    runId: string,
    send: Send,
    now: number,
  ): Promise<GateAnswer> {
    const { name, reason, roleArn, credentials } = prediction;
    const headers = callerHeaders({ family: 'gates', runId, subject: `gate=${name}`, reason });
    const token = await tokens.get(runId, () =>
      fetchAccessToken(send, home, { roleArn, credentials, runId, headers }),
    );
    return readPrediction(prediction, request, { send, token, headers, now });
  }
}
