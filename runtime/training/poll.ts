import type {
  PollTraining,
  TrainingResult,
  TrainingStatus,
  TrainingTarget,
} from '../../lib/contracts/training';
import { VERTEX_ERRORS } from '../../lib/contracts/training-errors';
import { Failure } from '../shared/http/failure';
import type { Run } from '../shared/input/execution';
import { nextWait } from '../shared/input/step';
import { outputUri, type VertexJob } from './job';
import type { JobsApi } from './jobs-api';
import { failureOf, phaseOf } from './outcome';

/** Polls a job: the result is done, running, or a failure with a name. */
export async function poll(
  request: PollTraining,
  run: Run,
  target: TrainingTarget,
  jobs: JobsApi,
  now: number,
): Promise<TrainingStatus> {
  // The state machine invokes the function twice before it reads the status.
  if (request.status.done) return request.status;
  const job = await jobs.find(request.status.job);
  if (job === undefined) {
    throw new Failure(VERTEX_ERRORS.JOB_NOT_FOUND, 'The job was deleted before the step read its end.');
  }
  const failure = failureOf(job, request.exitCodes);
  if (failure !== undefined) throw failure;
  const phase = phaseOf(job);
  if (phase === 'SUCCEEDED') {
    return { done: true, job: job.name, waitSeconds: 0, phase, result: resultOf(job, request, run, target) };
  }
  await failIfLate(request, job, jobs, now);
  const waitSeconds = nextWait(request.schedule, request.status.waitSeconds);
  return { done: false, job: job.name, waitSeconds, phase };
}

function resultOf(
  job: VertexJob,
  { attempt }: PollTraining,
  run: Run,
  target: TrainingTarget,
): TrainingResult {
  return {
    job: job.name,
    attempt,
    outputUri: outputUri(target, run, attempt),
    createTime: job.createTime ?? '',
    startTime: job.startTime ?? null,
    endTime: job.endTime ?? '',
    console: consoleOf(job, target),
  };
}

/** The page of a job in the console. */
export function consoleOf(
  { name }: Pick<VertexJob, 'name'>,
  { kind, project, location }: TrainingTarget,
): string {
  const id = name.split('/').at(-1);
  const page =
    kind === 'customJobs'
      ? `training/${location}/training/${id}/cpu`
      : `pipelines/locations/${location}/runs/${id}`;
  return `https://console.cloud.google.com/vertex-ai/${page}?project=${project}`;
}

async function failIfLate(
  { timeoutSeconds }: PollTraining,
  job: VertexJob,
  jobs: JobsApi,
  now: number,
): Promise<void> {
  if (now - Date.parse(job.createTime ?? '') < timeoutSeconds * 1000) return;
  await jobs.cancel(job.name);
  throw new Failure(
    VERTEX_ERRORS.DEADLINE_EXCEEDED,
    `The step timed out after ${timeoutSeconds} seconds, when the job was ${phaseOf(job)}. The job was cancelled.`,
  );
}
