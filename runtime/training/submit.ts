import { TRAINING_LABELS, type SubmitTraining, type TrainingStatus } from '../../lib/contracts/training';
import { VERTEX_ERRORS } from '../../lib/contracts/training-errors';
import { Failure } from '../shared/http/failure';
import type { Run } from '../shared/input/execution';
import { specHash } from './job';
import type { JobsApi } from './jobs-api';
import { phaseOf } from './outcome';

/**
 * Makes the job of a try, or finds it made by a call whose answer was lost. A custom job has no id of our choice, so
 * that it is looked for by its labels first.
 */
export async function submit(request: SubmitTraining, run: Run, jobs: JobsApi): Promise<TrainingStatus> {
  const job =
    (await jobs.ofAttempt(request, run)) ??
    (await jobs.create(request, run)) ??
    (await jobs.ofAttempt(request, run));
  if (job === undefined) {
    throw new Failure(VERTEX_ERRORS.API_UNAVAILABLE, 'A job of this id exists, and cannot be found.');
  }
  if (job.labels?.[TRAINING_LABELS.specHash] !== specHash(request)) {
    throw new Failure(VERTEX_ERRORS.JOB_CONFLICT, `The job ${job.name} exists with another content.`);
  }
  return {
    done: false,
    job: job.name,
    waitSeconds: Math.ceil(request.schedule.initialSeconds),
    phase: phaseOf(job),
  };
}
