import type { CheckedValue } from '../../checked-value';
import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import { any, every, fail, pass, type Verdict } from '../../verdict';

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

interface Configuration {
  /** Passes if reads of Vertex AI are logged. */
  readonly logs: Verdict;
  /** Project of the configuration. */
  readonly project: CheckedValue;
}

function configurationsOf(index: ResourceIndex): readonly Configuration[] {
  const none = fail('The configuration logs no reads.');
  return index
    .ofType(...TYPES)
    .map((each) => new Subject(each, index))
    .map((each) => ({
      logs: every(
        each.value('service').is(...SERVICES),
        any(none, ...each.blocks('audit_log_config').map((log) => log.value('log_type').is('DATA_READ'))),
      ),
      project: each.value('project'),
    }))
    .filter(({ logs }) => logs.verdict !== 'fail');
}

/** Endpoints whose predictions leave no log. */
export const auditConfig = rule(['google_vertex_ai_endpoint', 'google_vertex_ai_endpoint_iam_member'], {
  id: 'VTX007',
  title: 'Predictions without an audit log',
  severity: 'warning',
  why: 'Data access logs are off by default: no log shows which identity asked which endpoint.',
  fix: 'Add google_project_iam_audit_config for aiplatform.googleapis.com with DATA_READ.',
  controls: ['CIS GCP 2.1', 'SOC 2 CC7.2', 'ISO 27001 A.8.15'],
  check: (resource) => {
    const project = resource.value('project');
    const missing = fail('No audit configuration of the stacks logs reads of Vertex AI in the project.');
    const configurations = resource.index.derive('audit logs of Vertex AI', configurationsOf);
    return any(
      missing,
      ...configurations.map((each) => every(each.logs, isSameProject(project, each.project))),
    );
  },
  passes: [
    { resource: { ...endpoint, ...config('aiplatform.googleapis.com') } },
    { resource: { ...endpoint, ...config('allServices') } },
  ],
  fails: [{ resource: endpoint }, { resource: { ...endpoint, ...config('storage.googleapis.com') } }],
});

/** Passes if two resources are in one project. Without an argument, the project is that of the provider. */
function isSameProject(one: CheckedValue, other: CheckedValue): Verdict {
  if (!one.isPresent || !other.isPresent) return pass;
  if (one.identity === undefined || other.identity === undefined) return one.unknown();
  return one.identity === other.identity ? pass : other.must('be the same project');
}
