import type { JobRequest, CancelResult, JobStatus } from '../../lib/contracts/jobs';
import type { Run } from '../shared/input/execution';
import type { Facts } from '../shared/log/log';
import type { Subject } from './subject';

/** Facts of a request for the log of its call. */
export function factsOf(request: JobRequest, run: Run, { job }: Subject): Facts {
  const { action, execution } = request;
  const facts = { action, execution, run: run.id };
  if (request.action === 'cancel') return facts;
  return { ...facts, step: request.step, attempt: request.attempt, job };
}

/** Facts of the result for the last line of a call. */
export function outcomeOf(answer: JobStatus | CancelResult): Facts {
  return 'deleted' in answer ? { deleted: answer.deletedCount, left: answer.left } : { phase: answer.phase };
}
