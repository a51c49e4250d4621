import { rule } from '../../rule';
import { every, fail, pass, when } from '../../verdict';
import { customRolesWith, isOneOf } from './custom-roles';

const PREDICT = 'aiplatform.endpoints.predict';

const role = {
  google_project_iam_custom_role: { predict: { project: 'p', role_id: 'predict', permissions: [PREDICT] } },
};
const member = (extra: object) => ({
  google_project_iam_member: {
    x: {
      project: 'p',
      role: '${google_project_iam_custom_role.predict.id}',
      member: 'serviceAccount:x@p.iam.gserviceaccount.com',
      ...extra,
    },
  },
});

/** Predictions with every endpoint of a project, without a stated reason. */
export const widePrediction = rule('google_project_iam_member', {
  id: 'VTX003',
  title: 'Predictions with every endpoint of a project without a reason',
  severity: 'warning',
  why: 'The permission on the project covers every endpoint and every model of Google, also later ones.',
  fix: 'Grant it on the endpoint, or record the reason.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15'],
  answeredBy: ['projectWide'],
  check: (grant) => {
    const roles = grant.index.derive('roles that allow predictions', (index) =>
      customRolesWith(index, (permission) => permission === PREDICT),
    );
    if (grant.resource.facts.reason !== undefined) return pass;
    return when(
      every(isOneOf(roles, grant.value('role')), grant.value('condition').isNotSet()),
      fail('The grant covers every endpoint and states no reason.', { property: 'role' }),
    );
  },
  passes: [
    { resource: { ...role, ...member({ '//': { reason: 'ranks the shelf' } }) } },
    { resource: { ...role, ...member({ role: 'roles/logging.logWriter' }) } },
  ],
  fails: [{ resource: { ...role, ...member({}) } }],
});
