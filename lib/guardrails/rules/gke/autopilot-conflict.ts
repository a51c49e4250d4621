import { rule } from '../../rule';
import { pass, when } from '../../verdict';
import { CLUSTER, isAutopilot } from './autopilot';

/** Arguments that Autopilot rejects. https://registry.terraform.io/providers/hashicorp/google/latest/docs */
const ARGUMENTS = [
  'addons_config.dns_cache_config',
  'addons_config.network_policy_config',
  'addons_config.stateful_ha_config',
  'cluster_autoscaling.enabled',
  'cluster_autoscaling.resource_limits',
  'default_max_pods_per_node',
  'enable_intranode_visibility',
  'enable_shielded_nodes',
  'network_policy',
  'node_pool',
  'remove_default_node_pool',
];

/** Autopilot clusters with arguments of Standard clusters. */
export const autopilotConflict = rule('google_container_cluster', {
  id: 'GKE017',
  title: 'Autopilot cluster with an argument of a Standard cluster',
  severity: 'error',
  why: 'The provider or GKE rejects the cluster.',
  fix: 'Remove the argument.',
  check: (cluster) => {
    // The plan of a cluster has these attributes with the values of the provider, which has accepted the arguments.
    if (cluster.stack.source === 'plan') return pass;
    return when(
      isAutopilot(cluster),
      ...ARGUMENTS.map((argument) => cluster.value(argument)).map((argument) =>
        argument.isNotSet(argument.property),
      ),
    );
  },
  passes: [CLUSTER, { ...CLUSTER, enable_autopilot: false, network_policy: { enabled: true } }],
  fails: [
    { ...CLUSTER, remove_default_node_pool: true },
    { ...CLUSTER, network_policy: { enabled: true } },
  ],
});
