import type { JobRequest, JobTargetSettings, CancelResult, JobStatus } from '../../lib/contracts/jobs';
import { ApiServer } from './api-server';
import type { LambdaEnvironment } from '../shared/federation/aws-session';
import { cancel } from './cancel';
import { executionIn, runOf, type Run } from '../shared/input/execution';
import { callerHeaders } from '../shared/federation/caller';
import { fetchAccessToken } from '../shared/federation/google-token';
import { deliverToken } from './deliver-token';
import { JobsApi } from './jobs-api';
import { factsOf, outcomeOf } from './log';
import { CallLog } from '../shared/log/call-log';
import type { Log } from '../shared/log/log';
import { poll } from './poll';
import { reportedError } from '../shared/http/reported-error';
import { parseRequest } from './request';
import { httpClient, type Clock, type Send } from '../shared/http/retry';
import { subjectOf, describeSubject, type Subject } from './subject';
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

  return async (event) => {
    const start = clock.now();
    const entry = new CallLog(log, clock, { target: target.name });
    let subject: Subject = { execution: executionIn(event) };
    try {
      const request = parseRequest(event);
      const run = runOf(request.execution);
      subject = subjectOf(request);
      entry.about(factsOf(request, run, subject));
      const answer = await act(request, run, httpClient(clock, start + LONGEST_CALL, entry.retry), start);
      entry.answered(outcomeOf(answer));
      return answer;
    } catch (error) {
      const reported = reportedError(error, 'GKE', describeSubject(subject, target));
      entry.failed(reported);
      throw reported;
    }
  };

  function act(request: JobRequest, run: Run, send: Send, start: number): Promise<JobStatus | CancelResult> {
    const { name, reason } = target;
    const headers = callerHeaders({ family: 'jobs', runId: run.id, subject: `target=${name}`, reason });
    const caller = { ...target, runId: run.id, headers };
    const server = new ApiServer(target, send, headers, {
      token: () => tokens.get(run.id, () => fetchAccessToken(send, home, caller)),
      drop: () => tokens.drop(run.id),
    });
    const jobs = new JobsApi(server, target.namespace);
    switch (request.action) {
      case 'submit':
        return submit(request, run, target, jobs);
      case 'handOver':
        return deliverToken(request, run, target, jobs, new SecretsApi(server, target.namespace));
      case 'poll':
        return poll(request, target, jobs, clock.now());
      case 'cancel':
        return cancel(request, run, target, jobs, { now: clock.now, until: start + CLEANUP_TIME });
    }
  }
}
