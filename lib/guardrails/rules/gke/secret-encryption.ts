import { rule } from '../../rule';
import { CLUSTER } from './autopilot';

/** Production clusters that keep secrets without a customer key. */
export const secretEncryption = rule('google_container_cluster', {
  id: 'GKE013',
  title: 'Production cluster without application-layer encryption of secrets',
  severity: 'warning',
  profiles: ['prod'],
  why: 'The customer cannot revoke the access to Kubernetes secrets at rest.',
  fix: 'Set database_encryption to a Cloud KMS key.',
  controls: ['CIS GKE 5.3.1', 'SOC 2 CC6.7', 'ISO 27001 A.8.24'],
  check: (cluster) => cluster.value('database_encryption.state').or('DECRYPTED').isNot('DECRYPTED'),
  passes: [CLUSTER],
  fails: [
    { ...CLUSTER, database_encryption: undefined },
    { ...CLUSTER, database_encryption: [{ state: 'DECRYPTED' }] },
  ],
});
