/*
 * Filters of Cloud Logging. Contents of the logs:
 * https://cloud.google.com/logging/docs/audit, https://cloud.google.com/vertex-ai/docs/general/audit-logging
 */

/** Audit logs that the trail keeps. */
export const AUDIT_LOGS = [
  'log_id("cloudaudit.googleapis.com/activity")',
  'OR log_id("cloudaudit.googleapis.com/data_access")',
  'OR log_id("cloudaudit.googleapis.com/system_event")',
  'OR log_id("cloudaudit.googleapis.com/policy")',
].join(' ');

/** A request was denied because of a missing permission. */
export const ACCESS_DENIED = `(${AUDIT_LOGS}) AND protoPayload.status.code=7`;

/** A service account key was created or uploaded. */
export const KEY_CREATED =
  'log_id("cloudaudit.googleapis.com/activity") AND protoPayload.methodName=~"\\.(CreateServiceAccountKey|UploadServiceAccountKey)$"';

const PREDICTED =
  'log_id("cloudaudit.googleapis.com/data_access") AND protoPayload.serviceName="aiplatform.googleapis.com" AND protoPayload.methodName=~"PredictionService\\."';

/**
 * An identity without a grant of the app requested predictions of Vertex AI.
 * @param members IAM members with a grant
 */
export function unexpectedPrediction(members: readonly string[]): string {
  const known = members.flatMap(namesInLogs);
  return known.length === 0 ? PREDICTED : `${PREDICTED} AND NOT (${known.join(' OR ')})`;
}

const CALLER = 'protoPayload.authenticationInfo';

/**
 * Conditions on the caller of a log entry, by which a member is recognized. The subject of a session of an AWS role is
 * `ROLE/SESSION`, by the attribute mapping of the federation. A log names no other set of members, so `group:` and
 * other `principalSet://` members have no condition. Source: `principal_subject` in
 * https://github.com/googleapis/googleapis/blob/master/google/cloud/audit/audit_log.proto
 */
function namesInLogs(member: string): string[] {
  const account = /^serviceAccount:(.+)$/.exec(member);
  if (account) return [`${CALLER}.principalEmail="${account[1]}"`];
  const awsRole = /^principalSet:(\/\/.+)\/attribute\.aws_role\/arn:[^/]+:assumed-role\/([^/]+)$/.exec(
    member,
  );
  if (awsRole) {
    const [, pool, role] = awsRole;
    return [`${CALLER}.principalSubject=~"^principal:${literal(pool)}/subject/${literal(role)}/[^/]+$"`];
  }
  // GKE may use the older form `serviceAccount:POOL[NAMESPACE/NAME]`.
  const pod = /workloadIdentityPools\/([^/]+)\/subject\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(member);
  if (pod) {
    const [, pool, namespace, name] = pod;
    return [
      `${CALLER}.principalSubject="${member}"`,
      `${CALLER}.principalSubject="serviceAccount:${pool}[${namespace}/${name}]"`,
    ];
  }
  return member.startsWith('principal://') ? [`${CALLER}.principalSubject="${member}"`] : [];
}

/** The text as a regular expression that matches this text only. */
function literal(text: string | undefined): string {
  return (text ?? '').replace(/[.+*?^$()[\]{}|\\]/g, '\\$&');
}
