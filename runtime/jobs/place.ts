import type { BridgeTarget, JobPlace } from '../../lib/contracts/jobs';
import { logsLink } from './logs-link';

/** Where the Jobs of a target are, and what one wrote. */
export function placeOf(job: string, target: BridgeTarget): JobPlace {
  return { namespace: target.namespace, cluster: target.cluster.id, logs: logsLink(target, job) };
}
