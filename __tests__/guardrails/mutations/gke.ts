import { set, type Mutation } from './mutation';

/** Changes of the cluster. */
export const gkeMutations: readonly Mutation[] = (
  [
    ['workload_identity_config.workload_pool', 'other.svc.id.goog', 'GKE001'],
    ['cluster_autoscaling', undefined, 'GKE003'],
    ['private_cluster_config.enable_private_nodes', false, 'GKE006'],
    ['deletion_protection', false, 'GKE008'],
    ['release_channel.channel', 'UNSPECIFIED', 'GKE009'],
    ['enable_legacy_abac', true, 'GKE011'],
    ['rbac_binding_config.enable_insecure_binding_system_unauthenticated', true, 'GKE011'],
    ['master_auth.client_certificate_config.issue_client_certificate', true, 'GKE011'],
    ['node_pool_auto_config.node_kubelet_config.insecure_kubelet_readonly_port_enabled', 'TRUE', 'GKE012'],
    ['enable_shielded_nodes', true, 'GKE017'],
    ['enable_autopilot', false, 'GKE003'],
  ] as const
).map(([path, value, rule]) => ({
  title: `${path} is ${String(value)}`,
  type: 'google_container_cluster',
  change: set(path, value),
  rule,
}));
