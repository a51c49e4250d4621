import type { JobTargetSettings } from '../../lib/contracts/jobs';

/** Page of Cloud Logging with what the containers of a Job wrote. */
export function logsLink({ cluster, namespace }: JobTargetSettings, job: string): string {
  const [, project = '', , location, , name] = cluster.id.split('/');
  const query = [
    'resource.type="k8s_container"',
    `resource.labels.project_id="${project}"`,
    `resource.labels.location="${location}"`,
    `resource.labels.cluster_name="${name}"`,
    `resource.labels.namespace_name="${namespace}"`,
    // Cloud Logging writes the dots of a label's name as underscores.
    `labels."k8s-pod/batch_kubernetes_io/job-name"="${job}"`,
  ].join('\n');
  const page = 'https://console.cloud.google.com/logs/query';
  return `${page};query=${encodeURIComponent(query)}?project=${encodeURIComponent(project)}`;
}
