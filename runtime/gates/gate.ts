import type { GateAnswer, GateReading, GateRequest, PredictionReading } from '../../lib/contracts/gates';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { callerHeaders } from '../shared/federation/caller';
import { fetchAccessToken } from '../shared/federation/google-token';
import { TokenCache } from '../shared/federation/token-cache';
import { reportedError } from '../shared/http/reported-error';
import { httpClient, type Clock, type Send } from '../shared/http/retry';
import { executionIn, runOf } from '../shared/input/execution';
import { CallLog } from '../shared/log/call-log';
import type { Log } from '../shared/log/log';
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

  return async (event) => {
    const start = clock.now();
    const execution = executionIn(event);
    const entry = new CallLog(log, clock, { gate: reading.name, kind: reading.kind, execution });
    try {
      const request = parseRequest(event, reading);
      const { id: run } = runOf(request.execution);
      entry.about({ run, step: request.step });
      const answer = await read(request, run, httpClient(clock, start + LONGEST_CALL, entry.retry));
      entry.answered({ ...answer });
      return answer;
    } catch (error) {
      const from = execution === undefined ? '' : `, execution ${execution}`;
      const reported = reportedError(error, 'Gate', `Gate ${reading.name}${from}.`);
      entry.failed(reported);
      throw reported;
    }
  };

  async function read(request: GateRequest, run: string, send: Send): Promise<GateAnswer> {
    const now = clock.now();
    return reading.kind === 'metric'
      ? readMetric(reading, { home, send, endpoint: monitoringEndpoint, now })
      : predict(reading, request, run, send, now);
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
