import { TRAINING_LABELS, type SubmitTraining, type TrainingStatus } from '../../lib/contracts/training';
import { VERTEX_ERRORS } from '../../lib/contracts/training-errors';
import { Failure } from '../shared/http/failure';
import type { Run } from '../shared/input/execution';
import { specHash } from './job';
import type { JobsApi } from './jobs-api';
import { phaseOf } from './outcome';

/**
 * Creates the job of an attempt, or finds the job of a call whose response was lost. Vertex AI chooses the id of a
 * custom job, so the function first searches for the labels.
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
