/*
 * Filters of Cloud Logging for what an auditor asks. What each log says:
 * https://cloud.google.com/logging/docs/audit, https://cloud.google.com/vertex-ai/docs/general/audit-logging
 */

/** Audit logs of both kinds that the trail keeps: what was changed, and who read what. */
export const AUDIT_LOGS = [
  'log_id("cloudaudit.googleapis.com/activity")',
  'OR log_id("cloudaudit.googleapis.com/data_access")',
  'OR log_id("cloudaudit.googleapis.com/system_event")',
  'OR log_id("cloudaudit.googleapis.com/policy")',
].join(' ');

/** Something was refused for want of a permission. */
export const ACCESS_DENIED = `(${AUDIT_LOGS}) AND protoPayload.status.code=7`;

/** A key of a service account was made or uploaded. */
export const KEY_CREATED =
  'log_id("cloudaudit.googleapis.com/activity") AND protoPayload.methodName=~"\\.(CreateServiceAccountKey|UploadServiceAccountKey)$"';

const PREDICTED =
  'log_id("cloudaudit.googleapis.com/data_access") AND protoPayload.serviceName="aiplatform.googleapis.com" AND protoPayload.methodName=~"PredictionService\\."';

/**
 * Somebody asked Vertex AI for predictions to whom the app gave no access.
 * @param members IAM members that have it
 */
export function unexpectedPrediction(members: readonly string[]): string {
  const known = members.flatMap(namesInLogs);
  return known.length === 0 ? PREDICTED : `${PREDICTED} AND NOT (${known.join(' OR ')})`;
}

/**
 * How a member stands in the log. A direct principal is `principalSubject`, and for GKE may still be in the older
 * form `serviceAccount:POOL[NAMESPACE/NAME]`, so both are looked for.
 */
function namesInLogs(member: string): string[] {
  const info = 'protoPayload.authenticationInfo';
  const account = /^serviceAccount:(.+)$/.exec(member);
  if (account) return [`${info}.principalEmail="${account[1]}"`];
  const pod = /workloadIdentityPools\/([^/]+)\/subject\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(member);
  if (pod) {
    const [, pool, namespace, name] = pod;
    return [
      `${info}.principalSubject="${member}"`,
      `${info}.principalSubject="serviceAccount:${pool}[${namespace}/${name}]"`,
    ];
  }
  return [`${info}.principalSubject="${member}"`];
}
