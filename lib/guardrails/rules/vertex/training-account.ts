import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { fail, pass, when } from '../../verdict';
import { accountGrants, ofEachGrant, PROJECT_GRANTS } from '../google-iam/grants';
import { customRolesWith, isOneOf, type CustomRoles } from './custom-roles';

const CREATE = /^aiplatform\.(customJobs|hyperparameterTuningJobs|pipelineJobs|trainingPipelines)\.create$/;

interface Submitters {
  /** Custom roles that allow jobs. */
  readonly roles: CustomRoles;
  /** Members that may attach a service account to a job. */
  readonly users: ReadonlySet<string>;
  /** Members of accounts that jobs run as. A pipeline creates its jobs with its account. */
  readonly runners: ReadonlySet<string>;
  /** Whether only Terraform knows a policy, or the account, the role or the member of a grant. */
  readonly areOpen: boolean;
}

function submittersOf(index: ResourceIndex): Submitters {
  const { grants: all, areOpen } = accountGrants(index);
  const grants = all.filter(
    ({ role }) => /serviceAccountUser$|actAs/.test(role.text) || role.identity === undefined,
  );
  return {
    roles: customRolesWith(index, (permission) => CREATE.test(permission)),
    users: new Set(grants.flatMap(({ members }) => members.map(({ text }) => text))),
    runners: new Set(grants.map(({ account }) => `serviceAccount:${account.text.split('/').at(-1)}`)),
    areOpen:
      areOpen ||
      grants.some(({ role, account, members }) =>
        [role, account, ...members].some(({ identity }) => identity === undefined),
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
export const trainingAccount = rule(PROJECT_GRANTS, {
  id: 'VTX004',
  title: 'Training jobs without a separate service account',
  severity: 'error',
  why: 'A job without an account runs as the service agent of Vertex AI, which can read every bucket of the project.',
  fix: 'Grant roles/iam.serviceAccountUser on the account of the jobs, and name it in each job.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (resource) => {
    const { roles, users, runners, areOpen } = resource.index.derive('submitters of jobs', submittersOf);
    return ofEachGrant(resource, ({ role, members }) =>
      members.flatMap((member) => {
        const isMissing = fail(`${member.text} may create jobs and may use no service account for them.`, {
          property: member.property,
        });
        if (users.has(member.text) || runners.has(member.text)) return pass;
        return when(
          isOneOf(roles, role),
          areOpen || member.identity === undefined ? member.unknown() : isMissing,
        );
      }),
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
