import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import { fail, pass, unknown } from '../../verdict';
import { accountGrants } from '../google-iam/grants';

const ANNOTATION = 'iam.gke.io/gcp-service-account';

interface Bindings {
  /** Pairs of account and Kubernetes service account that may impersonate it: `EMAIL NAMESPACE/NAME`. */
  readonly pairs: ReadonlySet<string>;
  /** Whether only Terraform knows a policy, or the account, the role or the member of a grant. */
  readonly areOpen: boolean;
}

function bindingsOf(index: ResourceIndex): Bindings {
  const { grants: all, areOpen } = accountGrants(index);
  const grants = all
    .map(({ role, account, members }) => ({
      role: role.is('roles/iam.workloadIdentityUser').verdict,
      account,
      members,
    }))
    .filter(({ role }) => role !== 'fail');
  return {
    pairs: new Set(
      grants.flatMap(({ account, members }) => {
        const email = account.text.split('/').at(-1);
        return members.map(({ text }) => `${email} ${/\[(.+)\]$/.exec(text)?.[1] ?? subjectOf(text)}`);
      }),
    ),
    areOpen:
      areOpen ||
      grants.some(
        ({ role, account, members }) =>
          role === 'unknown' || [account, ...members].some(({ identity }) => identity === undefined),
      ),
  };
}

function subjectOf(member: string): string {
  const [, namespace, name] = /\/subject\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(member) ?? [];
  return `${namespace}/${name}`;
}

/** Annotations of Kubernetes service accounts without the grant that they need. */
export const accountAnnotation = rule(['kubernetes_service_account_v1', 'kubernetes_service_account'], {
  id: 'GKE005',
  title: 'Annotation of a Google service account without its grant',
  severity: 'error',
  why: 'Google denies every token of the pods (403 on iam.serviceAccounts.getAccessToken).',
  fix: 'Grant roles/iam.workloadIdentityUser on the account to the Kubernetes service account.',
  check: (account) => {
    const email = account.entry('metadata.annotations', ANNOTATION);
    if (!email.isPresent) return pass;
    const user = `${account.value('metadata.namespace').or('default').text}/${account.value('metadata.name').text}`;
    if (email.outline.includes('…') || user.includes('${')) return email.unknown();
    const { pairs, areOpen } = account.index.derive('workload identity users', bindingsOf);
    if (pairs.has(`${email.text} ${user}`)) return pass;
    const made = account.index
      .ofType('google_service_account')
      .some((each) => new Subject(each, account.index).value('account_id').text === email.text.split('@')[0]);
    return made && !areOpen
      ? fail(`No grant lets ${user} impersonate ${email.text}.`, { property: email.property })
      : unknown(
          `Another stack, or a value that is known after apply, can grant ${email.text}.`,
          email.property,
        );
  },
  passes: [
    { metadata: { name: 'api', namespace: 'books' } },
    {
      resource: {
        kubernetes_service_account_v1: {
          api: {
            metadata: {
              name: 'api',
              namespace: 'books',
              annotations: { [ANNOTATION]: 'x@p.iam.gserviceaccount.com' },
            },
          },
        },
        google_service_account: { x: { account_id: 'x', project: 'p' } },
        google_service_account_iam_member: {
          x: {
            service_account_id: '${google_service_account.x.name}',
            role: 'roles/iam.workloadIdentityUser',
            member: 'serviceAccount:p.svc.id.goog[books/api]',
          },
        },
      },
    },
  ],
  fails: [
    {
      resource: {
        kubernetes_service_account_v1: {
          api: {
            metadata: [
              {
                name: 'api',
                namespace: 'books',
                annotations: { [ANNOTATION]: '${google_service_account.x.email}' },
              },
            ],
          },
        },
        google_service_account: { x: { account_id: 'x', project: 'p' } },
        google_service_account_iam_member: {
          x: {
            service_account_id: '${google_service_account.x.name}',
            role: 'roles/iam.workloadIdentityUser',
            member: 'serviceAccount:p.svc.id.goog[books/web]',
          },
        },
      },
    },
  ],
  unknowns: [
    {
      metadata: {
        name: 'api',
        namespace: 'books',
        annotations: { [ANNOTATION]: 'x@other.iam.gserviceaccount.com' },
      },
    },
  ],
});
