import { rule } from '../../rule';
import { fail } from '../../verdict';

/** Keys of Google service accounts. */
export const serviceAccountKey = rule('google_service_account_key', {
  id: 'GCP001',
  title: 'Key of a Google service account',
  severity: 'error',
  why: 'A key is valid until it is deleted, and Terraform stores it in the state in clear text.',
  fix: 'Use Workload Identity, workload identity federation or impersonation.',
  controls: ['CIS GCP 1.4', 'CIS GKE 5.2.2', 'SOC 2 CC6.1', 'ISO 27001 A.5.17'],
  check: () => fail('The resource creates a key.'),
  passes: [{ resource: { google_service_account: { reader: { account_id: 'reader' } } } }],
  fails: [{ service_account_id: 'projects/p/serviceAccounts/reader@p.iam.gserviceaccount.com' }],
});
