import type { JobTargetSettings, JobReference } from '../../lib/contracts/jobs';
import { logsLink } from './logs-link';

/** Namespace and cluster of a Job, and the link to its log. */
export function jobReferenceOf(job: string, target: JobTargetSettings): JobReference {
  return { namespace: target.namespace, cluster: target.cluster.id, logsUrl: logsLink(target, job) };
}
