import type {
  BridgeRequest,
  BridgeTarget,
  CancelResult,
  JobStatus,
} from '../../lib/orchestration/bridge-contract';
import type { Run } from './execution';
import type { Subject } from './reported-error';
import type { Retry } from '../http/retry';

type Facts = Readonly<Record<string, unknown>>;

/** Where lines go, each a message and facts. */
export interface Log {
  readonly info: (message: string, facts: Facts) => void;
  readonly warn: (message: string, facts: Facts) => void;
}

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
