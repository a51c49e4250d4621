import type { JobRequest, JobTargetSettings, CancelResult, JobStatus } from '../../lib/contracts/jobs';
import { ApiServer } from './api-server';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { cancel } from './cancel';
import type { Run } from '../shared/input/execution';
import { callerHeaders } from '../shared/federation/caller';
import { authorizedSend } from '../shared/federation/authorized-send';
import { fetchAccessToken } from '../shared/federation/google-token';
import { deliverToken } from './deliver-token';
import { JobsApi } from './jobs-api';
import { factsOf, outcomeOf } from './log';
import type { Log } from '../shared/log/log';
import { poll } from './poll';
import { parseRequest } from './request';
import type { Clock, Send } from '../shared/http/retry';
import { serve } from '../shared/serve';
import { subjectOf, describeSubject } from './subject';
import { SecretsApi } from './secrets-api';
import { submit } from './submit';
import { TokenCache } from '../shared/federation/token-cache';

export interface JobHandlerOptions {
  readonly target: JobTargetSettings;
  readonly home: LambdaEnvironment;
  readonly clock: Clock;
  readonly log: Log;
}

export type JobHandler = (event: unknown) => Promise<JobStatus | CancelResult>;

/** Longest call in milliseconds, retries included. */
const LONGEST_CALL = 45_000;

/** Milliseconds after which a clean-up call starts no further deletion, so that running ones can end. */
const CLEANUP_TIME = 30_000;

/** The handler for one target. It caches the tokens of runs. */
export function jobHandler({ target, home, clock, log }: JobHandlerOptions): JobHandler {
  const tokens = new TokenCache(clock.now);
  return serve({
    family: 'GKE',
    clock,
    log,
    facts: { target: target.name },
    milliseconds: LONGEST_CALL,
    parse: parseRequest,
    factsOf,
    act,
    outcomeOf,
    describe: (request, execution) =>
      describeSubject(request === undefined ? { execution } : subjectOf(request), target),
  });

  function act(request: JobRequest, run: Run, send: Send): Promise<JobStatus | CancelResult> {
    const { name, reason } = target;
    const headers = callerHeaders({ family: 'jobs', runId: run.id, subject: `target=${name}`, reason });
    const caller = { ...target, runId: run.id, headers };
    const credentials = tokens.credentials(run.id, () => fetchAccessToken(send, home, caller));
    const server = new ApiServer(target, authorizedSend(send, headers, credentials));
    const jobs = new JobsApi(server, target.namespace);
    switch (request.action) {
      case 'submit':
        return submit(request, run, target, jobs);
      case 'handOver':
        return deliverToken(request, run, target, jobs, new SecretsApi(server, target.namespace));
      case 'poll':
        return poll(request, target, jobs, clock.now());
      case 'cancel':
        return cancel(request, run, target, jobs, { now: clock.now, until: clock.now() + CLEANUP_TIME });
    }
  }
}
