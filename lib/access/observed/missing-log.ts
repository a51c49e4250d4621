import type { AccessEdge } from '../graph/edge';
import { eventSourceOf, eventTypeOf } from './logs/aws-actions';

/**
 * Cause for which the logs cannot show that a permission was not used; `undefined` if they can.
 * @param sources logs of the input, each with the services and the types of its calls
 */
export function missingLog(
  edge: AccessEdge,
  permission: string,
  sources: ReadonlySet<string>,
): string | undefined {
  const system = edge.to.split('.')[0];
  if (system === 'kubernetes') return kubernetesLog(permission, sources);
  return system === 'google' ? googleLog(permission, sources) : awsLog(edge, permission, sources);
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html */
function awsLog({ role }: AccessEdge, permission: string, sources: ReadonlySet<string>): string | undefined {
  if (!sources.has('cloudtrail')) return 'No log of CloudTrail is in the input.';
  if (role !== undefined) return undefined;
  const type = eventTypeOf(permission);
  if (type === 'never') return `CloudTrail does not record ${permission}.`;
  const source = eventSourceOf(permission);
  if (type === 'management' || sources.has(`cloudtrail ${source} data`)) return undefined;
  return `No data event of ${source} is in the input. The trail must select data events of the service.`;
}

/** https://cloud.google.com/logging/docs/audit/configure-data-access */
function googleLog(permission: string, sources: ReadonlySet<string>): string | undefined {
  if (!sources.has('google')) return 'No audit log of Google Cloud is in the input.';
  const service =
    permission.replace(/^(?:projects\/[^/]+\/|organizations\/[^/]+\/)?roles\//, '').split('.')[0] ?? '';
  const isBasic = permission.startsWith('roles/') && !permission.slice('roles/'.length).includes('.');
  const host = `${HOSTS[service] ?? service}.googleapis.com`;
  if (isBasic || sources.has(`google ${host} data_access`)) return undefined;
  return `No Data Access entry of ${host} is in the input. Enable DATA_READ and DATA_WRITE, and ADMIN_READ for IAM.`;
}

/** Services whose permissions have another prefix than their host. */
const HOSTS: Readonly<Record<string, string>> = {
  artifactregistry: 'artifactregistry',
  cloudsql: 'sqladmin',
  iam: 'iamcredentials',
  resourcemanager: 'cloudresourcemanager',
};

/** The policy of an API server can omit reads; GKE writes reads to the Data Access log. */
function kubernetesLog(permission: string, sources: ReadonlySet<string>): string | undefined {
  const hasCluster = [...sources].some((each) => each === 'kubernetes' || each.startsWith('google k8s.io '));
  if (!hasCluster) return 'No audit log of a cluster is in the input.';
  const isRead = /^(?:get|list|watch) /.test(permission);
  if (!isRead || sources.has('kubernetes read') || sources.has('google k8s.io data_access')) return undefined;
  return 'No read of a cluster is in the input. The audit policy must record get, list and watch.';
}
