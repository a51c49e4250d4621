import { rule } from '../../rule';
import type { Subject } from '../../subject';
import { all, when, type Verdict } from '../../verdict';
import { CLUSTER, isAutopilot, isStandard } from './autopilot';
import { ofEachPool, POOL_OWNERS } from './node-pools';

const DEFAULT = /^default$|-compute@developer\.gserviceaccount\.com$/;

/** Nodes that use the default service account of the project. */
export const nodeAccount = rule(POOL_OWNERS, {
  id: 'GKE003',
  title: 'Nodes with the default service account',
  severity: 'error',
  why: 'The default account often is an editor of the project, and each node can obtain its tokens.',
  fix: 'Make a service account with roles/container.defaultNodeServiceAccount and name it.',
  controls: ['CIS GKE 5.2.1', 'SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (resource) => all(...provisioned(resource), ...ofEachPool(resource, (pool) => accountOf(pool))),
  passes: [
    { name: 'main', cluster: 'books', node_config: { service_account: 'nodes@p.iam.gserviceaccount.com' } },
  ],
  fails: [
    { name: 'main', cluster: 'books', node_config: { machine_type: 'e2-medium' } },
    { name: 'main', cluster: 'books', node_config: { service_account: 'default' } },
    { resource: { google_container_cluster: { c: { ...CLUSTER, cluster_autoscaling: undefined } } } },
    { resource: { google_container_cluster: { c: { ...CLUSTER, enable_autopilot: false } } } },
  ],
});

function accountOf(owner: Subject, block = 'node_config'): Verdict {
  const account = owner.value(`${block}.service_account`);
  if (DEFAULT.test(account.outline)) return account.must('not be a default account');
  return account.isOpen ? account.unknown() : account.isSet();
}

/** Verdicts for the nodes that an Autopilot cluster, or the auto-provisioning of a Standard cluster, makes. */
function provisioned(cluster: Subject): readonly Verdict[] {
  if (cluster.type !== 'google_container_cluster') return [];
  const provisions = cluster.value('cluster_autoscaling.enabled').or(false).is(true);
  const account = accountOf(cluster, 'cluster_autoscaling.auto_provisioning_defaults');
  return all(
    ...when(isAutopilot(cluster), account),
    ...when(isStandard(cluster), ...when(provisions, account)),
  );
}
