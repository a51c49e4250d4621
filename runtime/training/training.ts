import type {
  TrainingRequest,
  TrainingsCancelled,
  TrainingStatus,
  TrainingTarget,
} from '../../lib/contracts/training';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { authorizedSend } from '../shared/federation/authorized-send';
import { callerHeaders } from '../shared/federation/caller';
import { fetchAccessToken } from '../shared/federation/google-token';
import { TokenCache } from '../shared/federation/token-cache';
import type { Clock, Send } from '../shared/http/retry';
import type { Run } from '../shared/input/execution';
import type { Facts, Log } from '../shared/log/log';
import { serve } from '../shared/serve';
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

  return serve({
    family: 'Vertex',
    clock,
    log,
    facts: { target: target.name },
    milliseconds: LONGEST_CALL,
    parse: parseRequest,
    factsOf,
    act,
    outcomeOf: (answer) => ('cancelled' in answer ? { ...answer } : { job: answer.job, phase: answer.phase }),
    describe: (request, execution) => describeSubject(request, execution, target),
  });

  async function act(
    request: TrainingRequest,
    run: Run,
    send: Send,
  ): Promise<TrainingStatus | TrainingsCancelled> {
    const { name, reason } = target;
    const headers = callerHeaders({ family: 'training', runId: run.id, subject: `target=${name}`, reason });
    const caller = { ...target, runId: run.id, headers };
    const credentials = tokens.credentials(run.id, () => fetchAccessToken(send, home, caller));
    const api = new VertexApi(target.endpoint, authorizedSend(send, headers, credentials));
    const jobs = new JobsApi(api, target);
    switch (request.action) {
      case 'submit':
        return submit(request, run, jobs);
      case 'poll':
        return poll(request, run, target, jobs, clock.now());
      case 'cancel':
        return cancel(request, run, jobs);
    }
  }
}

function factsOf(request: TrainingRequest): Facts {
  const { action } = request;
  return request.action === 'cancel' ? { action } : { action, step: request.step, attempt: request.attempt };
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
