import { rule } from '../../rule';
import { CLUSTER } from './autopilot';

/** Clusters whose nodes have public addresses. */
export const privateNodes = rule('google_container_cluster', {
  id: 'GKE006',
  title: 'Nodes with public addresses',
  severity: 'error',
  why: 'Each node can be reached from the internet, and a firewall rule is all that protects its ports.',
  fix: 'Set private_cluster_config.enable_private_nodes to true and add a Cloud NAT.',
  controls: ['CIS GKE 5.6.5', 'SOC 2 CC6.6', 'ISO 27001 A.8.22'],
  check: (cluster) => cluster.value('private_cluster_config.enable_private_nodes').or(false).is(true),
  passes: [CLUSTER, { ...CLUSTER, private_cluster_config: [{ enable_private_nodes: true }] }],
  fails: [
    { ...CLUSTER, private_cluster_config: undefined },
    { ...CLUSTER, private_cluster_config: { enable_private_nodes: false } },
  ],
  unknowns: [{ ...CLUSTER, private_cluster_config: { enable_private_nodes: '${var.private}' } }],
});
