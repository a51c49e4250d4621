import { AUDIT_LOGS } from '../../logs/audit-logs';
import type { CallerTest } from '../../logs/caller-tests';
import type { AuditQueryOptions } from './audit-queries';
import { loggingPattern, loggingText } from './literals';

/** Filter of Cloud Logging for the calls of callers. */
export function googleCalls(tests: readonly CallerTest[], { runId }: AuditQueryOptions): string {
  const callers = tests.map(({ field, operator, value }) => {
    const test = operator === 'equals' ? `=${loggingText(value)}` : `=~${loggingPattern(value)}`;
    return `protoPayload.authenticationInfo.${field}${test}`;
  });
  return [
    `(${AUDIT_LOGS})`,
    `AND (${callers.join('\n  OR ')})`,
    ...(runId === undefined ? [] : [ofRun(runId)]),
  ].join('\n');
}

/** Places of the run id: request reason and user agent of a call, session of a token exchange, label of a Job. */
function ofRun(runId: string): string {
  const text = loggingText(runId);
  const fields = [
    'protoPayload.requestMetadata.requestAttributes.reason',
    'protoPayload.requestMetadata.callerSuppliedUserAgent',
    'protoPayload.authenticationInfo.principalSubject',
    'protoPayload.request.metadata.labels."cdktf-multicloud.dev/execution"',
  ];
  return `AND (${fields.map((field) => `${field}:${text}`).join('\n  OR ')})`;
}
