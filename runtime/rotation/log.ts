import type { Rotation } from '../../lib/contracts/rotation';
import type { Retry } from '../shared/http/retry';
import type { Facts, Log } from '../shared/log/log';

/** The lines of one run: one for each thing that was done, and one at its end. */
export interface RotationLog {
  readonly step: (what: string, facts: Facts) => void;
  readonly retry: (retry: Retry) => void;
  readonly ended: (outcome: Facts) => void;
  readonly failed: (error: Error) => void;
}

export function runLog(log: Log, { name, store }: Rotation, run: string): RotationLog {
  const facts = { secret: name, store, run };
  return {
    step: (what, more) => log.info(what, { ...facts, ...more }),
    retry: (retry) => log.warn('retried', { ...facts, ...retry }),
    ended: (outcome) => log.info('ended', { ...facts, ...outcome }),
    failed: ({ name: error, message: reason }) => log.warn('failed', { ...facts, error, reason }),
  };
}
