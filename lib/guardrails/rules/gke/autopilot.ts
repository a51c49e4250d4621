import type { Subject } from '../../subject';

/** Whether Google manages the nodes of a cluster. A value that is not known counts as no. */
export function isAutopilot(cluster: Subject): boolean {
  return cluster.value('enable_autopilot').value === true;
}

/** Whether the cluster deletes its default node pool, so that its node configuration is without effect. */
export function hasDefaultPool(cluster: Subject): boolean {
  return !isAutopilot(cluster) && cluster.value('remove_default_node_pool').value !== true;
}

/** A cluster that meets the rules of this area, for examples. */
export const CLUSTER = {
  name: 'books',
  location: 'us-central1',
  project: 'p',
  enable_autopilot: true,
  deletion_protection: true,
  release_channel: { channel: 'REGULAR' },
  private_cluster_config: { enable_private_nodes: true },
  control_plane_endpoints_config: { ip_endpoints_config: { enabled: false } },
  workload_identity_config: { workload_pool: 'p.svc.id.goog' },
  cluster_autoscaling: {
    auto_provisioning_defaults: { service_account: 'nodes@p.iam.gserviceaccount.com' },
  },
  database_encryption: {
    state: 'ENCRYPTED',
    key_name: 'projects/p/locations/us-central1/keyRings/r/cryptoKeys/k',
  },
};
