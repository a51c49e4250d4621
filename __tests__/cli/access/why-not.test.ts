import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policy } from '../../access/graph/graph-of';
import { runCli } from '../streams';

const folder = mkdtempSync(join(tmpdir(), 'why-not-'));
afterAll(() => rmSync(folder, { recursive: true }));
const trust = (service: string) =>
  policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });
const path = join(folder, 'cdk.tf.json');
writeFileSync(
  path,
  JSON.stringify({
    resource: {
      aws_lambda_function: { app: { function_name: 'app', role: '${aws_iam_role.app.arn}' } },
      aws_iam_role: {
        app: { name: 'app-role', assume_role_policy: trust('ec2.amazonaws.com') },
        other: { name: 'other', assume_role_policy: trust('ec2.amazonaws.com') },
      },
      aws_iam_role_policy: {
        app: {
          role: 'app-role',
          policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books|`<x>`/*' }),
        },
      },
    },
  }),
);
const BUCKET = 's3:books|`<x>`';
const ask = (...args: readonly string[]) => runCli(['access', 'why-not', ...args, '-i', path]);

test('the first link that is rejected, with the change', async () => {
  const { code, stdout } = await ask('app', 's3:GetObject', BUCKET);
  expect(code).toBe(2);
  expect(stdout.split('\n')).toEqual([
    'app does not have s3:GetObject on s3:books|`<x>`. The first rejection is by trust: The trust policy of aws_iam_role.app names ec2.amazonaws.com, and not lambda.amazonaws.com.',
    '  1. REJECTED function app > role app-role',
    '       trust: The trust policy of aws_iam_role.app names ec2.amazonaws.com, and not lambda.amazonaws.com.',
    '       change: Set assume_role_policy.Statement[0].Principal of aws_iam_role.app to { "Service" = "lambda.amazonaws.com" }.',
    '       stack: aws_iam_role.app',
    '  2. holds    role app-role > resource books|`<x>`',
    '',
  ]);
});

test('a schedule whose role trusts another service', async () => {
  const schedule = join(folder, 'schedule.tf.json');
  writeFileSync(
    schedule,
    JSON.stringify({
      resource: {
        aws_scheduler_schedule: {
          nightly: {
            name: 'nightly',
            target: { arn: '${aws_lambda_function.app.arn}', role_arn: '${aws_iam_role.start.arn}' },
          },
        },
        aws_lambda_function: { app: { function_name: 'app', role: 'arn:aws:iam::123456789012:role/app' } },
        aws_iam_role: { start: { name: 'start', assume_role_policy: trust('events.amazonaws.com') } },
        aws_iam_role_policy: {
          start: {
            role: 'start',
            policy: policy({
              Effect: 'Allow',
              Action: 'sqs:SendMessage',
              Resource: 'arn:aws:sqs:eu-west-1:1:q',
            }),
          },
        },
      },
    }),
  );
  const args = ['nightly', 'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:1:q', '-i', schedule];
  const { stdout } = await runCli(['access', 'why-not', ...args]);
  expect(stdout).toContain('names events.amazonaws.com, and not scheduler.amazonaws.com.');
});

test('access that exists ends with 0', async () => {
  const { code, stdout } = await ask('app-role', 's3:GetObject', BUCKET);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^app-role has s3:GetObject on /);
});

test('a statement that is missing', async () => {
  const { stdout } = await ask('other', 's3:GetObject', BUCKET, '--format', 'json');
  const { result, rejections } = JSON.parse(stdout) as { result: string; rejections: object[] };
  expect(result).toBe('rejected');
  expect(rejections).toMatchObject([
    {
      stage: 'policy',
      cause: 'No policy of other allows s3:GetObject on books|`<x>`.',
      change: { kind: 'add', type: 'aws_iam_role_policy', values: { role: '${aws_iam_role.other.name}' } },
    },
  ]);
});

test('Markdown escapes names', async () => {
  const { stdout } = await ask('app', 's3:GetObject', BUCKET, '--format', 'markdown');
  expect(stdout).toContain('| 1 | function app &rarr; role app\\-role | **trust**: The trust policy of');
  expect(stdout).not.toContain('<x>');
});

test('a misspelt identity ends with 1', async () => {
  const { code, stderr } = await ask('ap', 's3:GetObject', BUCKET);
  expect(code).toBe(1);
  expect(stderr).toBe('error: identity must be a node of the access graph (got "ap"). Did you mean "app"?\n');
});

test('a manifest is not enough', async () => {
  const manifest = join(folder, 'manifest.json');
  writeFileSync(manifest, (await runCli(['access', 'manifest', '-i', path])).stdout);
  const { code, stderr } = await runCli(['access', 'why-not', 'app', 'a', 'b', '-i', manifest]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: .*manifest\.json: .* must be/);
});
