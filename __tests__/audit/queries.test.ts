import { ACCESS_DENIED, KEY_CREATED, unexpectedPrediction } from '../../lib/audit/queries';
import { AUDIT_LOGS } from '../../lib/logs/audit-logs';
import { auditEntry, prediction, type AuditLogName, type Caller } from '../logs/entries';
import { matchesQuery } from '../logs/logging-query';

const POOL =
  'iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/my-project.svc.id.goog';
const AWS = 'iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/aws-jobs';
const OTHER = POOL.replace('my-project', 'other-project');
const LOGS: readonly AuditLogName[] = ['activity', 'data_access', 'system_event', 'policy'];

test.each(LOGS)('the sink keeps the audit log %s', (log) => {
  expect(matchesQuery(AUDIT_LOGS, auditEntry(log, {}))).toBe(true);
});

test('the sink keeps no other log', () => {
  expect(matchesQuery(AUDIT_LOGS, { logName: 'projects/my-project/logs/stdout', textPayload: 'x' })).toBe(
    false,
  );
});

test.each(LOGS)('a denied request raises an alert from the log %s', (log) => {
  const entry = (status: object) => auditEntry(log, { methodName: 'storage.objects.get', status });
  // google.rpc.Code: 7 is PERMISSION_DENIED, 5 is NOT_FOUND.
  expect(matchesQuery(ACCESS_DENIED, entry({ code: 7, message: 'PERMISSION_DENIED' }))).toBe(true);
  expect(matchesQuery(ACCESS_DENIED, entry({ code: 5, message: 'NOT_FOUND' }))).toBe(false);
  expect(matchesQuery(ACCESS_DENIED, entry({}))).toBe(false);
});

test('a status of another log raises no alert', () => {
  const entry = { logName: 'projects/my-project/logs/stdout', protoPayload: { status: { code: 7 } } };
  expect(matchesQuery(ACCESS_DENIED, entry)).toBe(false);
});

// https://cloud.google.com/iam/docs/audit-logging/examples-service-accounts#create-key
test.each<[string, object, boolean]>([
  ['google.iam.admin.v1.CreateServiceAccountKey', {}, true],
  ['google.iam.admin.v1.UploadServiceAccountKey', {}, true],
  ['google.iam.admin.v1.CreateServiceAccountKey', { code: 7, message: 'PERMISSION_DENIED' }, false],
  ['google.iam.admin.v1.DeleteServiceAccountKey', {}, false],
  ['google.iam.admin.v1.CreateServiceAccount', {}, false],
])('%s with the status %j creates a key: %s', (methodName, status, expected) => {
  const entry = auditEntry('activity', { serviceName: 'iam.googleapis.com', methodName, status });
  expect(matchesQuery(KEY_CREATED, entry)).toBe(expected);
});

describe('a prediction', () => {
  const stranger = { principalEmail: 'stranger@example.org' };

  test.each(['Predict', 'RawPredict', 'Explain', 'GenerateContent', 'StreamGenerateContent'])(
    'of the method %s raises an alert without a grant',
    (method) => {
      expect(matchesQuery(unexpectedPrediction([]), prediction(stranger, method))).toBe(true);
    },
  );

  test('that was denied raises an alert too', () => {
    const denied = prediction(stranger, 'Predict', { code: 7, message: 'PERMISSION_DENIED' });
    expect(matchesQuery(unexpectedPrediction([]), denied)).toBe(true);
  });

  test('is no other call of Vertex AI', () => {
    const entry = auditEntry('data_access', {
      serviceName: 'aiplatform.googleapis.com',
      methodName: 'google.cloud.aiplatform.v1.ModelService.ListModels',
    });
    expect(matchesQuery(unexpectedPrediction([]), entry)).toBe(false);
  });

  const subject = (principalSubject: string): Caller => ({ principalSubject });
  const email = (principalEmail: string): Caller => ({ principalEmail });

  // Callers that the member allows, then callers that it does not allow and the log can tell apart.
  test.each<[string, readonly Caller[], readonly Caller[]]>([
    [
      'serviceAccount:ranker@my-project.iam.gserviceaccount.com',
      [
        email('ranker@my-project.iam.gserviceaccount.com'),
        {
          principalEmail: 'ranker@my-project.iam.gserviceaccount.com',
          principalSubject: 'serviceAccount:ranker@my-project.iam.gserviceaccount.com',
        },
      ],
      [email('xranker@my-project.iam.gserviceaccount.com'), email('ranker@other.iam.gserviceaccount.com')],
    ],
    ['user:ada@example.com', [email('ada@example.com')], [email('bob@example.com')]],
    [
      'domain:example.com',
      [email('ada@example.com')],
      [email('ada@example.com.evil.org'), email('ada@sub.example.com')],
    ],
    ['group:team@example.com', [email('ada@example.com')], [email('ada@example.org')]],
    [
      `principal://${POOL}/subject/ns/books/sa/reader`,
      [
        subject(`principal://${POOL}/subject/ns/books/sa/reader`),
        subject('serviceAccount:my-project.svc.id.goog[books/reader]'),
      ],
      [
        subject(`principal://${POOL}/subject/ns/books/sa/reader2`),
        subject(`principal://${POOL}/subject/ns/other/sa/reader`),
        subject(`principal://${OTHER}/subject/ns/books/sa/reader`),
        subject('serviceAccount:other-project.svc.id.goog[books/reader]'),
      ],
    ],
    [
      'serviceAccount:my-project.svc.id.goog[books/reader]',
      [
        subject(`principal://${POOL}/subject/ns/books/sa/reader`),
        subject('serviceAccount:my-project.svc.id.goog[books/reader]'),
      ],
      [
        subject(`principal://${OTHER}/subject/ns/books/sa/reader`),
        subject('serviceAccount:my-project.svc.id.goog[books/other]'),
      ],
    ],
    [
      `principalSet://${POOL}/namespace/books`,
      [
        subject(`principal://${POOL}/subject/ns/books/sa/anything`),
        subject('serviceAccount:my-project.svc.id.goog[books/anything]'),
      ],
      [
        subject(`principal://${POOL}/subject/ns/books2/sa/anything`),
        subject('serviceAccount:my-project.svc.id.goog[other/anything]'),
      ],
    ],
    [
      `principalSet://${POOL}/kubernetes.cluster/https://container.googleapis.com/v1/projects/my-project/locations/us-central1/clusters/main`,
      [
        subject(`principal://${POOL}/subject/ns/books/sa/reader`),
        subject('serviceAccount:my-project.svc.id.goog[books/reader]'),
      ],
      [subject(`principal://${OTHER}/subject/ns/books/sa/reader`), subject(`principal://${AWS}/subject/a/b`)],
    ],
    [
      `principalSet://${AWS}/attribute.aws_role/arn:aws:sts::111111111111:assumed-role/risk-gate-caller`,
      [subject(`principal://${AWS}/subject/risk-gate-caller/7b0e7f3c`)],
      [
        subject(`principal://${AWS}/subject/risk-gate-caller-2/7b0e7f3c`),
        subject(`principal://${AWS}/subject/other/risk-gate-caller/7b0e7f3c`),
      ],
    ],
    [
      `principalSet://${AWS}/attribute.repository/books/api`,
      [subject(`principal://${AWS}/subject/repo:books/api:ref:main`)],
      [subject(`principal://${POOL}/subject/ns/books/sa/reader`)],
    ],
    [`principalSet://${AWS}/*`, [subject(`principal://${AWS}/subject/any`)], [email('ada@example.com')]],
    [
      `principal://${AWS}/subject/repo:books/api`,
      [subject(`principal://${AWS}/subject/repo:books/api`)],
      [subject(`principal://${AWS}/subject/repo:books/api2`)],
    ],
  ])('of %s raises no alert, and others do', (member, allowed, others) => {
    const filter = unexpectedPrediction([member, 'serviceAccount:other@my-project.iam.gserviceaccount.com']);
    for (const caller of allowed) {
      expect([caller, matchesQuery(filter, prediction(caller))]).toEqual([caller, false]);
    }
    for (const caller of [...others, stranger, {}]) {
      expect([caller, matchesQuery(filter, prediction(caller))]).toEqual([caller, true]);
    }
  });

  test('by a member of an unknown form raises an alert', () => {
    const filter = unexpectedPrediction(['deleted:user:ada@example.com?uid=1']);
    expect(filter).toBe(unexpectedPrediction([]));
  });
});
