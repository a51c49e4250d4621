import type {
  BridgeRequest,
  BridgeTarget,
  CancelResult,
  JobStatus,
} from '../../lib/orchestration/bridge-contract';
import type { Run } from '../input/execution';
import type { Subject } from './subject';
import type { Retry } from '../http/retry';
import type { Facts, Log } from '../log/log';

/** The lines of one call: one at its end, and one for each retry. */
export function callLog(log: Log, target: BridgeTarget) {
  let facts: Facts = { target: target.name };
  return {
    about(request: BridgeRequest, run: Run, { job }: Subject): void {
      const { action, execution } = request;
      facts = { ...facts, action, execution, run: run.id };
      if (request.action === 'cancel') return;
      facts = { ...facts, step: request.step, attempt: request.attempt, job };
    },
    retry(retry: Retry): void {
      log.warn('tried again', { ...facts, ...retry });
    },
    answered(answer: JobStatus | CancelResult, milliseconds: number): void {
      const outcome = 'deleted' in answer ? { deleted: answer.deleted.length } : { phase: answer.phase };
      log.info('answered', { ...facts, ...outcome, milliseconds });
    },
    failed({ name, message }: Error, milliseconds: number): void {
      log.info('failed', { ...facts, error: name, reason: message, milliseconds });
    },
  };
}
