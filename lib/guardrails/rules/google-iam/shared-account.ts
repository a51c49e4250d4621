import type { ModelResource } from '../../../model/model';
import type { ResourceIndex } from '../../resource-index';
import type { CheckedValue } from '../../checked-value';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import { fail, isUnknown, pass, unknown } from '../../verdict';
import { ACCOUNT_GRANTS, grantsOf, ofEachGrant, type Grant } from './grants';

const ROLE = 'roles/iam.workloadIdentityUser';

interface Users {
  /** Kubernetes service accounts by Google service account. */
  readonly byAccount: ReadonlyMap<string, ReadonlySet<string>>;
  /**
   * Resources whose role, member or policy only Terraform knows, by account; those of an unknown account have the key
   * `undefined`.
   */
  readonly open: ReadonlyMap<string | undefined, ReadonlySet<ModelResource>>;
  /** Number of the resources in `open`. */
  readonly openCount: number;
}

function usersOf(index: ResourceIndex): Users {
  const byAccount = new Map<string, Set<string>>();
  const open = new Map<string | undefined, Set<ModelResource>>();
  let openCount = 0;
  for (const resource of index.ofType(...ACCOUNT_GRANTS)) {
    const subject = new Subject(resource, index);
    const { identity } = subject.value('service_account_id');
    const grants = usersIn(subject);
    if (
      isUnknown(grantsOf(subject)) ||
      (grants.length > 0 && identity === undefined) ||
      grants.some(isOpen)
    ) {
      open.set(identity, (open.get(identity) ?? new Set()).add(resource));
      openCount += 1;
    } else if (grants.length > 0 && identity !== undefined) {
      const users = byAccount.get(identity) ?? new Set<string>();
      const members = grants.flatMap((grant) => grant.members);
      for (const { text } of members) if (/\[[^/]+\/[^/]+\]$|\/subject\//.test(text)) users.add(text);
      byAccount.set(identity, users);
    }
  }
  return { byAccount, open, openCount };
}

/** Grants of a resource that are, or can be, of workload identity users. */
function usersIn(resource: Subject): readonly Grant[] {
  const grants = grantsOf(resource);
  return isUnknown(grants) ? [] : grants.filter(({ role }) => role.is(ROLE).verdict !== 'fail');
}

/** Whether members are one. A list that only Terraform knows can have several. */
function isOneMember([first, ...others]: readonly CheckedValue[]): boolean {
  return first !== undefined && others.length === 0 && /member$|\]$/.test(first.property);
}

function isOpen({ role, members }: Grant): boolean {
  return role.is(ROLE).verdict === 'unknown' || members.some(({ identity }) => identity === undefined);
}

/** Google service accounts that several workloads use. */
export const sharedAccount = rule(ACCOUNT_GRANTS, {
  id: 'GCP016',
  title: 'Google service account of several workloads',
  severity: 'warning',
  why: 'Audit logs show the account, so that an auditor cannot tell which workload made a call, and each has all access.',
  fix: 'Make one Google service account for each Kubernetes service account.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.16'],
  check: (resource) => {
    const { byAccount, open, openCount } = resource.index.derive('users of accounts', usersOf);
    const account = resource.value('service_account_id').identity;
    const users = byAccount.get(account ?? '') ?? new Set();
    const isItselfOpen = open.get(account)?.has(resource.resource) ?? false;
    const ofAccount = [account, undefined].reduce((sum, key) => sum + (open.get(key)?.size ?? 0), 0);
    const others = (account === undefined ? openCount : ofAccount) - (isItselfOpen ? 1 : 0);
    const known = account === undefined ? byAccount.size : users.size;
    // One member alone shares its account with no other.
    const isAlone = known === 0 && isOneMember(usersIn(resource).flatMap(({ members }) => members));
    return ofEachGrant(resource, ({ role, members }) => {
      const isUser = role.is(ROLE);
      if (isUser.verdict === 'fail') return pass;
      const shared = members.find(({ text }) => users.has(text));
      if (users.size > 1 && shared !== undefined && isUser.verdict === 'pass') {
        return fail(`${users.size} workloads impersonate the account: ${[...users].sort().join(', ')}.`, {
          property: shared.property,
        });
      }
      return others > 0 || (isItselfOpen && !isAlone)
        ? unknown(
            'The account, the role or the member of a grant is known after apply.',
            members[0]?.property,
          )
        : pass;
    });
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
