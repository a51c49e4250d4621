import type { TerraformStack } from 'cdktf';
import { AuditConfigs } from '../../lib/audit/audit-configs';
import { GoogleAuditTrail } from '../../lib/audit/google-audit-trail';
import { type GoogleAuditTrailProps } from '../../lib/audit/google-audit-trail-props';
import { unexpectedPrediction } from '../../lib/audit/queries';
import { VertexAccess } from '../../lib/vertex/vertex-access';
import { problems, refusal, resource, resources, sibling, synthesized, testStack } from '../synth';
import { location, project, reader, READER } from '../vertex/fixtures';

type Props = Partial<Record<keyof GoogleAuditTrailProps, unknown>>;

const CONFIG = 'google_project_iam_audit_config';
const ALL =
  'log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access") OR log_id("cloudaudit.googleapis.com/system_event") OR log_id("cloudaudit.googleapis.com/policy")';
const PREDICTED =
  'log_id("cloudaudit.googleapis.com/data_access") AND protoPayload.serviceName="aiplatform.googleapis.com" AND protoPayload.methodName=~"PredictionService\\."';

const trail = (stack: TerraformStack, props: Props = {}, id = 'audit') =>
  new GoogleAuditTrail(stack, id, { project, location, ...props } as GoogleAuditTrailProps);
const made = (props: Props = {}) => {
  const stack = testStack();
  trail(stack, props);
  return stack;
};
const access = (stack: TerraformStack, id = 'reader', more: Parameters<typeof reader>[1] = {}) =>
  new VertexAccess(stack, `${id}-access`, {
    identity: reader(stack, more, id),
    project,
    location,
    reason: 'ranks the shelf',
  });
const metric = (stack: TerraformStack, id: string) =>
  String(
    resources(stack, 'google_logging_metric').find(({ name }) => String(name).endsWith(`/${id}`))!.filter,
  );
const logged = (stack: TerraformStack) =>
  resources(stack, CONFIG).map(({ service, audit_log_config }) => [
    service,
    (audit_log_config as unknown as { log_type: string }[]).map(({ log_type }) => log_type),
  ]);

describe('logs that Google keeps only when asked', () => {
  const asked = [
    ['aiplatform.googleapis.com', ['DATA_READ']],
    ['sts.googleapis.com', ['ADMIN_READ']],
    ['iam.googleapis.com', ['ADMIN_READ']],
  ];

  test('are those of predictions and of token exchanges', () => {
    expect(logged(made())).toEqual(asked);
  });

  test('are switched on once in a project, whatever the number of trails', () => {
    const stack = testStack();
    trail(stack);
    trail(stack, { name: 'second' }, 'second');
    expect(logged(stack)).toEqual(asked);
  });

  test.each([
    ['prod first', ['prod', 'other']],
    ['other first', ['other', 'prod']],
  ])('of one project in two stacks are rejected with the name of the other stack: %s', (_, order) => {
    const prod = testStack();
    const stacks = { prod, other: sibling(prod, 'other') };
    for (const name of order) trail(stacks[name as 'prod' | 'other'], { name });
    const message = (path: string, other: string) =>
      `${path}/audit: auditConfigOwner is required. The stack ${other} configures the audit logs of my-project too, and each apply replaces the other configuration. Pass the trail of the one stack that keeps it.`;
    expect(() => synthesized(stacks.prod)).toThrow(message('prod', 'other'));
    expect(() => synthesized(stacks.other)).toThrow(message('other', 'prod'));
  });

  test('are owned by the stack of the named trail, which is applied first', () => {
    const stack = testStack();
    const other = sibling(stack, 'other');
    trail(other, { name: 'other', auditConfigOwner: trail(stack) });
    expect([logged(stack), logged(other)]).toEqual([asked, []]);
    expect(other.dependencies).toEqual([stack]);
    expect(stack.dependencies).toEqual([]);
  });

  test('come before the sink of a second trail of the stack that names the owner', () => {
    const stack = testStack();
    const owner = trail(stack);
    trail(stack, { name: 'second', auditConfigOwner: owner }, 'second');
    const second = resources(stack, 'google_logging_project_sink').find(
      ({ name }) => String(name) === 'second',
    );
    expect(second?.depends_on).toHaveLength(3);
  });

  test('are left to an owner outside the app', () => {
    const auditConfigOwner = GoogleAuditTrail.fromProject(testStack(), 'owner', project);
    expect(logged(made({ auditConfigOwner }))).toEqual([]);
  });

  test('are owned by a trail of the same project', () => {
    const stack = testStack();
    const owner = trail(stack, { project: { id: 'other-project' } }, 'owner');
    expect(problems(() => trail(stack, { auditConfigOwner: owner }))).toEqual({
      auditConfigOwner: {
        property: 'auditConfigOwner',
        value: 'other-project',
        rule: 'own the audit configuration of the project of the trail ("my-project")',
        fix: 'Pass a trail of that project.',
      },
    });
  });

  test('are switched on in each project', () => {
    const stack = testStack();
    trail(stack);
    trail(stack, { project: { id: 'other-project' } }, 'other');
    expect(resources(stack, CONFIG).map(({ project: id }) => id)).toEqual([
      ...Array<string>(3).fill('my-project'),
      ...Array<string>(3).fill('other-project'),
    ]);
  });

  test('of one app are nothing to another', () => {
    made();
    expect(logged(made())).toEqual(asked);
  });

  test('of one service are merged, whoever asks for more and when', () => {
    const stack = testStack();
    const configs = AuditConfigs.of(stack);
    configs.enable('my-project', 'storage.googleapis.com', ['DATA_WRITE']);
    configs.enable('my-project', 'storage.googleapis.com', ['DATA_READ', 'DATA_WRITE']);
    expect(logged(stack)).toEqual([['storage.googleapis.com', ['DATA_READ', 'DATA_WRITE']]]);
  });
});

describe('what keeps them', () => {
  test('is a log bucket, for 400 days and not locked', () => {
    const stack = made();
    expect(resource(stack, 'google_logging_project_bucket_config')).toEqual({
      bucket_id: 'audit',
      description: 'audit logs of the project',
      enable_analytics: true,
      lifecycle: { prevent_destroy: true },
      location: 'us-central1',
      locked: false,
      project: 'my-project',
      retention_days: 400,
    });
    expect(resource(stack, 'google_logging_project_sink')).toEqual({
      description: 'audit logs of the project',
      destination: 'logging.googleapis.com/${google_logging_project_bucket_config.audit_bucket_85D46CD8.id}',
      filter: ALL,
      name: 'audit',
      project: 'my-project',
      unique_writer_identity: true,
    });
  });

  test('is a dataset of BigQuery, which the sink alone is allowed to write', () => {
    const stack = made({ destination: 'bigquery', retentionDays: 30, name: 'who-did-what' });
    expect(resource(stack, 'google_bigquery_dataset')).toMatchObject({
      dataset_id: 'who_did_what',
      default_partition_expiration_ms: 2_592_000_000,
      location: 'us-central1',
    });
    expect(resource(stack, 'google_bigquery_dataset_iam_member')).toEqual({
      dataset_id: '${google_bigquery_dataset.audit_dataset_3D1BCBF5.dataset_id}',
      member: '${google_logging_project_sink.audit_sink_E4D039EA.writer_identity}',
      project: 'my-project',
      role: 'roles/bigquery.dataEditor',
    });
    expect(resource(stack, 'google_logging_project_sink')).toMatchObject({
      bigquery_options: { use_partitioned_tables: true },
      destination: 'bigquery.googleapis.com/${google_bigquery_dataset.audit_dataset_3D1BCBF5.id}',
      filter: ALL,
    });
    expect(resources(stack, 'google_logging_project_bucket_config')).toEqual([]);
  });

  test.each([
    ['eu', 'EU'],
    ['us', 'US'],
    ['europe-west4', 'europe-west4'],
  ])('in %s is a dataset in %s', (place, written) => {
    expect(
      resource(made({ destination: 'bigquery', location: place }), 'google_bigquery_dataset').location,
    ).toBe(written);
  });

  test('is locked where that is asked for', () => {
    expect(resource(made({ locked: true }), 'google_logging_project_bucket_config').locked).toBe(true);
  });

  test.each([
    [1, true],
    [0, false],
    [3650, true],
    [3651, false],
  ])('keeps them for %d days: %p', (retentionDays, good) => {
    if (good) {
      expect(resource(made({ retentionDays }), 'google_logging_project_bucket_config').retention_days).toBe(
        retentionDays,
      );
    } else {
      expect(refusal(() => made({ retentionDays })).message).toBe(
        `prod/audit: retentionDays must be a whole number from 1 to 3650 (got ${retentionDays}).`,
      );
    }
  });
});

describe('what is watched', () => {
  test('is access denied, and the making of keys', () => {
    const stack = made();
    expect(metric(stack, 'access-denied')).toBe(`(${ALL}) AND protoPayload.status.code=7`);
    expect(metric(stack, 'key-created')).toBe(
      'log_id("cloudaudit.googleapis.com/activity") AND protoPayload.methodName=~"\\.(CreateServiceAccountKey|UploadServiceAccountKey)$" AND NOT protoPayload.status.code>0',
    );
  });

  test('is counted by a metric and told by an alert, of the same filter', () => {
    const stack = made({ notificationChannels: ['projects/my-project/notificationChannels/1'] });
    const alerts = resources(stack, 'google_monitoring_alert_policy');
    const filters = alerts.map(
      ({ conditions }) => (conditions as unknown as { condition_matched_log: { filter: string } }[])[0]!,
    );
    expect(filters.map(({ condition_matched_log }) => condition_matched_log.filter)).toEqual(
      ['access-denied', 'key-created', 'unexpected-prediction'].map((id) => metric(stack, id)),
    );
    expect(alerts.map(({ notification_channels }) => notification_channels)).toEqual(
      Array(3).fill(['projects/my-project/notificationChannels/1']),
    );
  });
});

describe('an unexpected prediction', () => {
  const info = 'protoPayload.authenticationInfo';

  test('is any, where nobody was given access', () => {
    expect(metric(made(), 'unexpected-prediction')).toBe(PREDICTED);
  });

  test('is not one by pods that were given access, in either form of their name', () => {
    const stack = testStack();
    access(stack).generate();
    trail(stack);
    expect(metric(stack, 'unexpected-prediction')).toBe(
      `${PREDICTED} AND NOT (${info}.principalSubject="${READER}" OR ${info}.principalSubject="serviceAccount:my-project.svc.id.goog[books/reader]")`,
    );
  });

  test('is not one by a service account that was given access, by its e-mail', () => {
    const stack = testStack();
    access(stack, 'reader', { googleServiceAccount: { accountId: 'books-reader' } }).generate();
    trail(stack);
    expect(metric(stack, 'unexpected-prediction')).toBe(
      `${PREDICTED} AND NOT (${info}.principalEmail="books-reader@my-project.iam.gserviceaccount.com")`,
    );
  });

  test('knows those who are given access after the trail, and in other stacks', () => {
    const stack = testStack();
    trail(stack);
    access(stack, 'ranker').generate();
    access(sibling(stack, 'later'), 'searcher').predictProjectWide({ reason: 'asks Gemini' });
    const filter = metric(stack, 'unexpected-prediction');
    for (const name of ['ranker', 'searcher']) {
      expect(filter).toContain(`/subject/ns/books/sa/${name}"`);
      expect(filter).toContain(`serviceAccount:my-project.svc.id.goog[books/${name}]`);
    }
  });

  test('is one by whoever was given something else', () => {
    const stack = testStack();
    access(stack).readModels().uploadModel();
    trail(stack);
    expect(metric(stack, 'unexpected-prediction')).toBe(PREDICTED);
  });

  test('is one by whoever was given access in another project', () => {
    const stack = testStack();
    access(stack).generate();
    trail(stack, { project: { id: 'other-project' } });
    expect(metric(stack, 'unexpected-prediction')).toBe(PREDICTED);
  });

  test('is not one by a session of an AWS role that was given access', () => {
    const pool = 'iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/aws-jobs';
    const member = `principalSet://${pool}/attribute.aws_role/arn:aws:sts::111111111111:assumed-role/risk-gate-caller`;
    const filter = unexpectedPrediction([member]);
    const quoted = pool.replaceAll('.', '\\.');
    expect(filter).toBe(
      `${PREDICTED} AND NOT (${info}.principalSubject=~"^principal://${quoted}/subject/risk-gate-caller/[^/]+$")`,
    );
    const pattern = new RegExp(/=~"(\^.*\$)"/.exec(filter)![1]!);
    expect(pattern.test(`principal://${pool}/subject/risk-gate-caller/7b0e7f3c`)).toBe(true);
    expect(pattern.test(`principal://${pool}/subject/risk-gate-caller-2/7b0e7f3c`)).toBe(false);
    expect(pattern.test(`principal://${pool}/subject/other/risk-gate-caller/7b0e7f3c`)).toBe(false);
    expect(pattern.test(member)).toBe(false);
  });

  test('is not one by an identity of a pool or a domain whose members the log does not show', () => {
    const pool = 'iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws';
    expect(unexpectedPrediction([`principalSet://${pool}/*`, 'group:team@example.com'])).toBe(
      `${PREDICTED} AND NOT (${info}.principalSubject=~"^principal://${pool.replaceAll('.', '\\.')}/subject/.+$" OR ${info}.principalEmail=~"@example\\.com$")`,
    );
  });

  const crowded = (count: number) => {
    const stack = testStack();
    trail(stack);
    for (let index = 0; index < count; index += 1) {
      access(stack, `r${String(index).padStart(2, '0')}`).generate();
    }
    return stack;
  };
  // 158 characters for those who are asked about, 294 for each of them, 4 between two.
  const room = Math.floor((20_000 - unexpectedPrediction([]).length) / unexpectedPrediction([READER]).length);

  test('of more callers than a filter holds is refused when the app is synthesized', () => {
    expect(() => synthesized(crowded(3 * room))).toThrow(
      /prod\/audit: unexpected-prediction: its filter has \d{5} characters, of 20000 at most\. Let more workloads share an identity, or keep them in several projects\./,
    );
  });

  test('of as many callers as a filter holds is written', () => {
    expect(metric(crowded(room), 'unexpected-prediction').length).toBeLessThanOrEqual(20_000);
  });
});

describe('bad input', () => {
  test.each<[string, Props, string]>([
    [
      'a dataset that is locked',
      { destination: 'bigquery', locked: true },
      'locked must be false for a dataset, which Google Cloud cannot lock (got true). Use the destination "log-bucket".',
    ],
    [
      'a dataset that is nowhere',
      { destination: 'bigquery', location: 'global' },
      'location must be a region, "eu" or "us" for a dataset (got "global"). Set a region.',
    ],
    [
      'a zone',
      { location: 'us-central1-a' },
      'location must be a region, for example "us-central1", or "eu", "us" or "global" (got "us-central1-a").',
    ],
    [
      'another destination',
      { destination: 'BigQuery' },
      'destination must be one of "log-bucket", "bigquery" (got "BigQuery"). Use "bigquery".',
    ],
    [
      'a channel by its e-mail',
      { notificationChannels: ['team@example.com'] },
      'notificationChannels[0] must be a notification channel of the form projects/PROJECT/notificationChannels/ID (got "team@example.com").',
    ],
    [
      'a name of 41 letters',
      { name: 'a'.repeat(41) },
      `name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "${'a'.repeat(41)}").`,
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => trail(stack, props)).message).toBe(`prod/audit: ${message}`);
    expect(synthesized(stack).resource).toBeUndefined();
  });

  test('all of it comes in one error', () => {
    expect(
      Object.keys(
        problems(() => made({ destination: 'bigquery', locked: true, location: 'global', retentionDays: 0 })),
      ),
    ).toEqual(['retentionDays', 'locked', 'location']);
  });

  test('two trails of one name in a project are refused, since the second apply would be', () => {
    const stack = testStack();
    trail(stack, { name: 'kept' });
    expect(problems(() => trail(stack, { name: 'kept' }, 'again'))).toHaveProperty('name');
  });

  test('a second trail of the project without a name is rejected', () => {
    const stack = testStack();
    trail(stack);
    expect(() => trail(sibling(stack, 'other'), {}, 'again')).toThrow(
      'other/again: name must be unique among the audit trails of the project my-project, in all stacks of the app (got "audit"). The construct prod/audit has this name. Choose another name.',
    );
  });

  test('a trail in a stack with another id keeps its names', () => {
    const names = ['prod', 'prod-logs'].map((id) => {
      const stack = testStack(id);
      trail(stack, {}, `trail-of-${id}`);
      return resource(stack, 'google_logging_project_bucket_config').bucket_id;
    });
    expect(names).toEqual(['audit', 'audit']);
  });

  test.each(['log-bucket', 'bigquery'] as const)(
    'the store %s is protected until it is set free',
    (destination) => {
      const type =
        destination === 'bigquery' ? 'google_bigquery_dataset' : 'google_logging_project_bucket_config';
      const lifecycle = (props: object) => resource(made({ destination, ...props }), type).lifecycle;
      expect(lifecycle({})).toEqual({ prevent_destroy: true });
      expect(lifecycle({ deletionProtection: false })).toBeUndefined();
    },
  );
});
