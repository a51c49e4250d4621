import type { AccessEdge } from '../graph/edge';

/**
 * Projects of Google with the accounts of its services. A customer cannot create a project of such a name.
 * https://cloud.google.com/iam/docs/service-agents
 */
const AGENT =
  /^service-\d+@(?:gcp-sa-[a-z0-9-]+|cloud-filer|cloud-ml\.google\.com|cloud-redis|cloud-tpu|cloudcomposer-accounts|compute-system|container-engine-robot|containerregistry|dataflow-service-producer-prod|dataproc-accounts|endpoints-portal|firebase-rules|gae-api-prod\.google\.com|gcf-admin-robot|remotebuildexecution|serverless-robot-prod|service-networking|sourcerepo-service-accounts)\.iam\.gserviceaccount\.com$/;

const API_ACCOUNT = /^\d+@cloudservices\.gserviceaccount\.com$/;

/** Whether Google grants this role itself: a role for service agents, held by a service agent. */
function isServiceAgentGrant({ from, role = '' }: AccessEdge): boolean {
  const email = from.replace(/^google\.serviceAccount\//, '');
  if (API_ACCOUNT.test(email)) return role === 'roles/editor';
  return AGENT.test(email) && /^roles\/[a-z0-9]+\.(?:serviceAgent|[a-zA-Z0-9]+ServiceAgent)$/.test(role);
}

/** Whether the cloud created the access of an edge without an order of the account. */
export function isCloudMade(edge: AccessEdge, addresses: ReadonlySet<string>): boolean {
  if (edge.to.startsWith('google.')) return isServiceAgentGrant(edge);
  return edge.sources.every(({ stack, address }) => addresses.has(`${stack} ${address}`));
}
