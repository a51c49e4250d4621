import type { AuditQueryOptions } from './audit-queries';
import { athenaText } from './literals';

/** Caller of AWS: the type of `userIdentity`, and its name there. */
export interface AwsCaller {
  /** Type of `userIdentity`. */
  readonly type: 'AssumedRole' | 'IAMUser' | 'AWSService' | 'WebIdentityUser';
  /** Name of the role or the user, host of the service, or subject of the token. */
  readonly name: string;
}

/** Fields with the name. Athena has column names in lower case. */
const NAMES: Readonly<Record<AwsCaller['type'], string>> = {
  AssumedRole: 'useridentity.sessioncontext.sessionissuer.username',
  IAMUser: 'useridentity.username',
  AWSService: 'useridentity.invokedby',
  WebIdentityUser: 'useridentity.username',
};

/**
 * Query of Athena for the calls of callers, over a table of CloudTrail.
 * https://docs.aws.amazon.com/athena/latest/ug/cloudtrail-logs.html
 */
export function awsSessions(callers: readonly AwsCaller[], { runId }: AuditQueryOptions): string {
  const tests = callers.map(
    ({ type, name }) => `(useridentity.type = ${athenaText(type)} AND ${NAMES[type]} = ${athenaText(name)})`,
  );
  return [
    'SELECT eventtime, eventsource, eventname, useridentity.arn, sourceipaddress, errorcode,',
    "  json_extract_scalar(requestparameters, '$.roleSessionName') AS session",
    'FROM cloudtrail_logs',
    `WHERE (${tests.join('\n  OR ')})`,
    ...(runId === undefined ? [] : [ofRun(runId)]),
    'ORDER BY eventtime',
  ].join('\n');
}

/** Places of the run id: name of the session, of a session that is requested, and of an execution that is started. */
function ofRun(runId: string): string {
  const text = athenaText(runId);
  return [
    `  AND (split_part(useridentity.arn, '/', 3) = ${text}`,
    `  OR json_extract_scalar(requestparameters, '$.roleSessionName') = ${text}`,
    `  OR json_extract_scalar(requestparameters, '$.name') = ${text})`,
  ].join('\n');
}
