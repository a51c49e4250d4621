import { rule } from '../../rule';
import { ofEachPool, POOL_OWNERS } from './node-pools';

const POOL = { name: 'main', cluster: 'books' };

/** Node pools whose kernel can be replaced. */
export const secureBoot = rule(POOL_OWNERS, {
  id: 'GKE010',
  title: 'Nodes without Secure Boot',
  severity: 'warning',
  why: 'A root kit in the kernel of a node survives a restart.',
  fix: 'Set node_config.shielded_instance_config.enable_secure_boot to true, unless GPU drivers need unsigned modules.',
  controls: ['CIS GKE 5.5.7', 'SOC 2 CC6.8'],
  check: (resource) =>
    ofEachPool(resource, (pool) =>
      pool.value('node_config.shielded_instance_config.enable_secure_boot').or(false).is(true),
    ),
  passes: [{ ...POOL, node_config: { shielded_instance_config: { enable_secure_boot: true } } }],
  fails: [
    { ...POOL, node_config: { machine_type: 'e2-medium' } },
    { ...POOL, node_config: [{ shielded_instance_config: [{ enable_secure_boot: false }] }] },
  ],
});
