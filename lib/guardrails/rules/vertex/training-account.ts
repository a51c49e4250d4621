import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import { fail, pass, when } from '../../verdict';
import { membersOf } from '../google-iam/members';
import { customRolesWith, isOneOf, type CustomRoles } from './custom-roles';

const CREATE = /^aiplatform\.(customJobs|hyperparameterTuningJobs|pipelineJobs|trainingPipelines)\.create$/;

interface Submitters {
  /** Custom roles that allow jobs. */
  readonly roles: CustomRoles;
  /** Members that may attach a service account to a job. */
  readonly users: ReadonlySet<string>;
  /** Members of accounts that jobs run as. A pipeline creates its jobs with its account. */
  readonly runners: ReadonlySet<string>;
  /** Whether only Terraform knows the account, the role or the member of a grant. */
  readonly areOpen: boolean;
}

function submittersOf(index: ResourceIndex): Submitters {
  const subjects = (...types: readonly string[]) =>
    index.ofType(...types).map((each) => new Subject(each, index));
  const grants = subjects('google_service_account_iam_member', 'google_service_account_iam_binding').filter(
    (grant) =>
      /serviceAccountUser$|actAs/.test(grant.value('role').text) ||
      grant.value('role').identity === undefined,
  );
  return {
    roles: customRolesWith(index, (permission) => CREATE.test(permission)),
    users: new Set(grants.flatMap((grant) => membersOf(grant).map(({ text }) => text))),
    runners: new Set(
      grants.map((grant) => `serviceAccount:${grant.value('service_account_id').text.split('/').at(-1)}`),
    ),
    areOpen: grants.some((grant) =>
      [grant.value('role'), grant.value('service_account_id'), ...membersOf(grant)].some(
        ({ identity }) => identity === undefined,
      ),
    ),
  };
}

const MEMBER = 'serviceAccount:x@p.iam.gserviceaccount.com';
const base = {
  google_project_iam_custom_role: {
    train: { project: 'p', role_id: 'train', permissions: ['aiplatform.customJobs.create'] },
  },
  google_project_iam_member: { x: { project: 'p', role: 'projects/p/roles/train', member: MEMBER } },
};
const user = {
  google_service_account_iam_member: {
    u: {
      service_account_id: 'projects/p/serviceAccounts/t@p.iam.gserviceaccount.com',
      role: 'roles/iam.serviceAccountUser',
      member: MEMBER,
    },
  },
};

/** Submitters of jobs that cannot name an account for them. */
export const trainingAccount = rule('google_project_iam_member', {
  id: 'VTX004',
  title: 'Training jobs without a separate service account',
  severity: 'error',
  why: 'A job without an account runs as the service agent of Vertex AI, which can read every bucket of the project.',
  fix: 'Grant roles/iam.serviceAccountUser on the account of the jobs, and name it in each job.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (grant) => {
    const { roles, users, runners, areOpen } = grant.index.derive('submitters of jobs', submittersOf);
    const member = grant.value('member');
    const isMissing = fail(`${member.text} may create jobs and may use no service account for them.`, {
      property: 'member',
    });
    if (users.has(member.text) || runners.has(member.text)) return pass;
    return when(
      isOneOf(roles, grant.value('role')),
      areOpen || member.identity === undefined ? member.unknown() : isMissing,
    );
  },
  passes: [
    { resource: { ...base, ...user } },
    {
      resource: {
        ...base,
        google_service_account_iam_member: {
          u: {
            service_account_id: 'projects/p/serviceAccounts/x@p.iam.gserviceaccount.com',
            role: 'roles/iam.serviceAccountUser',
            member: 'serviceAccount:submitter@p.iam.gserviceaccount.com',
          },
        },
      },
    },
  ],
  fails: [{ resource: base }],
});
