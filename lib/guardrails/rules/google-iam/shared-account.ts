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
  /** Grants whose role or member only Terraform knows, by account; those of an unknown account have the key `undefined`. */
  readonly open: ReadonlyMap<string | undefined, ReadonlySet<ModelResource>>;
  /** Number of the grants in `open`. */
  readonly openCount: number;
}

function usersOf(index: ResourceIndex): Users {
  const byAccount = new Map<string, Set<string>>();
  const open = new Map<string | undefined, Set<ModelResource>>();
  let openCount = 0;
  for (const resource of index.ofType(...TYPES)) {
    const grant = new Subject(resource, index);
    const role = grant.value('role').is(ROLE).verdict;
    if (role === 'fail') continue;
    const { identity } = grant.value('service_account_id');
    const members = membersOf(grant);
    if (role === 'unknown' || identity === undefined || members.some((each) => each.identity === undefined)) {
      open.set(identity, (open.get(identity) ?? new Set()).add(resource));
      openCount += 1;
      continue;
    }
    const users = byAccount.get(identity) ?? new Set<string>();
    for (const { text } of members) if (/\[[^/]+\/[^/]+\]$|\/subject\//.test(text)) users.add(text);
    byAccount.set(identity, users);
  }
  return { byAccount, open, openCount };
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
    const { byAccount, open, openCount } = grant.index.derive('users of accounts', usersOf);
    const account = grant.value('service_account_id').identity;
    const users = byAccount.get(account ?? '') ?? new Set();
    if (users.size > 1 && users.has(grant.value('member').text) && role.verdict === 'pass') {
      return fail(`${users.size} workloads impersonate the account: ${[...users].sort().join(', ')}.`, {
        property: 'member',
      });
    }
    const isOpen = open.get(account)?.has(grant.resource) ?? false;
    const ofAccount = [account, undefined].reduce((sum, key) => sum + (open.get(key)?.size ?? 0), 0);
    const others = (account === undefined ? openCount : ofAccount) - (isOpen ? 1 : 0);
    const known = account === undefined ? byAccount.size : users.size;
    // One grant alone shares its account with no other.
    return others > 0 || (isOpen && known > 0)
      ? unknown('The account, the role or the member of a grant is known after apply.', 'member')
      : pass;
  },
  passes: [
    {
      service_account_id: 'projects/p/serviceAccounts/x@p.iam.gserviceaccount.com',
      role: 'roles/iam.workloadIdentityUser',
      member: 'serviceAccount:p.svc.id.goog[books/api]',
    },
    {
      resource: {
        google_service_account_iam_member: Object.fromEntries(
          ['api', '${var.namespace}'].map((namespace, index) => [
            `x${index}`,
            {
              service_account_id: `projects/p/serviceAccounts/x${index}@p.iam.gserviceaccount.com`,
              role: 'roles/iam.workloadIdentityUser',
              member: `serviceAccount:p.svc.id.goog[${namespace}/web]`,
            },
          ]),
        ),
      },
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
