import type { DeploymentSource } from './training-trigger-props';

/** A regular expression that matches the text and nothing else, within the quotes of a filter. */
function literally(text: string): string {
  return text.replaceAll('.', '\\.');
}

/**
 * Filter of Cloud Logging for audit log entries of GKE: Deployments with these labels were created or changed. Updates of
 * status and scale by controllers are other methods.
 * https://cloud.google.com/kubernetes-engine/docs/how-to/audit-logging
 */
export function deploymentFilter({ cluster, namespace, labels }: DeploymentSource): string {
  return [
    'log_id("cloudaudit.googleapis.com/activity")',
    'resource.type="k8s_cluster"',
    `resource.labels.project_id="${cluster.project.id}"`,
    `resource.labels.location="${cluster.location}"`,
    `resource.labels.cluster_name="${cluster.name}"`,
    'protoPayload.methodName=~"^io\\.k8s\\.apps\\.v1\\.deployments\\.(create|update|patch)$"',
    `protoPayload.resourceName=~"^apps/v1/namespaces/${literally(namespace)}/deployments/[^/]+$"`,
    ...Object.entries(labels).map(
      ([key, value]) => `protoPayload.response.metadata.labels."${key}"="${value}"`,
    ),
  ].join('\n');
}
