import { rule } from '../../rule';
import { any, when } from '../../verdict';
import { CLUSTER, isStandard } from './autopilot';

/** Clusters that ignore network policies. */
export const networkPolicies = rule('google_container_cluster', {
  id: 'GKE018',
  title: 'Cluster that does not enforce network policies',
  severity: 'warning',
  why: 'Kubernetes accepts a NetworkPolicy, and every pod still reaches every other pod.',
  fix: 'Set datapath_provider to "ADVANCED_DATAPATH".',
  controls: ['CIS GKE 5.6.7', 'SOC 2 CC6.6', 'ISO 27001 A.8.22'],
  check: (cluster) =>
    when(
      isStandard(cluster),
      any(
        cluster.value('datapath_provider').or('').is('ADVANCED_DATAPATH'),
        cluster.value('network_policy.enabled').or(false).is(true),
      ),
    ),
  passes: [CLUSTER, { ...CLUSTER, enable_autopilot: false, datapath_provider: 'ADVANCED_DATAPATH' }],
  fails: [{ ...CLUSTER, enable_autopilot: false }],
});
