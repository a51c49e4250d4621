import { rule } from '../../rule';
import { every, fail, pass, when } from '../../verdict';
import { ofEachGrant, PROJECT_GRANTS } from '../google-iam/grants';
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
export const widePrediction = rule(PROJECT_GRANTS, {
  id: 'VTX003',
  title: 'Predictions with every endpoint of a project without a reason',
  severity: 'warning',
  why: 'The permission on the project covers every endpoint and every model of Google, also later ones.',
  fix: 'Grant it on the endpoint, or record the reason.',
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.15'],
  answeredBy: ['projectWide'],
  check: (resource) => {
    const roles = resource.index.derive('roles that allow predictions', (index) =>
      customRolesWith(index, (permission) => permission === PREDICT),
    );
    if (resource.resource.facts.reason !== undefined) return pass;
    return ofEachGrant(resource, ({ subject, role: given }) =>
      when(
        every(isOneOf(roles, given), subject.value('condition').isNotSet()),
        fail('The grant covers every endpoint and states no reason.', { property: given.property }),
      ),
    );
  },
  passes: [
    { resource: { ...role, ...member({ '//': { reason: 'ranks the shelf' } }) } },
    { resource: { ...role, ...member({ role: 'roles/logging.logWriter' }) } },
  ],
  fails: [{ resource: { ...role, ...member({}) } }],
});
