import { rule } from '../../rule';
import { CLUSTER } from './autopilot';

/** Production clusters that a destroy deletes. */
export const deletionProtection = rule('google_container_cluster', {
  id: 'GKE008',
  title: 'Production cluster without deletion protection',
  severity: 'error',
  profiles: ['prod'],
  why: 'A replaced argument or a removed construct deletes the cluster with all workloads and volumes.',
  fix: 'Set deletion_protection to true. It is the default of the provider.',
  controls: ['SOC 2 A1.2', 'ISO 27001 A.8.32'],
  check: (cluster) => cluster.value('deletion_protection').or(true).is(true),
  passes: [CLUSTER, { ...CLUSTER, deletion_protection: undefined }],
  fails: [{ ...CLUSTER, deletion_protection: false }],
  unknowns: [{ ...CLUSTER, deletion_protection: '${var.protected}' }],
});
