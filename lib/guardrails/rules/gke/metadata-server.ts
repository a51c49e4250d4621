import type { Subject } from '../../subject';
import { rule } from '../../rule';
import { all } from '../../verdict';

const MODE = 'workload_metadata_config.mode';
const POOL = {
  name: 'main',
  cluster: 'books',
  node_config: { service_account: 'nodes@p.iam.gserviceaccount.com' },
};

/** Node pools that give pods the credentials of the node. */
export const metadataServer = rule(['google_container_node_pool', 'google_container_cluster'], {
  id: 'GKE002',
  title: 'Node pool that shows pods the credentials of the node',
  severity: 'error',
  why: 'Each pod of the pool can obtain tokens of the service account of the node.',
  fix: 'Set node_config.workload_metadata_config.mode to "GKE_METADATA".',
  controls: ['CIS GKE 5.4.1', 'SOC 2 CC6.1'],
  check: (resource) =>
    // Without a mode, GKE uses the metadata server in clusters with Workload Identity.
    all(
      ...configurations(resource).map((config) => config.value(MODE).or('GKE_METADATA').is('GKE_METADATA')),
    ),
  passes: [POOL, { ...POOL, node_config: { workload_metadata_config: { mode: 'GKE_METADATA' } } }],
  fails: [{ ...POOL, node_config: [{ workload_metadata_config: [{ mode: 'GCE_METADATA' }] }] }],
});

/** Node configurations of a pool, or of a cluster with inline pools. */
function configurations(resource: Subject): readonly Subject[] {
  return [resource, ...resource.blocks('node_pool')].flatMap((each) => each.blocks('node_config'));
}
