import { rule } from '../../rule';
import { when } from '../../verdict';
import { ofEachPool, POOL_OWNERS } from './node-pools';

const POOL = { name: 'gpu', cluster: 'books' };

/** Flex-start pools with arguments that GKE rejects. */
export const flexStart = rule(POOL_OWNERS, {
  id: 'GKE015',
  title: 'Flex-start pool with repair, spot or a reservation',
  severity: 'error',
  why: 'GKE rejects the pool at apply.',
  fix: 'Set management.auto_repair to false, spot to false and reservation_affinity to NO_RESERVATION.',
  check: (resource) =>
    ofEachPool(resource, (pool) =>
      when(
        pool.value('node_config.flex_start').or(false).is(true),
        pool.value('management.auto_repair').or(true).is(false),
        pool.value('node_config.spot').or(false).is(false),
        pool.value('node_config.preemptible').or(false).is(false),
        pool.value('node_config.reservation_affinity.consume_reservation_type').or('').is('NO_RESERVATION'),
      ),
    ),
  passes: [
    POOL,
    {
      ...POOL,
      management: { auto_repair: false },
      node_config: { flex_start: true, reservation_affinity: { consume_reservation_type: 'NO_RESERVATION' } },
    },
  ],
  fails: [
    {
      ...POOL,
      node_config: { flex_start: true, reservation_affinity: { consume_reservation_type: 'NO_RESERVATION' } },
    },
    {
      ...POOL,
      management: { auto_repair: false },
      node_config: {
        flex_start: true,
        spot: true,
        reservation_affinity: { consume_reservation_type: 'NO_RESERVATION' },
      },
    },
  ],
});
