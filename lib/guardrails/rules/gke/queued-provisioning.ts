import { rule } from '../../rule';
import { when } from '../../verdict';
import { ofEachPool, POOL_OWNERS } from './node-pools';

const POOL = { name: 'gpu', cluster: 'books', queued_provisioning: { enabled: true } };
const FREE = { reservation_affinity: { consume_reservation_type: 'NO_RESERVATION' } };

/** Queued pools with arguments that GKE rejects. */
export const queuedProvisioning = rule(POOL_OWNERS, {
  id: 'GKE016',
  title: 'Queued pool with nodes at rest or a reservation',
  severity: 'error',
  why: 'GKE rejects the pool at apply, or keeps nodes that no queue uses.',
  fix: 'Set the minimum of autoscaling to 0 and reservation_affinity to NO_RESERVATION.',
  check: (resource) =>
    ofEachPool(resource, (pool) =>
      when(
        pool.value('queued_provisioning.enabled').or(false).is(true),
        pool.value('autoscaling.min_node_count').or(0).is(0),
        pool.value('autoscaling.total_min_node_count').or(0).is(0),
        pool.value('node_config.reservation_affinity.consume_reservation_type').or('').is('NO_RESERVATION'),
      ),
    ),
  passes: [
    { name: 'main', cluster: 'books' },
    { ...POOL, autoscaling: { min_node_count: 0 }, node_config: FREE },
  ],
  fails: [
    { ...POOL, autoscaling: { min_node_count: 1 }, node_config: FREE },
    { ...POOL, node_config: { machine_type: 'a2-highgpu-1g' } },
  ],
});
