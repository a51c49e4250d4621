import { rule } from '../../rule';
import { pass, when } from '../../verdict';
import { ofEachGrant, PROJECT_GRANTS } from '../google-iam/grants';

const grant = (role: string, expression?: string) => ({
  project: 'p',
  role,
  member: 'serviceAccount:x@p.iam.gserviceaccount.com',
  ...(expression !== undefined && { condition: { title: 'c', expression } }),
});

/** Conditions on names of Vertex AI resources. */
export const resourceNameCondition = rule(PROJECT_GRANTS, {
  id: 'VTX002',
  title: 'Condition on the name of a Vertex AI resource',
  severity: 'error',
  why: 'Vertex AI does not evaluate resource.name, so that the condition never holds and every call is denied.',
  fix: 'Grant the role on the endpoint, or use a tag or a time in the condition.',
  check: (resource) =>
    ofEachGrant(resource, ({ subject, role }) => {
      const expression = subject.value('condition.expression');
      const isOfVertex = /aiplatform/i.test(role.outline);
      if (!expression.isPresent || (!isOfVertex && role.identity !== undefined)) return pass;
      return when(
        isOfVertex ? pass : role.unknown(),
        expression.satisfies('not use resource.name', (text) => !/\bresource\.name\b/.test(String(text))),
      );
    }),
  passes: [
    grant('roles/aiplatform.user', 'request.time < timestamp("2027-01-01T00:00:00Z")'),
    grant('roles/storage.objectViewer', "resource.name.startsWith('projects/_/buckets/b')"),
  ],
  fails: [grant('roles/aiplatform.user', "resource.name.endsWith('/endpoints/1')")],
});
