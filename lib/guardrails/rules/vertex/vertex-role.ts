import { rule } from '../../rule';
import { all, pass, type Verdict } from '../../verdict';
import { isWorkload, membersOf, WIDE_GRANTS } from '../google-iam/members';

const ROLES = ['roles/aiplatform.admin', 'roles/aiplatform.editor', 'roles/aiplatform.user'];

/** Predefined roles of Vertex AI with hundreds of permissions. */
export const vertexRole = rule(WIDE_GRANTS, {
  id: 'VTX001',
  title: 'Predefined role of Vertex AI for a workload',
  severity: 'error',
  why: 'roles/aiplatform.user has over 400 permissions: the workload can read, train and delete every model.',
  fix: 'Use a custom role with the permissions of the capability, on the endpoint where that is possible.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (grant) => {
    const role = grant.value('role').isNot(...ROLES);
    if (role.verdict === 'pass') return pass;
    return all(
      ...membersOf(grant).map((member): Verdict => {
        const workload = isWorkload(member);
        if (workload === false) return pass;
        return workload === undefined ? member.unknown() : role;
      }),
    );
  },
  passes: [
    { project: 'p', role: 'roles/aiplatform.user', member: 'group:data-science@example.com' },
    { project: 'p', role: 'roles/aiplatform.viewer', member: 'serviceAccount:x@p.iam.gserviceaccount.com' },
  ],
  fails: ROLES.map((role) => ({ project: 'p', role, member: 'serviceAccount:x@p.iam.gserviceaccount.com' })),
});
