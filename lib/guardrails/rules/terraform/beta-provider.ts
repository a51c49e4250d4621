import { rule } from '../../rule';
import { fail, pass } from '../../verdict';

/** Resource types that only google-beta has (google 6.50 to 8.7). */
const TYPES = [
  'google_project_service_identity',
  'google_vertex_ai_endpoint_iam_binding',
  'google_vertex_ai_endpoint_iam_member',
  'google_vertex_ai_endpoint_iam_policy',
];

/** Beta resources with the provider that does not have them. */
export const betaProvider = rule(TYPES, {
  id: 'TFM002',
  title: 'Beta resource with the provider google',
  severity: 'error',
  why: 'Terraform rejects the configuration: the provider google has no such resource.',
  fix: 'Pass a provider google-beta to the resource.',
  check: ({ resource }) =>
    resource.provider.name === 'google' && !resource.provider.source.endsWith('google-beta')
      ? fail('The resource has no provider google-beta.', { property: 'provider' })
      : pass,
  passes: [{ project: 'p', service: 'aiplatform.googleapis.com', provider: 'google-beta' }],
  fails: [{ project: 'p', service: 'aiplatform.googleapis.com' }],
});
