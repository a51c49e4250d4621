import type {
  TrainingRequest,
  TrainingsCancelled,
  TrainingStatus,
  TrainingTarget,
} from '../../lib/contracts/training';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { callerHeaders } from '../shared/federation/caller';
import { fetchAccessToken } from '../shared/federation/google-token';
import { TokenCache } from '../shared/federation/token-cache';
import { reportedError } from '../shared/http/reported-error';
import { httpClient, type Clock, type Send } from '../shared/http/retry';
import { executionIn, runOf, type Run } from '../shared/input/execution';
import { CallLog } from '../shared/log/call-log';
import type { Facts, Log } from '../shared/log/log';
import { cancel } from './cancel';
import { JobsApi } from './jobs-api';
import { consoleOf, poll } from './poll';
import { parseRequest } from './request';
import { submit } from './submit';
import { VertexApi } from './vertex-api';

export interface TrainingSetUp {
  readonly target: TrainingTarget;
  readonly home: LambdaEnvironment;
  readonly clock: Clock;
  readonly log: Log;
}

export type Train = (event: unknown) => Promise<TrainingStatus | TrainingsCancelled>;

/** All of a call, its retries included. */
const LONGEST_CALL = 45_000;

/** Jobs of one target. It keeps the tokens of the runs that it has served. */
export function trainingOn({ target, home, clock, log }: TrainingSetUp): Train {
  const tokens = new TokenCache(clock.now);

  return async (event) => {
    const start = clock.now();
    const execution = executionIn(event);
    const entry = new CallLog(log, clock, { target: target.name, execution });
    let request: TrainingRequest | undefined;
    try {
      request = parseRequest(event);
      const run = runOf(request.execution);
      entry.about(factsOf(request, run));
      const answer = await act(request, run, httpClient(clock, start + LONGEST_CALL, entry.retry));
      entry.answered('cancelled' in answer ? { ...answer } : { job: answer.job, phase: answer.phase });
      return answer;
    } catch (error) {
      const reported = reportedError(error, 'Vertex', describeSubject(request, execution, target));
      entry.failed(reported);
      throw reported;
    }
  };

  async function act(
    request: TrainingRequest,
    run: Run,
    send: Send,
  ): Promise<TrainingStatus | TrainingsCancelled> {
    const { name, reason, roleArn, credentials } = target;
    const headers = callerHeaders({ family: 'training', runId: run.id, subject: `target=${name}`, reason });
    const api = new VertexApi(target.endpoint, send, headers, {
      token: () =>
        tokens.get(run.id, () =>
          fetchAccessToken(send, home, { roleArn, credentials, runId: run.id, headers }),
        ),
      drop: () => tokens.drop(run.id),
    });
    const jobs = new JobsApi(api, target);
    switch (request.action) {
      case 'submit':
        return submit(request, run, jobs);
      case 'poll':
        return poll(request, run, target, jobs, clock.now());
      case 'cancel':
        return cancel(run, jobs);
    }
  }
}

function factsOf(request: TrainingRequest, run: Run): Facts {
  const { action } = request;
  const facts = { action, run: run.id };
  return request.action === 'cancel' ? facts : { ...facts, step: request.step, attempt: request.attempt };
}

function describeSubject(
  request: TrainingRequest | undefined,
  execution: string | undefined,
  target: TrainingTarget,
): string {
  const from = execution === undefined ? '' : `, execution ${execution}`;
  const place = `${target.project} in ${target.location}${from}.`;
  if (request?.action !== 'poll') return `Target ${target.name} of ${place}`;
  const { job } = request.status;
  return `Job ${job}${from}. Console: ${consoleOf({ name: job }, target)}`;
}
