import { rule } from '../../rule';
import { Subject } from '../../subject';
import { fail, pass } from '../../verdict';

const SERVICES = ['aiplatform.googleapis.com', 'allServices'];
const TYPES = [
  'google_project_iam_audit_config',
  'google_folder_iam_audit_config',
  'google_organization_iam_audit_config',
];

const endpoint = {
  google_vertex_ai_endpoint: {
    x: { name: '1', project: 'p', display_name: 'shelf', location: 'us-central1' },
  },
};
const config = (service: string) => ({
  google_project_iam_audit_config: {
    x: { project: 'p', service, audit_log_config: [{ log_type: 'DATA_READ' }] },
  },
});

/** Endpoints whose predictions leave no log. */
export const auditConfig = rule(['google_vertex_ai_endpoint', 'google_vertex_ai_endpoint_iam_member'], {
  id: 'VTX007',
  title: 'Predictions without an audit log',
  severity: 'warning',
  why: 'Data access logs are off by default: no log shows which identity asked which endpoint.',
  fix: 'Add google_project_iam_audit_config for aiplatform.googleapis.com with DATA_READ.',
  controls: ['CIS GCP 2.1', 'SOC 2 CC7.2', 'ISO 27001 A.8.15'],
  check: (resource) => {
    const project = resource.value('project').text;
    const found = resource.index
      .ofType(...TYPES)
      .map((each) => new Subject(each, resource.index))
      .some(
        (each) =>
          SERVICES.includes(each.value('service').text) &&
          (!each.value('project').isPresent || project === '' || each.value('project').text === project) &&
          each.blocks('audit_log_config').some((log) => log.value('log_type').text === 'DATA_READ'),
      );
    return found
      ? pass
      : fail('No audit configuration of the stacks logs reads of Vertex AI in the project.');
  },
  passes: [
    { resource: { ...endpoint, ...config('aiplatform.googleapis.com') } },
    { resource: { ...endpoint, ...config('allServices') } },
  ],
  fails: [{ resource: endpoint }, { resource: { ...endpoint, ...config('storage.googleapis.com') } }],
});
