import type { JobRequest, CancelResult, JobStatus } from '../../lib/contracts/jobs';
import type { Run } from '../shared/input/execution';
import type { Facts } from '../shared/log/log';
import type { Subject } from './subject';

/** What the lines of a call say of its request. */
export function factsOf(request: JobRequest, run: Run, { job }: Subject): Facts {
  const { action, execution } = request;
  const facts = { action, execution, run: run.id };
  if (request.action === 'cancel') return facts;
  return { ...facts, step: request.step, attempt: request.attempt, job };
}

/** What its last line says of the answer. */
export function outcomeOf(answer: JobStatus | CancelResult): Facts {
  return 'deleted' in answer ? { deleted: answer.deletedCount, left: answer.left } : { phase: answer.phase };
}
