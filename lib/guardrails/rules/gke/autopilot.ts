import type { Subject } from '../../subject';
import type { Verdict } from '../../verdict';

/** Passes for a cluster whose nodes Google manages. */
export function isAutopilot(cluster: Subject): Verdict {
  return cluster.value('enable_autopilot').or(false).is(true);
}

/** Passes for a cluster with nodes of the user. */
export function isStandard(cluster: Subject): Verdict {
  return cluster.value('enable_autopilot').or(false).isNot(true);
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
