import type { ModelResource } from '../../../model/model';
import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import { fail, pass, unknown } from '../../verdict';
import { membersOf } from './members';

const TYPES = ['google_service_account_iam_member', 'google_service_account_iam_binding'];
const ROLE = 'roles/iam.workloadIdentityUser';

interface Users {
  /** Kubernetes service accounts by Google service account. */
  readonly byAccount: ReadonlyMap<string, ReadonlySet<string>>;
  /** Grants whose account, role or member only Terraform knows. */
  readonly open: ReadonlySet<ModelResource>;
}

function usersOf(index: ResourceIndex): Users {
  const byAccount = new Map<string, Set<string>>();
  const open = new Set<ModelResource>();
  for (const resource of index.ofType(...TYPES)) {
    const grant = new Subject(resource, index);
    const role = grant.value('role').is(ROLE).verdict;
    if (role === 'fail') continue;
    const { identity } = grant.value('service_account_id');
    const members = membersOf(grant);
    if (role === 'unknown' || identity === undefined || members.some((each) => each.identity === undefined)) {
      open.add(resource);
      continue;
    }
    const users = byAccount.get(identity) ?? new Set<string>();
    for (const { text } of members) if (/\[[^/]+\/[^/]+\]$|\/subject\//.test(text)) users.add(text);
    byAccount.set(identity, users);
  }
  return { byAccount, open };
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
    const role = grant.value('role').is(ROLE);
    if (role.verdict === 'fail') return pass;
    const { byAccount, open } = grant.index.derive('users of accounts', usersOf);
    const users = byAccount.get(grant.value('service_account_id').identity ?? '') ?? new Set();
    if (users.size > 1 && users.has(grant.value('member').text) && role.verdict === 'pass') {
      return fail(`${users.size} workloads impersonate the account: ${[...users].sort().join(', ')}.`, {
        property: 'member',
      });
    }
    // One grant alone shares its account with no other.
    const isOpen = open.has(grant.resource);
    return open.size > (isOpen ? 1 : 0) || (isOpen && byAccount.size > 0)
      ? unknown('The account, the role or the member of a grant is known after apply.', 'member')
      : pass;
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
