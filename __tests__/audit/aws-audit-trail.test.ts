import type { TerraformStack } from 'cdktf';
import { AwsAuditTrail } from '../../lib/audit/aws-audit-trail';
import type { AwsAuditTrailProps } from '../../lib/audit/aws-audit-trail-props';
import {
  byAddress,
  refusal,
  resource,
  resources,
  synthesized,
  testStack,
  withAws,
  type Json,
} from '../synth';

const account = { id: '210987654321', region: 'eu-west-1' };
const MACHINE = 'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly';
const FUNCTION = 'arn:aws:lambda:eu-west-1:210987654321:function:etl-gke-jobs';
const ROLE = 'arn:aws:iam::210987654321:role/etl-gke';
const STARTER = 'arn:aws:iam::210987654321:role/at-night-start';
const KEY = 'arn:aws:kms:eu-west-1:210987654321:key/1234';
const watched = {
  functionArns: [`${FUNCTION}:live`],
  stateMachineArns: [MACHINE],
  starterRoleArns: [STARTER],
  roleArns: [ROLE],
};

const trail = (props: Partial<AwsAuditTrailProps> = {}, stack: TerraformStack = withAws(testStack())) => {
  new AwsAuditTrail(stack, 'audit', { account, name: 'books', ...props });
  return stack;
};
const filters = (stack: TerraformStack) =>
  resources(stack, 'aws_cloudwatch_log_metric_filter').map(({ name, pattern }) => [name, pattern]);
const read = (value: unknown) => JSON.parse(String(value)) as Json;

test('the smallest trail keeps what is done in the account', () => {
  expect(byAddress(trail())).toMatchSnapshot();
});

test('a trail that watches', () => {
  const stack = trail(watched);
  expect(resource(stack, 'aws_cloudtrail').advanced_event_selector).toMatchSnapshot();
  expect(filters(stack)).toMatchSnapshot();
});

test('calls of a function are kept whether the log names its alias or not', () => {
  const stack = trail({ functionArns: [FUNCTION, `${FUNCTION}:live`] });
  expect(JSON.stringify(resource(stack, 'aws_cloudtrail').advanced_event_selector)).toContain(
    `"equals":["${FUNCTION}","${FUNCTION}:live"]`,
  );
});

test('the bucket can be written to by this trail alone, and read over TLS only', () => {
  const { Statement } = read(resource(trail(), 'aws_s3_bucket_policy').policy);
  const statements = Statement as unknown as Json[];
  for (const { Effect, Condition } of statements.filter(({ Sid }) => String(Sid).startsWith('Trail'))) {
    expect(Effect).toBe('Allow');
    expect(Condition!.StringEquals).toMatchObject({
      'aws:SourceArn': 'arn:aws:cloudtrail:eu-west-1:210987654321:trail/books',
    });
  }
  expect(statements[0]).toEqual({
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::books-210987654321', 'arn:aws:s3:::books-210987654321/*'],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
});

test('its role writes into the streams of this trail, and nothing is allowed on "*"', () => {
  const { policy } = resource(trail(watched), 'aws_iam_role_policy');
  expect(read(policy).Statement).toEqual([
    {
      Sid: 'WriteLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [
        'arn:aws:logs:eu-west-1:210987654321:log-group:/aws/cloudtrail/books:log-stream:210987654321_CloudTrail_eu-west-1*',
      ],
    },
  ]);
});

test('with a key, trail, bucket and log are encrypted with it', () => {
  const stack = trail({ kmsKeyArn: KEY });
  expect(resource(stack, 'aws_cloudtrail').kms_key_id).toBe(KEY);
  expect(resource(stack, 'aws_cloudwatch_log_group').kms_key_id).toBe(KEY);
  expect(resource(stack, 'aws_s3_bucket_server_side_encryption_configuration').rule).toEqual([
    {
      apply_server_side_encryption_by_default: { kms_master_key_id: KEY, sse_algorithm: 'aws:kms' },
      bucket_key_enabled: true,
    },
  ]);
});

test('what is overwritten or deleted is kept as long as the rest', () => {
  const [rule] = resource(trail({ retentionDays: 30 }), 'aws_s3_bucket_lifecycle_configuration')
    .rule as unknown as Json[];
  expect(rule).toMatchObject({
    expiration: [{ days: 30 }],
    noncurrent_version_expiration: [{ noncurrent_days: 30 }],
  });
});

test('each watch has one alarm, and each role and state machine a filter of its own', () => {
  const stack = trail({
    ...watched,
    roleArns: [ROLE, `${ROLE}-2`],
    alarmActions: [KEY.replace('kms', 'sns')],
  });
  const alarms = resources(stack, 'aws_cloudwatch_metric_alarm');
  expect(alarms.map(({ alarm_name, alarm_actions }) => [alarm_name, alarm_actions])).toEqual(
    [
      'role-refused',
      'role-changed',
      'unexpected-execution',
      'state-machine-changed',
      'key-disabled',
      'trail-changed',
    ].map((id) => [`books-${id}`, [KEY.replace('kms', 'sns')]]),
  );
  const metrics = resources(stack, 'aws_cloudwatch_log_metric_filter').map(
    ({ metric_transformation }) => metric_transformation!.name,
  );
  for (const { metric_name } of alarms) expect(metrics).toContain(metric_name);
  expect(metrics.filter((name) => String(name) === 'role-refused').length).toBe(2);
});

test('every filter fits', () => {
  const long = (name: string) => `${name}-${'x'.repeat(60 - name.length)}`;
  const stack = trail({
    stateMachineArns: [MACHINE.replace('nightly', long('nightly'))],
    roleArns: [ROLE.replace('etl-gke', long('etl'))],
    starterRoleArns: [1, 2].map((index) => STARTER.replace('at-night-start', long(`s${index}`))),
  });
  for (const [, pattern] of filters(stack)) expect(String(pattern).length).toBeLessThanOrEqual(1_024);
});

test('the name of a trail without a name does not contain its path', () => {
  const stack = trail({ name: undefined });
  expect(resource(stack, 'aws_cloudtrail').name).toBe('audit');
  expect(resource(stack, 'aws_s3_bucket').bucket).toBe(`audit-${account.id}`);
});

test('a second trail of the account with the same name is rejected', () => {
  const stack = trail({});
  expect(() => new AwsAuditTrail(stack, 'again', { account, name: 'books' })).toThrow(
    `prod/again: name must be unique among the audit trails of the account ${account.id}, in all stacks of the app (got "books"). The construct prod/audit has this name. Choose another name.`,
  );
});

test('Terraform deletes the bucket only without protection', () => {
  expect(resource(trail({}), 'aws_s3_bucket').lifecycle).toEqual({ prevent_destroy: true });
  expect(resource(trail({ deletionProtection: false }), 'aws_s3_bucket').lifecycle).toBeUndefined();
});

describe('bad input', () => {
  test.each<[string, object, string, RegExp]>([
    ['a name in capitals', { name: 'Books' }, 'name', /3 to 30 lower-case letters/],
    ['a name of 31 letters', { name: 'a'.repeat(31) }, 'name', /3 to 30 lower-case letters/],
    [
      'a function by its name',
      { functionArns: ['etl'] },
      'functionArns[0]',
      /arn:aws:lambda:REGION:ACCOUNT:function:NAME/,
    ],
    [
      'the alias of a state machine',
      { stateMachineArns: [`${MACHINE}:live`] },
      'stateMachineArns[0]',
      /stateMachine:NAME/,
    ],
    ['a role by its name', { roleArns: ['etl-gke'] }, 'roleArns[0]', /arn:aws:iam::ACCOUNT:role\/NAME/],
    ['eleven years', { retentionDays: 4_015 }, 'retentionDays', /from 1 to 3650/],
    [
      'a hundred days of log',
      { logRetentionDays: 100 },
      'logRetentionDays',
      /must be one of the retention periods of CloudWatch Logs/,
    ],
    ['a key by its alias', { kmsKeyArn: KEY.replace('key/', 'alias/') }, 'kmsKeyArn', /key\/ID/],
    [
      'starters of nothing',
      { starterRoleArns: [STARTER] },
      'stateMachineArns',
      /stateMachineArns is required when starterRoleArns is set\. Set stateMachineArns/,
    ],
    [
      'more starters than a filter holds',
      { stateMachineArns: [MACHINE], starterRoleArns: Array(12).fill(STARTER) },
      'stateMachineArns[0]',
      /must keep the metric filter for its \d+ starters within 1024 characters \(\d+ now\).*Create one trail per state machine/,
    ],
    [
      'more functions than a trail tells apart',
      { functionArns: Array.from({ length: 248 }, (_, index) => `${FUNCTION}-${index}`) },
      'functionArns',
      /must name at most 495 ARNs/,
    ],
    [
      'more metric filters than a log group has',
      { roleArns: Array.from({ length: 50 }, (_, index) => `arn:aws:iam::210987654321:role/r${index}`) },
      'roleArns',
      /roleArns must have at most 49 roles and state machines together, because a log group has 100 metric filters \(got "50 roles, 0 state machines"\)\. Create a second trail\./,
    ],
  ])('%s is refused', (_, props, property, text) => {
    const stack = withAws(testStack());
    const error = refusal(() => trail(props, stack));
    expect(error.message).toMatch(/^prod\/audit: /);
    expect(error.message).toMatch(text);
    expect(error.problems.map((problem) => problem.property)).toEqual([property]);
    expect(synthesized(stack).resource).toBeUndefined();
  });
});
