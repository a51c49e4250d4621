import { isObject } from '../../../core/is-object';
import { LogError, type LoggedAccess } from '../logged-access';
import { fieldAt, objectsAt, textAt, type Entry } from './fields';
import { callerChain, podPool } from './google-callers';
import { googleTargets } from './google-targets';
import { gkeCall } from './gke-call';

const AUDIT = /cloudaudit\.googleapis\.com(?:%2F|\/)(activity|data_access|system_event|policy)$/;

/** `google.rpc.Code` of a request without the permission. */
const PERMISSION_DENIED = 7;

/**
 * Calls in entries of Cloud Audit Logs, as `gcloud logging read --format=json` prints them, or one entry a line.
 * https://cloud.google.com/logging/docs/audit/understanding-audit-logs
 * @param file name of the file, for messages
 * @param values entries of the file
 * @throws LogError if a value is not an entry of an audit log
 */
export function googleAuditCalls(file: string, values: readonly unknown[]): readonly LoggedAccess[] {
  return values.flatMap((value) => entriesOf(value, file)).flatMap(accessesOf);
}

function entriesOf(value: unknown, file: string): readonly Entry[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown) => entriesOf(each, file));
  if (isObject(value) && AUDIT.test(textAt(value, 'logName')) && isObject(value.protoPayload)) return [value];
  throw new LogError(
    `${file} must have entries of Cloud Audit Logs with protoPayload (got ${JSON.stringify(value).slice(0, 60)}). Use "gcloud logging read FILTER --format=json".`,
  );
}

/** One call for each permission that the service checked. */
function accessesOf(entry: Entry): readonly LoggedAccess[] {
  const payload = fieldAt(entry, 'protoPayload');
  const log = AUDIT.exec(textAt(entry, 'logName'))?.[1] ?? '';
  // Google writes system events about its own actions.
  if (log === 'system_event') return [];
  const service = textAt(payload, 'serviceName');
  const isDenied = fieldAt(payload, 'status', 'code') === PERMISSION_DENIED;
  const pool = podPool(payload);
  const common = {
    log: 'google' as const,
    callers: callerChain(payload),
    time: textAt(entry, 'timestamp') || textAt(entry, 'receiveTimestamp'),
    source: `${service} ${log}`,
    isOfSystem: false,
    ...(pool !== undefined && { pool }),
  };
  const checks = objectsAt(payload, 'authorizationInfo').filter(
    (check) => textAt(check, 'permission') !== '',
  );
  const resourceName = textAt(payload, 'resourceName');
  if (service === 'k8s.io') return [gkeCall(entry, { ...common, isAllowed: !isDenied })];
  if (checks.length === 0) {
    const permission = permissionOf(textAt(payload, 'methodName'));
    return [{ ...common, ...googleTargets(entry, service, resourceName), permission, isAllowed: !isDenied }];
  }
  return checks.map((check) => ({
    ...common,
    ...googleTargets(entry, service, textAt(check, 'resource') || resourceName),
    permission: textAt(check, 'permission'),
    isAllowed: !isDenied && fieldAt(check, 'granted') === true,
  }));
}

/** Permissions of calls whose entries have no permission. A token exchange needs none. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  GenerateAccessToken: 'iam.serviceAccounts.getAccessToken',
  GenerateIdToken: 'iam.serviceAccounts.getOpenIdToken',
  SignBlob: 'iam.serviceAccounts.signBlob',
  SignJwt: 'iam.serviceAccounts.signJwt',
  ExchangeToken: 'sts.identity.exchange',
};

function permissionOf(methodName: string): string {
  return PERMISSIONS[methodName.replace(/^.*\./, '')] ?? methodName;
}
