import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import type { JobTargetSettings, JobStatus, PollRequest } from '../../lib/contracts/jobs';
import { failureOf } from './failed-job';
import { Failure } from '../shared/http/failure';
import { nextWait } from '../shared/input/step';
import type { JobsApi } from './jobs-api';
import { holding, type Job } from './kubernetes';
import { phaseOf } from './phase';
import { resultOf } from './result';
import { stuckJob } from './stuck-job';

const LIVE_PODS = 'status.phase!=Succeeded,status.phase!=Failed';

/**
 * Reads the status of a Job. Throws a named error when the Job has failed. A stuck or late Job is deleted
 * first; the error follows once its pods have ended, so that another attempt never overlaps with it.
 */
export async function poll(
  request: PollRequest,
  target: JobTargetSettings,
  jobs: JobsApi,
  now: number,
): Promise<JobStatus> {
  const { status } = request;
  // The state machine polls twice per choice; the clean-up may have deleted the Job before the second poll.
  if (status.done) return status;
  const job = await jobs.find(status.job);
  if (job?.metadata.uid !== status.uid) return gone(request, job, jobs);
  if (holding(job.status?.conditions, 'Complete')) return complete(request, job, target, jobs);
  const isEnding = status.ending !== undefined || job.metadata.deletionTimestamp !== undefined;
  if (isEnding) return endingStatus(request);
  const failed = holding(job.status?.conditions, 'Failed');
  if (failed !== undefined) {
    if ((job.status?.terminating ?? 0) > 0) return endingStatus(request);
    const pods = await jobs.pods(status.uid, 'status.phase!=Succeeded');
    throw failureOf(failed, pods, request.exitCodes);
  }
  const failure = (await stuckJob(request, job, jobs, now)) ?? lateJob(request, job, now);
  return failure === undefined ? pendingStatus(request, phaseOf(job)) : giveUp(request, failure, jobs);
}

async function complete(
  request: PollRequest,
  job: Job,
  target: JobTargetSettings,
  jobs: JobsApi,
): Promise<JobStatus> {
  const { name, uid } = job.metadata;
  const pods = await jobs.pods(uid, 'status.phase=Succeeded');
  const result = resultOf(job, pods, request, target);
  return { done: true, job: name, uid, waitSeconds: 0, phase: 'Complete', result };
}

/** The Job object does not exist. A deletion in the background leaves pods for a while. */
async function gone(request: PollRequest, other: Job | undefined, jobs: JobsApi): Promise<JobStatus> {
  const { uid, ending } = request.status;
  const live = await jobs.pods(uid, LIVE_PODS);
  if (live.length > 0) return endingStatus(request);
  if (ending !== undefined) throw new Failure(ending.error, ending.cause, [ending.cause]);
  const replaced = other === undefined ? '' : ' Another Job has its name.';
  throw new Failure(
    GKE_ERRORS.JOB_NOT_FOUND,
    `The Job was deleted before the step detected its end.${replaced}`,
  );
}

/** The deadline of a Job does not run while the Job waits in a queue; the timeout of the step does. */
function lateJob({ timeoutSeconds }: PollRequest, job: Job, now: number): Failure | undefined {
  const isLate = now - Date.parse(job.metadata.creationTimestamp ?? '') >= timeoutSeconds * 1000;
  if (!isLate) return undefined;
  return new Failure(
    GKE_ERRORS.DEADLINE_EXCEEDED,
    `The Job did not end within timeoutSeconds (${timeoutSeconds}), its phase was ${phaseOf(job)}. The Job was deleted.`,
  );
}

async function giveUp(request: PollRequest, failure: Failure, jobs: JobsApi): Promise<JobStatus> {
  const { job, uid } = request.status;
  await jobs.delete(job, uid);
  const ending = { error: failure.name, cause: failure.message };
  return {
    ...pendingStatus(request, 'Ending'),
    ending,
    waitSeconds: Math.ceil(request.schedule.initialSeconds),
  };
}

function endingStatus(request: PollRequest): JobStatus {
  const { ending } = request.status;
  return { ...pendingStatus(request, 'Ending'), ...(ending && { ending }) };
}

function pendingStatus({ status, schedule }: PollRequest, phase: JobStatus['phase']): JobStatus {
  const { job, uid, waitSeconds } = status;
  return { done: false, job, uid, waitSeconds: nextWait(schedule, waitSeconds), phase };
}
