import type { TerraformStack } from 'cdktf';
import { AuditConfigs } from '../../lib/audit/audit-configs';
import { GoogleAuditTrail } from '../../lib/audit/google-audit-trail';
import { problems, refusal, resource, resources, sibling, synthesized, testStack } from '../synth';
import { project } from '../vertex/fixtures';
import { made, metric, trail } from './google-trail-fixtures';

const CONFIG = 'google_project_iam_audit_config';

const ALL =
  'log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/data_access") OR log_id("cloudaudit.googleapis.com/system_event") OR log_id("cloudaudit.googleapis.com/policy")';

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
      lifecycle: { create_before_destroy: true },
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
    [1, undefined],
    [0, 'Use at least 1.'],
    [3650, undefined],
    [3651, 'Use at most 3650.'],
  ])('keeps them for %d days: %p', (retentionDays, remedy) => {
    if (remedy === undefined) {
      expect(resource(made({ retentionDays }), 'google_logging_project_bucket_config').retention_days).toBe(
        retentionDays,
      );
    } else {
      expect(refusal(() => made({ retentionDays })).message).toBe(
        `prod/audit: retentionDays must be a whole number from 1 to 3650 (got ${retentionDays}). ${remedy}`,
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
