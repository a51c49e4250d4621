import { AUDIT_LOGS } from '../logs/audit-logs';
import { callerConditions } from '../logs/caller-tests';

/*
 * Filters of Cloud Logging. Contents of the logs:
 * https://cloud.google.com/logging/docs/audit, https://cloud.google.com/vertex-ai/docs/general/audit-logging
 */

/** A request was denied because of a missing permission. */
export const ACCESS_DENIED = `(${AUDIT_LOGS}) AND protoPayload.status.code=7`;

/** A service account key was created or uploaded. A denied request created no key. */
export const KEY_CREATED =
  'log_id("cloudaudit.googleapis.com/activity") AND protoPayload.methodName=~"\\.(CreateServiceAccountKey|UploadServiceAccountKey)$" AND NOT protoPayload.status.code>0';

const PREDICTED =
  'log_id("cloudaudit.googleapis.com/data_access") AND protoPayload.serviceName="aiplatform.googleapis.com" AND protoPayload.methodName=~"PredictionService\\."';

/**
 * An identity without a grant of the app requested predictions of Vertex AI.
 * @param members IAM members with a grant
 */
export function unexpectedPrediction(members: readonly string[]): string {
  const known = members.flatMap(callerConditions);
  return known.length === 0 ? PREDICTED : `${PREDICTED} AND NOT (${known.join(' OR ')})`;
}
