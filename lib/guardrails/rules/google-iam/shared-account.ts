import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import { fail, pass } from '../../verdict';
import { membersOf } from './members';

const TYPES = ['google_service_account_iam_member', 'google_service_account_iam_binding'];

/** Kubernetes service accounts by Google service account. */
function usersOf(index: ResourceIndex): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const resource of index.ofType(...TYPES)) {
    const grant = new Subject(resource, index);
    if (grant.value('role').text !== 'roles/iam.workloadIdentityUser') continue;
    const account = grant.value('service_account_id').text;
    const users = found.get(account) ?? new Set<string>();
    for (const { text } of membersOf(grant)) if (/\[[^/]+\/[^/]+\]$|\/subject\//.test(text)) users.add(text);
    found.set(account, users);
  }
  return found;
}

/** Google service accounts that several workloads use. */
export const sharedAccount = rule('google_service_account_iam_member', {
  id: 'GCP016',
  title: 'Google service account of several workloads',
  severity: 'warning',
  why: 'Audit logs show the account, so that an auditor cannot tell which workload made a call, and each has all access.',
  fix: 'Make one Google service account for each Kubernetes service account.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.16'],
  check: (grant) => {
    if (grant.value('role').isNot('roles/iam.workloadIdentityUser').verdict === 'pass') return pass;
    const users = grant.index
      .derive('users of accounts', usersOf)
      .get(grant.value('service_account_id').text);
    if (users === undefined || users.size < 2 || !users.has(grant.value('member').text)) return pass;
    return fail(`${users.size} workloads impersonate the account: ${[...users].sort().join(', ')}.`, {
      property: 'member',
    });
  },
  passes: [
    {
      service_account_id: 'projects/p/serviceAccounts/x@p.iam.gserviceaccount.com',
      role: 'roles/iam.workloadIdentityUser',
      member: 'serviceAccount:p.svc.id.goog[books/api]',
    },
  ],
  fails: [
    {
      resource: {
        google_service_account_iam_member: Object.fromEntries(
          ['api', 'web'].map((name) => [
            name,
            {
              service_account_id: 'projects/p/serviceAccounts/shared@p.iam.gserviceaccount.com',
              role: 'roles/iam.workloadIdentityUser',
              member: `serviceAccount:p.svc.id.goog[books/${name}]`,
            },
          ]),
        ),
      },
    },
  ],
});
