import type { CheckedValue } from '../../checked-value';
import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import { any, every, fail, isUnknown, pass, type Verdict } from '../../verdict';
import { grantTypes, policyOf } from '../google-iam/grants';

const SERVICES = ['aiplatform.googleapis.com', 'allServices'];
const SCOPES = ['project', 'folder', 'organization'];
const CONFIGS = SCOPES.map((scope) => `google_${scope}_iam_audit_config`);
const POLICIES = SCOPES.map((scope) => `google_${scope}_iam_policy`);

const endpoint = {
  google_vertex_ai_endpoint: {
    x: { name: '1', project: 'p', display_name: 'shelf', location: 'us-central1' },
  },
};
const policy = (service: string) => ({
  google_project_iam_policy: {
    x: {
      project: 'p',
      policy_data: JSON.stringify({
        auditConfigs: [{ service, auditLogConfigs: [{ logType: 'DATA_READ' }] }],
      }),
    },
  },
});
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
  const subjects = (types: readonly string[]) =>
    index.ofType(...types).map((each) => new Subject(each, index));
  const resources = subjects(CONFIGS).map((each) => ({
    logs: logsReads(each.value('service'), each.blocks('audit_log_config'), 'log_type'),
    project: each.value('project'),
  }));
  const policies = subjects(POLICIES).map((each) => ({
    logs: policyLogs(each),
    project: each.value('project'),
  }));
  return [...resources, ...policies].filter(({ logs }) => logs.verdict !== 'fail');
}

const NO_READS = fail('The configuration logs no reads.');

function logsReads(service: CheckedValue, logs: readonly Subject[], type: string): Verdict {
  return every(service.is(...SERVICES), any(NO_READS, ...logs.map((log) => log.value(type).is('DATA_READ'))));
}

/** Passes if a policy of a project, a folder or an organization logs reads of Vertex AI. */
function policyLogs(resource: Subject): Verdict {
  const policy = policyOf(resource);
  if (isUnknown(policy)) return policy;
  const configs = policy.blocks('auditConfigs');
  return any(
    NO_READS,
    ...configs.map((each) => logsReads(each.value('service'), each.blocks('auditLogConfigs'), 'logType')),
  );
}

/** Endpoints whose predictions leave no log. */
export const auditConfig = rule(['google_vertex_ai_endpoint', ...grantTypes('vertex_ai_endpoint')], {
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
    { resource: { ...endpoint, ...policy('allServices') } },
  ],
  fails: [
    { resource: endpoint },
    { resource: { ...endpoint, ...config('storage.googleapis.com') } },
    { resource: { ...endpoint, ...policy('storage.googleapis.com') } },
  ],
});

/** Passes if two resources are in one project. Without an argument, the project is that of the provider. */
function isSameProject(one: CheckedValue, other: CheckedValue): Verdict {
  if (!one.isPresent || !other.isPresent) return pass;
  if (one.identity === undefined || other.identity === undefined) return one.unknown();
  return one.identity === other.identity ? pass : other.must('be the same project');
}
