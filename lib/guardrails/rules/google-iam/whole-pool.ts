import { rule } from '../../rule';
import { pass } from '../../verdict';
import { GRANTS, ofEachGrant } from './grants';

const WHOLE_POOL = /^principalSet:\/\/.*\/workloadIdentityPools\/[^/]+\/\*$/;

/** Grants to every identity of a pool. */
export const wholePool = rule(GRANTS, {
  id: 'GCP008',
  title: 'Access for every identity of a workload identity pool',
  severity: 'error',
  why: 'Each provider that is added to the pool, and each token that it accepts, gets the access.',
  fix: 'Name a subject (principal://…/subject/…) or an attribute (principalSet://…/attribute.NAME/VALUE).',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15'],
  check: (resource) =>
    ofEachGrant(resource, ({ members }) =>
      members.map((member) => {
        if (WHOLE_POOL.test(member.outline)) return member.must('name a subject or an attribute of the pool');
        return member.value === undefined || member.outline === '…' ? member.unknown() : pass;
      }),
    ),
  passes: [
    'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/subject/repo',
    'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/attribute.aws_role/x',
  ].map((member) => ({
    resource: { google_project_iam_member: { x: { project: 'p', role: 'roles/logging.viewer', member } } },
  })),
  fails: [
    'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*',
    'principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.ci.name}/workloadIdentityPools/ci/*',
  ].map((member) => ({
    resource: { google_project_iam_member: { x: { project: 'p', role: 'roles/logging.viewer', member } } },
  })),
});
