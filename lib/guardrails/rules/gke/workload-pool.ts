import { isKnown } from '../../../model/values/value';
import { rule } from '../../rule';
import { pass, when } from '../../verdict';
import { CLUSTER, isStandard } from './autopilot';

/** Clusters whose pods have no separate identity. */
export const workloadPool = rule('google_container_cluster', {
  id: 'GKE001',
  title: 'Cluster without Workload Identity',
  severity: 'error',
  why: 'Pods use the service account of their node, so that each pod has the access of all pods.',
  fix: 'Set workload_identity_config.workload_pool to "PROJECT.svc.id.goog".',
  controls: ['CIS GKE 5.2.2', 'SOC 2 CC6.1', 'ISO 27001 A.5.16'],
  check: (cluster) => {
    const pool = cluster.value('workload_identity_config.workload_pool');
    // Autopilot always has the pool of its project.
    if (!pool.isPresent) return when(isStandard(cluster), pool.isSet());
    const project = cluster.value('project');
    if (project.isPresent && pool.text === `${project.text}.svc.id.goog`) return pass;
    if (isKnown(project.value) && project.isPresent) return pool.is(`${project.text}.svc.id.goog`);
    const hasForm = pool.matches(/\.svc\.id\.goog$/, 'end with ".svc.id.goog"');
    return project.isPresent && hasForm.verdict === 'pass' ? project.unknown() : hasForm;
  },
  passes: [CLUSTER, { ...CLUSTER, workload_identity_config: undefined }],
  fails: [
    { ...CLUSTER, enable_autopilot: false, workload_identity_config: undefined },
    { ...CLUSTER, workload_identity_config: { workload_pool: 'other.svc.id.goog' } },
  ],
});
