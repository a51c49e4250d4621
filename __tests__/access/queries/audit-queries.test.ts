import fc from 'fast-check';
import { accessGraph } from '../../../lib/access/access-graph';
import { auditQueries } from '../../../lib/access/queries/audit-queries';
import { athenaText, bigQueryText, loggingPattern, loggingText } from '../../../lib/access/queries/literals';
import { readSynthesizedStack } from '../../../lib/model';
import { run } from '../../examples/run';
import { auditEntry } from '../../logs/entries';
import { matchesQuery } from '../../logs/logging-query';
import { graphOf, policy } from '../graph/graph-of';
import { bucketEntry, entries } from '../observed/etl-logs';

const graph = accessGraph({
  stacks: Object.entries(run('step-functions-etl')).map(([name, configuration]) =>
    readSynthesizedStack(configuration, { name }),
  ),
});
const RUN = '7b0e7f3c-0000-4000-8000-000000000001';
const textOf = (identity: string, language: string, runId?: string) =>
  auditQueries(graph, identity, runId === undefined ? {} : { runId }).find(
    (each) => each.language === language,
  )!.text;

// Index of the entries of an execution that each identity makes.
test.each<[string, number[]]>([
  ['etl-gke', [1]],
  ['etl-gke-jobs@etl-prod.iam.gserviceaccount.com', [2]],
  ['etl/etl', [3]],
])('the filter of %s finds its calls and no others', (identity, expected) => {
  const filter = textOf(identity, 'cloud-logging');
  const found = entries.flatMap((entry, index) => (matchesQuery(filter, entry) ? [index] : []));
  expect(found).toEqual(expected);
  expect(matchesQuery(filter, bucketEntry({}, { principalEmail: 'ada@example.com' }))).toBe(false);
});

test('the filter of a service account has its calls of the Kubernetes API', () => {
  const entry = auditEntry(
    'data_access',
    { serviceName: 'k8s.io', methodName: 'io.k8s.core.v1.pods.list' },
    { principalEmail: 'system:serviceaccount:etl:etl' },
  );
  expect(matchesQuery(textOf('etl/etl', 'cloud-logging'), entry)).toBe(true);
});

test('the filter of a run finds the calls of the run', () => {
  const filter = textOf('etl-gke', 'cloud-logging', RUN);
  expect(matchesQuery(filter, entries[1])).toBe(true);
  expect(matchesQuery(textOf('etl-gke', 'cloud-logging', 'another'), entries[1])).toBe(false);
});

test('a function has the query of its role', () => {
  const queries = auditQueries(graph, 'aws.function/etl-gke-jobs', { runId: RUN });
  expect(queries.map(({ language }) => language)).toEqual(['athena']);
  expect(queries[0]!.text)
    .toBe(`SELECT eventtime, eventsource, eventname, useridentity.arn, sourceipaddress, errorcode,
  json_extract_scalar(requestparameters, '$.roleSessionName') AS session
FROM cloudtrail_logs
WHERE ((useridentity.type = 'AssumedRole' AND useridentity.sessioncontext.sessionissuer.username = 'etl-gke-jobs'))
  AND (split_part(useridentity.arn, '/', 3) = '${RUN}'
  OR json_extract_scalar(requestparameters, '$.roleSessionName') = '${RUN}'
  OR json_extract_scalar(requestparameters, '$.name') = '${RUN}')
ORDER BY eventtime`);
});

test('BigQuery has both audit logs of a sink', () => {
  const select = (
    table: string,
  ) => `SELECT timestamp, protopayload_auditlog.serviceName, protopayload_auditlog.methodName, protopayload_auditlog.resourceName,
  protopayload_auditlog.authenticationInfo.principalEmail, protopayload_auditlog.authenticationInfo.principalSubject,
  protopayload_auditlog.requestMetadata.requestAttributes.reason, protopayload_auditlog.status.code
FROM \`PROJECT.DATASET.cloudaudit_googleapis_com_${table}\`
WHERE (protopayload_auditlog.authenticationInfo.principalEmail = 'etl-gke-jobs@etl-prod.iam.gserviceaccount.com')
  AND (STRPOS(protopayload_auditlog.requestMetadata.requestAttributes.reason, 'run-1') > 0
  OR STRPOS(protopayload_auditlog.requestMetadata.callerSuppliedUserAgent, 'run-1') > 0
  OR STRPOS(protopayload_auditlog.authenticationInfo.principalSubject, 'run-1') > 0)`;
  expect(textOf('etl-gke-jobs@etl-prod.iam.gserviceaccount.com', 'bigquery', 'run-1')).toBe(
    `${select('activity')}\nUNION ALL\n${select('data_access')}\nORDER BY timestamp`,
  );
});

test('an identity that no log has under its name has no query', () => {
  const unknown = graphOf({
    google_project_iam_member: {
      x: { project: 'p', role: 'roles/viewer', member: 'deleted:user:a@b.c?uid=1' },
    },
  });
  expect(auditQueries(unknown, 'deleted:user:a@b.c?uid=1')).toEqual([]);
  expect(() => auditQueries(unknown, 'nobody')).toThrow(
    /^identity must be a node of the access graph \(got "nobody"\)/,
  );
});

describe('a hostile name', () => {
  const name = `x' OR '1'='1" OR protoPayload.x:* \\`;
  const hostile = graphOf({
    aws_iam_role: { x: { name, assume_role_policy: policy() } },
    google_project_iam_member: {
      x: { project: 'p', role: 'roles/viewer', member: `user:${name}@example.com` },
    },
  });

  test('is one literal of the filter', () => {
    const filter = auditQueries(hostile, `user:${name}@example.com`, { runId: name })[0]!.text;
    const entry = (principalEmail: string) =>
      auditEntry('activity', { requestMetadata: { callerSuppliedUserAgent: 'curl' } }, { principalEmail });
    expect(matchesQuery(filter, entry('ada@example.com'))).toBe(false);
  });

  test('is one literal of Athena', () => {
    const { text } = auditQueries(hostile, name).find(({ language }) => language === 'athena')!;
    expect(text).toContain(`username = 'x'' OR ''1''=''1" OR protoPayload.x:* \\')`);
  });
});

/** What remains of a text after its literals are removed. */
const LITERALS: readonly [string, (text: string) => string, RegExp][] = [
  ['Cloud Logging', loggingText, /"(?:[^"\\\n]|\\.)*"/g],
  [
    'a pattern of Cloud Logging',
    (text) => loggingPattern(text.replace(/\\/g, '\\\\')),
    /"(?:[^"\\\n]|\\.)*"/g,
  ],
  ['BigQuery', bigQueryText, /'(?:[^'\\\n]|\\.)*'/g],
  ['Athena', athenaText, /(?:U&)?'(?:[^']|'')*'/g],
];

test.each(LITERALS)('any text is one literal of %s', (_, literal, form) => {
  const hidden = fc.constantFrom('"', "'", '\\', '\n', '\r', '\u0000', '\u202e', '`', '--', ' OR ', 'x');
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(hidden).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const found = literal(text);
      expect(found.replace(form, '')).toBe('');
      // eslint-disable-next-line no-control-regex -- control characters are what must not be in a literal
      expect(found).not.toMatch(/[\u0000-\u001f\u202e]/);
    }),
    { numRuns: 2_000 },
  );
});
