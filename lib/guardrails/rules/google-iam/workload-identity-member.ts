import { rule } from '../../rule';
import { pass, type Verdict } from '../../verdict';
import { ACCOUNT_GRANTS, ofEachGrant } from './grants';

const FORMS = [
  // https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
  /^serviceAccount:(…|[^[\]/]+\.svc\.id\.goog)\[[^[\]/]+\/[^[\]/]+\]$/,
  // https://cloud.google.com/iam/docs/principal-identifiers
  /^principal:\/\/iam\.googleapis\.com\/projects\/[^/]+\/locations\/global\/workloadIdentityPools\/[^/]+\/subject\/.+$/,
  /^principalSet:\/\/iam\.googleapis\.com\/projects\/[^/]+\/locations\/global\/workloadIdentityPools\/[^/]+\/.+$/,
];

/** Members with the role of a workload identity user. */
export const workloadIdentityMember = rule(ACCOUNT_GRANTS, {
  id: 'GCP006',
  title: 'Workload identity user that no workload can be',
  severity: 'error',
  why: 'IAM accepts the member, and the pod or the federated workload is denied when it requests a token.',
  fix: 'Write serviceAccount:PROJECT.svc.id.goog[NAMESPACE/SERVICE_ACCOUNT], or a principal:// of a pool.',
  check: (resource) =>
    ofEachGrant(resource, ({ role, members }) => {
      const isOther = role.isNot('roles/iam.workloadIdentityUser');
      if (isOther.verdict === 'pass') return pass;
      return members.map((member): Verdict => {
        // A part that is not known can have any text, so that the form is checked with it in place.
        if (FORMS.some((form) => form.test(member.outline))) return pass;
        if (isOther.verdict === 'unknown' || member.outline.startsWith('…')) return member.unknown();
        return member.must('be a Kubernetes service account of a workload pool or a federated principal');
      });
    }),
  passes: [
    { role: 'roles/iam.workloadIdentityUser', member: 'serviceAccount:p.svc.id.goog[books/api]' },
    {
      role: 'roles/iam.workloadIdentityUser',
      member:
        'serviceAccount:${google_container_cluster.c.workload_identity_config[0].workload_pool}[books/api]',
    },
    { role: 'roles/iam.serviceAccountUser', member: 'serviceAccount:ci@p.iam.gserviceaccount.com' },
  ].map((example) => ({
    service_account_id: 'projects/p/serviceAccounts/x@p.iam.gserviceaccount.com',
    ...example,
  })),
  fails: [
    { role: 'roles/iam.workloadIdentityUser', member: 'serviceAccount:p.svc.id.goog/books/api' },
    { role: 'roles/iam.workloadIdentityUser', member: 'serviceAccount:ci@p.iam.gserviceaccount.com' },
  ].map((example) => ({
    service_account_id: 'projects/p/serviceAccounts/x@p.iam.gserviceaccount.com',
    ...example,
  })),
});
