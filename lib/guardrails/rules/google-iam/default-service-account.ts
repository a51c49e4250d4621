import { rule } from '../../rule';
import { pass } from '../../verdict';
import { GRANTS, ofEachGrant } from './grants';

const DEFAULT =
  /^serviceAccount:(\d+|…)(-compute@developer|@cloudbuild)\.gserviceaccount\.com$|^serviceAccount:[^@]+@appspot\.gserviceaccount\.com$/;

/** Data sources that read a default account. */
const READ = /\$\{data\.google_(compute|app_engine)_default_service_account\./;

/** Members whose end only Terraform knows. */
const OPEN = /^(serviceAccount:[^@]*)?…$/;

/** Grants to the default accounts that machines and builds use unless told otherwise. */
export const defaultServiceAccount = rule(GRANTS, {
  id: 'GCP017',
  title: 'Access for a default service account',
  severity: 'warning',
  why: 'Every machine, function and build of the project that names no account has the access.',
  fix: 'Make a service account for the workload and grant the role to it.',
  controls: ['CIS GCP 4.1', 'SOC 2 CC6.3'],
  check: (resource) =>
    ofEachGrant(resource, ({ members }) =>
      members.map((member) => {
        const isDefault = DEFAULT.test(member.outline) || READ.test(member.text);
        if (isDefault) return member.must('not be a default service account');
        const isOpen = member.identity === undefined && OPEN.test(member.outline);
        return isOpen ? member.unknown() : pass;
      }),
    ),
  passes: [
    {
      resource: {
        google_project_iam_member: {
          x: {
            project: 'p',
            role: 'roles/logging.logWriter',
            member: 'serviceAccount:nodes@p.iam.gserviceaccount.com',
          },
        },
      },
    },
  ],
  fails: [
    '123456789012-compute@developer.gserviceaccount.com',
    '${data.google_project.p.number}-compute@developer.gserviceaccount.com',
    'p@appspot.gserviceaccount.com',
    '${data.google_compute_default_service_account.p.email}',
    '${data.google_app_engine_default_service_account.p.email}',
  ].map((email) => ({
    resource: {
      google_project_iam_member: {
        x: { project: 'p', role: 'roles/logging.logWriter', member: `serviceAccount:${email}` },
      },
    },
  })),
});
