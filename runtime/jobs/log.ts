import type { JobRequest, CancelResult, JobStatus } from '../../lib/contracts/jobs';
import type { Facts } from '../shared/log/log';
import { subjectOf } from './subject';

/** Facts of a request for the log of its call. */
export function factsOf(request: JobRequest): Facts {
  const { action } = request;
  if (request.action === 'cancel') return { action };
  return { action, step: request.step, attempt: request.attempt, job: subjectOf(request).job };
}

/** Facts of the result for the last line of a call. */
export function outcomeOf(answer: JobStatus | CancelResult): Facts {
  return 'deleted' in answer ? { deleted: answer.deletedCount, left: answer.left } : { phase: answer.phase };
}
