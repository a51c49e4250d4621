import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addEnvironment } from '../../stacks/environment-stacks';
import { environments } from '../../stacks/environments';
import { synthesize } from '../../stacks/synthesize';
import { run } from '../examples/run';
import { matchesPattern } from '../logs/cloudwatch-pattern';
import { auditEntry, cloudTrailEvent, deploymentChange, prediction } from '../logs/entries';
import { matchesQuery } from '../logs/logging-query';
import type { Configuration, Json } from '../synth';

/*
 * Alarms, alerts and filters of the sample stacks and the examples. Each reacts to an incident and to no ordinary
 * entry, and each metric exists in the documentation of its service.
 */

function sample(): Configuration[] {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-watches-'));
  try {
    synthesize(outdir, (app) => addEnvironment(app, environments.at(-1)!));
    return readdirSync(join(outdir, 'stacks')).map(
      (stack) =>
        JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8')) as Configuration,
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

const configurations = [
  ...sample(),
  ...['step-functions-etl', 'vertex-predictions', 'fastapi-secrets'].flatMap((name) =>
    Object.values(run(name)),
  ),
];
const all = (type: string): Json[] =>
  configurations.flatMap(({ resource }) => Object.values(resource?.[type] ?? {}));
const distinct = (values: readonly unknown[]) => [...new Set(values.map(String))];

describe('a filter of Cloud Logging', () => {
  const stranger = { principalEmail: 'stranger@example.org' };
  const changes = distinct(all('google_logging_project_sink').map(({ filter }) => filter)).flatMap(
    (filter) => {
      const labels = [...filter.matchAll(/labels\."([^"]+)"="([^"]+)"/g)].map(([, key, value]) => [
        key,
        value,
      ]);
      const [, cluster] = /cluster_name="([^"]+)"/.exec(filter) ?? [];
      const [, project] = /project_id="([^"]+)"/.exec(filter) ?? [];
      const [, namespace] = /namespaces\/([^/]+)\//.exec(filter) ?? [];
      const entry = deploymentChange('patch', { cluster, namespace, labels: Object.fromEntries(labels) });
      return project === undefined
        ? []
        : [JSON.parse(JSON.stringify(entry).replaceAll('my-project', project))];
    },
  ) as object[];
  const incidents = [
    auditEntry('data_access', { methodName: 'storage.objects.get', status: { code: 7 } }),
    auditEntry('activity', { methodName: 'google.iam.admin.v1.CreateServiceAccountKey' }),
    prediction(stranger),
    ...changes,
  ];
  const ordinary = [
    { logName: 'projects/my-project/logs/stdout', textPayload: 'GET /books' },
    { logName: 'projects/my-project/logs/requests', httpRequest: { status: 200 } },
  ];
  const filters = distinct([
    ...all('google_logging_metric').map(({ filter }) => filter),
    ...all('google_logging_project_sink').map(({ filter }) => filter),
  ]);

  test('is found in the stacks', () => {
    expect(filters.length).toBeGreaterThan(5);
  });

  test.each(filters)('matches an incident and no ordinary entry: %s', (filter) => {
    expect(incidents.some((entry) => matchesQuery(filter, entry))).toBe(true);
    expect(ordinary.filter((entry) => matchesQuery(filter, entry))).toEqual([]);
  });

  test('of an alert is that of a metric', () => {
    const alerts = all('google_monitoring_alert_policy').flatMap(
      ({ conditions }) => conditions as unknown as { condition_matched_log?: { filter: string } }[],
    );
    for (const { condition_matched_log: log } of alerts) if (log) expect(filters).toContain(log.filter);
  });
});

describe('a filter of CloudWatch Logs', () => {
  const patterns = distinct(all('aws_cloudwatch_log_metric_filter').map(({ pattern }) => pattern));

  test('is found in the stacks', () => {
    expect(patterns.length).toBeGreaterThan(3);
  });

  test.each(patterns)('matches an incident and no ordinary event: %s', (pattern) => {
    const [, machine] = /stateMachineArn = "([^"*]+)"/.exec(pattern) ?? [];
    const [, role] = /roleArn = "([^"*]+)"/.exec(pattern) ?? [];
    const [, roleName] = /roleName = "([^"*]+)"/.exec(pattern) ?? [];
    const incidents = [
      cloudTrailEvent('states.amazonaws.com', 'StartExecution', { stateMachineArn: machine }),
      cloudTrailEvent('states.amazonaws.com', 'UpdateStateMachine', { stateMachineArn: machine }),
      cloudTrailEvent('sts.amazonaws.com', 'AssumeRole', { roleArn: role }, { errorCode: 'AccessDenied' }),
      cloudTrailEvent('iam.amazonaws.com', 'PutRolePolicy', { roleName }),
      cloudTrailEvent('kms.amazonaws.com', 'DisableKey', { keyId: '1234' }),
      cloudTrailEvent('cloudtrail.amazonaws.com', 'StopLogging', { name: 'audit' }),
    ];
    const ordinary = [
      cloudTrailEvent('states.amazonaws.com', 'DescribeStateMachine', { stateMachineArn: machine }),
      cloudTrailEvent('sts.amazonaws.com', 'AssumeRole', { roleArn: role }),
      cloudTrailEvent('iam.amazonaws.com', 'GetRole', { roleName }),
      cloudTrailEvent('kms.amazonaws.com', 'Decrypt', { keyId: '1234' }),
      cloudTrailEvent('cloudtrail.amazonaws.com', 'LookupEvents', {}),
    ];
    expect(incidents.filter((event) => matchesPattern(pattern, event))).toHaveLength(1);
    expect(ordinary.filter((event) => matchesPattern(pattern, event))).toEqual([]);
  });
});

/*
 * Metrics and dimensions by namespace.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
const DOCUMENTED: Readonly<
  Record<string, { readonly dimension: string; readonly metrics: readonly string[] }>
> = {
  'AWS/Lambda': { dimension: 'FunctionName', metrics: ['Invocations', 'Errors', 'Throttles', 'Duration'] },
  'AWS/States': {
    dimension: 'StateMachineArn',
    metrics: [
      'ExecutionsStarted',
      'ExecutionsSucceeded',
      'ExecutionsFailed',
      'ExecutionsAborted',
      'ExecutionsTimedOut',
      'ExecutionThrottled',
      'ExecutionTime',
    ],
  },
  'AWS/SQS': { dimension: 'QueueName', metrics: ['ApproximateNumberOfMessagesVisible'] },
};

describe('an alarm of CloudWatch', () => {
  const alarms = all('aws_cloudwatch_metric_alarm').map(
    (alarm) => [String(alarm.alarm_name), alarm] as const,
  );
  const counted = all('aws_cloudwatch_log_metric_filter').map(({ metric_transformation: metric }) =>
    [metric?.namespace, metric?.name].map(String).join(' '),
  );

  test('is found in the stacks', () => {
    expect(alarms.length).toBeGreaterThan(15);
  });

  test.each(alarms)('%s has a metric that its service or a filter writes', (_, alarm) => {
    const documented = DOCUMENTED[String(alarm.namespace)];
    if (documented === undefined) {
      expect(counted).toContain(`${String(alarm.namespace)} ${String(alarm.metric_name)}`);
      expect(alarm.dimensions).toBeUndefined();
      return;
    }
    expect(documented.metrics).toContain(alarm.metric_name);
    expect(Object.keys(alarm.dimensions ?? {})).toEqual([documented.dimension]);
  });

  /** State of an alarm with one data point in its period; no data point is "missing". */
  const isRaised = (alarm: Json, value: number | undefined): boolean => {
    expect(alarm).toMatchObject({
      comparison_operator: 'GreaterThanOrEqualToThreshold',
      evaluation_periods: 1,
      treat_missing_data: 'notBreaching',
    });
    return value !== undefined && value >= Number(alarm.threshold);
  };

  test.each(alarms)('%s is raised by the first event, and not without one', (_, alarm) => {
    expect([undefined, 0, 1, 5].map((value) => isRaised(alarm, value))).toEqual([false, false, true, true]);
  });
});

test('a dashboard shows documented metrics', () => {
  const metrics = all('aws_cloudwatch_dashboard').flatMap(({ dashboard_body }) =>
    [...String(dashboard_body).matchAll(/\["(AWS\/\w+)","(\w+)","(\w+)"/g)].map(([, ...parts]) => parts),
  );
  for (const [namespace = '', metric, dimension] of metrics) {
    expect(DOCUMENTED[namespace]?.metrics).toContain(metric);
    expect(DOCUMENTED[namespace]?.dimension).toBe(dimension);
  }
  expect(metrics.length).toBeGreaterThan(3);
});

/** https://cloud.google.com/monitoring/api/metrics_gcp_p_z#gcp-pubsub */
test('an alert of Cloud Monitoring on a metric reads a documented metric', () => {
  const filters = all('google_monitoring_alert_policy')
    .flatMap(({ conditions }) => conditions as unknown as { condition_threshold?: { filter: string } }[])
    .flatMap(({ condition_threshold }) => condition_threshold?.filter ?? []);
  for (const filter of filters) {
    expect(filter).toMatch(
      /^resource\.type="pubsub_subscription" AND resource\.labels\.subscription_id="[\w-]+" AND metric\.type="pubsub\.googleapis\.com\/subscription\/dead_letter_message_count"$/,
    );
  }
});
