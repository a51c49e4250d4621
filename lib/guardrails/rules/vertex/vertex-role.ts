import { rule } from '../../rule';
import { pass, type Verdict } from '../../verdict';
import { isWorkload, ofEachGrant, WIDE_GRANTS } from '../google-iam/grants';

const ROLES = ['roles/aiplatform.admin', 'roles/aiplatform.editor', 'roles/aiplatform.user'];

/** Predefined roles of Vertex AI with hundreds of permissions. */
export const vertexRole = rule(WIDE_GRANTS, {
  id: 'VTX001',
  title: 'Predefined role of Vertex AI for a workload',
  severity: 'error',
  why: 'roles/aiplatform.user has over 400 permissions: the workload can read, train and delete every model.',
  fix: 'Use a custom role with the permissions of the capability, on the endpoint where that is possible.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (resource) =>
    ofEachGrant(resource, ({ role, members }) => {
      const isOther = role.isNot(...ROLES);
      if (isOther.verdict === 'pass') return pass;
      return members.map((member): Verdict => {
        const workload = isWorkload(member);
        if (workload === false) return pass;
        return workload === undefined ? member.unknown() : isOther;
      });
    }),
  passes: [
    { project: 'p', role: 'roles/aiplatform.user', member: 'group:data-science@example.com' },
    { project: 'p', role: 'roles/aiplatform.viewer', member: 'serviceAccount:x@p.iam.gserviceaccount.com' },
  ],
  fails: ROLES.map((role) => ({ project: 'p', role, member: 'serviceAccount:x@p.iam.gserviceaccount.com' })),
});
