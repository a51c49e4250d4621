import { isComputedCopy } from '../../../model/computed';
import type { Subject } from '../../subject';
import { all, when, type Verdict } from '../../verdict';
import { isStandard } from './autopilot';

/** Resource types with node pools: a pool, and a cluster with its default pool or with inline pools. */
export const POOL_OWNERS = ['google_container_node_pool', 'google_container_cluster'];

/**
 * Verdicts for each node pool of a resource.
 *
 * @param check evaluates a pool, or a cluster whose arguments are those of its default pool
 */
export function ofEachPool(
  resource: Subject,
  check: (pool: Subject) => Verdict | readonly Verdict[],
): readonly Verdict[] {
  if (resource.type === 'google_container_node_pool') return all(...[check(resource)].flat());
  // The provider reads the pools that other resources made.
  const pools = isComputedCopy(resource.resource, 'node_pool') ? [] : resource.blocks('node_pool');
  const keepsDefaultPool = resource.value('remove_default_node_pool').or(false).isNot(true);
  return when(
    isStandard(resource),
    ...(pools.length === 0 ? when(keepsDefaultPool, ...[check(resource)].flat()) : pools.flatMap(check)),
  );
}
