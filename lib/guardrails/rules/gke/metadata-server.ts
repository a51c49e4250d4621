import { rule } from '../../rule';
import { ofEachPool, POOL_OWNERS } from './node-pools';

const MODE = 'node_config.workload_metadata_config.mode';
const POOL = {
  name: 'main',
  cluster: 'books',
  node_config: { service_account: 'nodes@p.iam.gserviceaccount.com' },
};

/** Node pools that give pods the credentials of the node. */
export const metadataServer = rule(POOL_OWNERS, {
  id: 'GKE002',
  title: 'Node pool that shows pods the credentials of the node',
  severity: 'error',
  why: 'Each pod of the pool can obtain tokens of the service account of the node.',
  fix: 'Set node_config.workload_metadata_config.mode to "GKE_METADATA".',
  controls: ['CIS GKE 5.4.1', 'SOC 2 CC6.1'],
  check: (resource) =>
    // Without a mode, GKE uses the metadata server in clusters with Workload Identity.
    ofEachPool(resource, (pool) => pool.value(MODE).or('GKE_METADATA').is('GKE_METADATA')),
  passes: [POOL, { ...POOL, node_config: { workload_metadata_config: { mode: 'GKE_METADATA' } } }],
  fails: [{ ...POOL, node_config: [{ workload_metadata_config: [{ mode: 'GCE_METADATA' }] }] }],
});
