import type { JobStatus } from '../../lib/contracts/jobs';
import { holding, type Job } from './kubernetes';

/** How a Job stands that has not failed. Read from the Job alone: pods come and go without a meaning. */
export function phaseOf({ spec, status }: Job): JobStatus['phase'] {
  if (holding(status?.conditions, 'Complete')) return 'Complete';
  if (spec?.suspend) return 'Suspended';
  return (status?.ready ?? 0) > 0 ? 'Running' : 'Pending';
}
