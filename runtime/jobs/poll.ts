import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import type { JobTargetSettings, JobStatus, PollRequest } from '../../lib/contracts/jobs';
import { failureOf } from './failed-job';
import { Failure } from '../shared/http/failure';
import { nextWait } from '../shared/input/step';
import type { JobsApi } from './jobs-api';
import { holding, type Job } from './kubernetes';
import { phaseOf } from './phase';
import { resultOf } from './result';
import { stuck } from './stuck-pod';

/** Looks at a Job: done, not yet, or failed with a name. */
export async function poll(
  request: PollRequest,
  target: JobTargetSettings,
  jobs: JobsApi,
  now: number,
): Promise<JobStatus> {
  // Two looks are taken for one question in the state machine; by the second the Job may have been cleaned up.
  if (request.status.done) return request.status;
  const job = await sameJob(request.status, jobs);
  const { name, uid } = job.metadata;
  const failed = holding(job.status?.conditions, 'Failed');
  if (failed !== undefined) {
    const pods = await jobs.pods(name, 'status.phase!=Succeeded');
    throw failureOf(failed, pods, request.exitCodes);
  }
  const phase = phaseOf(job);
  if (phase === 'Complete') {
    const pods = await jobs.pods(name, 'status.phase=Succeeded');
    return {
      done: true,
      job: name,
      uid,
      waitSeconds: 0,
      phase,
      result: resultOf(job, pods, request, target),
    };
  }
  if (mayBeStuck(job)) await failIfStuck(request, job, jobs, now);
  await failIfLate(request, job, jobs, now);
  return {
    done: false,
    job: name,
    uid,
    waitSeconds: nextWait(request.schedule, request.status.waitSeconds),
    phase,
  };
}

async function sameJob({ job: name, uid }: JobStatus, jobs: JobsApi): Promise<Job> {
  const job = await jobs.find(name);
  if (job?.metadata.uid === uid) return job;
  throw new Failure(
    GKE_ERRORS.JOB_NOT_FOUND,
    job === undefined
      ? 'The Job is gone before its end was seen.'
      : 'The Job is gone before its end was seen, and another has its name.',
  );
}

/** Not all of its pods run, and it is neither in a queue nor about to end. */
function mayBeStuck({ spec, status }: Job): boolean {
  if (spec?.suspend || holding(status?.conditions, 'FailureTarget')) return false;
  return (status?.active ?? 0) > (status?.ready ?? 0);
}

/** The Job would wait for ever, and hold its place. */
async function failIfStuck(
  { pendingSeconds }: PollRequest,
  job: Job,
  jobs: JobsApi,
  now: number,
): Promise<void> {
  const { name, uid } = job.metadata;
  const pods = await jobs.pods(name, 'status.phase!=Succeeded,status.phase!=Failed');
  const failure = pods.map((pod) => stuck(pod, pendingSeconds, now)).find((found) => found !== undefined);
  if (failure === undefined) return;
  await jobs.delete(name, uid);
  throw failure;
}

/** Its own deadline does not run while a Job waits in a queue. */
async function failIfLate(
  { timeoutSeconds }: PollRequest,
  job: Job,
  jobs: JobsApi,
  now: number,
): Promise<void> {
  const { name, uid, creationTimestamp = '' } = job.metadata;
  const isLate = now - Date.parse(creationTimestamp) >= timeoutSeconds * 1000;
  if (!isLate) return;
  await jobs.delete(name, uid);
  throw new Failure(
    GKE_ERRORS.DEADLINE_EXCEEDED,
    `The step was given up after ${timeoutSeconds} seconds, when the Job was ${phaseOf(job).toLowerCase()}. The Job was deleted.`,
  );
}
