import { rule } from '../../rule';
import { fail, pass, unknown, type Verdict } from '../../verdict';
import { isWorkload, ofEachGrant, WIDE_GRANTS } from './grants';

const ADMIN = /^roles\/.*admin$/i;

/** Administrator roles of workloads. */
export const adminRole = rule(WIDE_GRANTS, {
  id: 'GCP003',
  title: 'Administrator role of a workload on a project or above',
  severity: 'error',
  why: 'An attacker who takes over the workload administers every resource of the service.',
  fix: 'Grant the permissions that the workload uses, on the resource that it uses.',
  controls: ['CIS GCP 1.5', 'SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (resource) =>
    ofEachGrant(resource, ({ role, members }) => {
      const isAdmin = role.satisfies('not be an administrator role', (text) => !ADMIN.test(String(text)));
      if (isAdmin.verdict === 'pass') return pass;
      return members.map((member): Verdict => {
        const workload = isWorkload(member);
        if (workload === false) return pass;
        if (isAdmin.verdict === 'unknown') return isAdmin;
        if (workload === undefined)
          return unknown(`${member.property} is known after apply.`, member.property);
        return fail(`${member.text} has the role ${role.text}.`, { property: role.property });
      });
    }),
  passes: [
    { project: 'p', role: 'roles/storage.admin', member: 'group:platform@example.com' },
    {
      project: 'p',
      role: 'roles/monitoring.metricWriter',
      member: 'serviceAccount:x@p.iam.gserviceaccount.com',
    },
    {
      project: 'p',
      role: 'roles/logging.admin',
      member: 'serviceAccount:service-1@gcp-sa-logging.iam.gserviceaccount.com',
    },
  ],
  fails: [
    { project: 'p', role: 'roles/storage.admin', member: 'serviceAccount:x@p.iam.gserviceaccount.com' },
    {
      project: 'p',
      role: 'roles/container.clusterAdmin',
      member: 'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*',
    },
  ],
  unknowns: [{ project: 'p', role: 'roles/storage.admin', member: '${var.member}' }],
});
