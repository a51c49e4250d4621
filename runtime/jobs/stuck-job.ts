import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import type { PollRequest } from '../../lib/contracts/jobs';
import { Failure } from '../shared/http/failure';
import { truncate } from '../shared/http/redact';
import type { JobsApi } from './jobs-api';
import { containersOf, holding, newestWarning, type Job, type Pod, type WarningEvent } from './kubernetes';
import { mountFailure, MOUNT_WARNINGS, stuckPod, waitsForVolumes } from './stuck-pod';

/** Error of a Job that cannot progress and is neither in a queue nor about to end. */
export async function stuckJob(
  { pendingSeconds }: PollRequest,
  job: Job,
  jobs: JobsApi,
  now: number,
): Promise<Failure | undefined> {
  const { status } = job;
  if (job.spec?.suspend || holding(status?.conditions, 'FailureTarget')) return undefined;
  if (hasNoPods(job)) return withoutPods(job, pendingSeconds, jobs, now);
  const isIndexed = job.spec?.completionMode === 'Indexed';
  // Further pods of an Indexed Job that progresses wait for the place of others.
  if (isIndexed && (status?.ready ?? 0) > 0) return undefined;
  if ((status?.active ?? 0) <= (status?.ready ?? 0)) return undefined;
  const failure = await stuckPodOf(job, pendingSeconds, jobs, now);
  if (failure === undefined || !isIndexed) return failure;
  return (await endedWithin(job, pendingSeconds, jobs, now)) ? undefined : failure;
}

function hasNoPods({ status }: Job): boolean {
  const { active = 0, succeeded = 0, failed = 0, terminating = 0 } = status ?? {};
  return active + succeeded + failed + terminating === 0;
}

async function withoutPods(
  { metadata, status }: Job,
  pendingSeconds: number,
  jobs: JobsApi,
  now: number,
): Promise<Failure | undefined> {
  // The start time of a Job is set anew when a queue resumes the Job.
  const start = Date.parse(status?.startTime ?? metadata.creationTimestamp ?? '');
  if (!(now - start >= pendingSeconds * 1000)) return undefined;
  const { message = '' } = newestWarning(await warningsOf(metadata.uid, jobs), ['FailedCreate']) ?? {};
  const text = truncate(message, 1000).replace(/\.$/, '');
  const cause = text === '' ? '' : `: ${text}`;
  const error = /exceeded quota/.test(cause) ? GKE_ERRORS.QUOTA_EXCEEDED : GKE_ERRORS.NO_PODS;
  return new Failure(
    error,
    `Kubernetes created no pod within pendingSeconds (${pendingSeconds})${cause}. The Job was deleted.`,
    text === '' ? [] : [text],
  );
}

async function stuckPodOf(
  { metadata }: Job,
  pendingSeconds: number,
  jobs: JobsApi,
  now: number,
): Promise<Failure | undefined> {
  const pods = await jobs.pods(metadata.uid, 'status.phase=Pending');
  for (const pod of pods) {
    const failure = stuckPod(pod, pendingSeconds, now);
    if (failure !== undefined) return failure;
  }
  const unmounted = pods.find((pod) => waitsForVolumes(pod, pendingSeconds, now));
  if (unmounted === undefined) return undefined;
  const warning = newestWarning(await warningsOf(unmounted.metadata.uid, jobs), MOUNT_WARNINGS);
  return warning && mountFailure(unmounted, warning);
}

/** Events only explain. A function whose Kubernetes role cannot list them still reports the error. */
async function warningsOf(uid: string, jobs: JobsApi): Promise<readonly WarningEvent[]> {
  try {
    return await jobs.warnings(uid);
  } catch (error) {
    if (error instanceof Failure && error.name === GKE_ERRORS.FORBIDDEN) return [];
    throw error;
  }
}

/** Whether a pod of the Job has ended within the last seconds, which made room for another. */
async function endedWithin({ metadata }: Job, seconds: number, jobs: JobsApi, now: number): Promise<boolean> {
  const pods = await jobs.pods(metadata.uid, 'status.phase!=Pending');
  return pods.some((pod) => now - endOf(pod) < seconds * 1000);
}

function endOf(pod: Pod): number {
  const ends = containersOf(pod).map(({ state }) => Date.parse(state?.terminated?.finishedAt ?? '') || 0);
  return Math.max(0, ...ends);
}
