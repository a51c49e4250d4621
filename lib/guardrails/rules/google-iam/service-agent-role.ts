import { rule } from '../../rule';
import { pass, type Verdict } from '../../verdict';
import { GRANTS, isWorkload, ofEachGrant } from './grants';

/** Roles that Google makes for its own service agents. */
export const serviceAgentRole = rule(GRANTS, {
  id: 'GCP004',
  title: 'Service agent role of another principal',
  severity: 'error',
  why: 'Such a role has the permissions that a Google service needs on behalf of all its users.',
  fix: 'Grant the role to the service agent only, and a narrow role to the workload.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (resource) =>
    ofEachGrant(resource, ({ role, members }) => {
      const isAgentRole = role.satisfies(
        'not be a service agent role',
        (text) => !/serviceAgent$/i.test(String(text)),
      );
      if (isAgentRole.verdict === 'pass') return pass;
      return members.map((member): Verdict => {
        const workload = isWorkload(member);
        if (workload === false && /^serviceAccount:/.test(member.outline)) return pass;
        if (isAgentRole.verdict === 'unknown') return isAgentRole;
        return workload === undefined ? member.unknown() : member.must('be a service agent of Google');
      });
    }),
  passes: [
    {
      resource: {
        google_project_iam_member: {
          agent: {
            project: 'p',
            role: 'roles/aiplatform.serviceAgent',
            member: 'serviceAccount:service-123@gcp-sa-aiplatform.iam.gserviceaccount.com',
          },
        },
      },
    },
  ],
  fails: [
    {
      resource: {
        google_project_iam_member: {
          trainer: {
            project: 'p',
            role: 'roles/aiplatform.customCodeServiceAgent',
            member: 'serviceAccount:trainer@p.iam.gserviceaccount.com',
          },
        },
      },
    },
  ],
});
