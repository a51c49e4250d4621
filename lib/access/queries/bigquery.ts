import type { CallerTest } from '../../logs/caller-tests';
import type { AuditQueryOptions } from './audit-queries';
import { bigQueryText } from './literals';

const PAYLOAD = 'protopayload_auditlog';

/** Tables of a sink, one for each audit log. https://cloud.google.com/logging/docs/export/bigquery */
const TABLES = ['activity', 'data_access'];

/** Query of BigQuery for the calls of callers, over a sink with audit logs. */
export function bigQueryCalls(tests: readonly CallerTest[], { runId }: AuditQueryOptions): string {
  const callers = tests.map(({ field, operator, value }) => {
    const name = `${PAYLOAD}.authenticationInfo.${field}`;
    const text = bigQueryText(value);
    return operator === 'equals' ? `${name} = ${text}` : `REGEXP_CONTAINS(${name}, ${text})`;
  });
  const selects = TABLES.map((table) =>
    [
      `SELECT timestamp, ${PAYLOAD}.serviceName, ${PAYLOAD}.methodName, ${PAYLOAD}.resourceName,`,
      `  ${PAYLOAD}.authenticationInfo.principalEmail, ${PAYLOAD}.authenticationInfo.principalSubject,`,
      `  ${PAYLOAD}.requestMetadata.requestAttributes.reason, ${PAYLOAD}.status.code`,
      `FROM \`PROJECT.DATASET.cloudaudit_googleapis_com_${table}\``,
      `WHERE (${callers.join('\n  OR ')})`,
      ...(runId === undefined ? [] : [ofRun(runId)]),
    ].join('\n'),
  );
  return `${selects.join('\nUNION ALL\n')}\nORDER BY timestamp`;
}

function ofRun(runId: string): string {
  const text = bigQueryText(runId);
  const fields = [
    `${PAYLOAD}.requestMetadata.requestAttributes.reason`,
    `${PAYLOAD}.requestMetadata.callerSuppliedUserAgent`,
    `${PAYLOAD}.authenticationInfo.principalSubject`,
  ];
  return `  AND (${fields.map((field) => `STRPOS(${field}, ${text}) > 0`).join('\n  OR ')})`;
}
