import { TRAINING_LABELS, type TrainingsCancelled } from '../../lib/contracts/training';
import { executionHash, type Run } from '../shared/input/execution';
import { isBefore, type Fence } from '../shared/input/fence';
import type { JobsApi } from './jobs-api';
import { phaseOf } from './outcome';

const ENDED = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED', 'CANCELLING', 'EXPIRED']);

/** Cancels the jobs of a run that have not ended. One failure does not stop the cancellation of other jobs. */
export async function cancel(fence: Fence, run: Run, jobs: JobsApi): Promise<TrainingsCancelled> {
  const found = await jobs.list({ [TRAINING_LABELS.executionHash]: executionHash(run.execution) });
  const running = found.filter((job) => !ENDED.has(phaseOf(job)) && isBefore(fence, job.createTime));
  const outcomes = await Promise.allSettled(running.map(({ name }) => jobs.cancel(name)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return { cancelled: running.map(({ name }) => name) };
}
