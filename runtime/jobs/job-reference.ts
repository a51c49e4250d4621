import type { JobTargetSettings, JobReference } from '../../lib/contracts/jobs';
import { logsLink } from './logs-link';

/** Where the Jobs of a target are, and what one wrote. */
export function jobReferenceOf(job: string, target: JobTargetSettings): JobReference {
  return { namespace: target.namespace, cluster: target.cluster.id, logsUrl: logsLink(target, job) };
}
