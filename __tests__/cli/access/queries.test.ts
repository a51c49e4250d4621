import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policy } from '../../access/graph/graph-of';
import { runCli } from '../streams';

const folder = mkdtempSync(join(tmpdir(), 'queries-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const stack = join(folder, 'cdk.tf.json');
const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books/*' };
writeFileSync(
  stack,
  JSON.stringify({
    resource: {
      aws_iam_role: { app: { name: 'app', assume_role_policy: policy() } },
      aws_iam_role_policy: { app: { role: 'app', policy: policy(statement) } },
    },
  }),
);
const queries = (...args: readonly string[]) => runCli(['access', 'queries', '-i', stack, ...args]);

test('prints queries with what must be enabled, as comments', async () => {
  const { code, stdout, stderr } = await queries('app', '--run-id', 'run-1');
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^-- Athena: calls of app\n-- Needs: Object access of S3.*\n-- Not in the log: .*/);
  expect(stdout).toContain("split_part(useridentity.arn, '/', 3) = 'run-1'");
});

test.each([
  ['json', /^\[\n {2}\{\n {4}"language": "athena"/],
  ['markdown', /^### Athena: app\n\n```sql\nSELECT eventtime/],
])('prints %s', async (format, output) => {
  expect((await queries('app', '--format', format)).stdout).toMatch(output);
});

test('an identity without a name in a log exits with 2, and an unknown one with 1', async () => {
  expect(await queries('s3:books')).toMatchObject({
    code: 2,
    stdout: 'No log has calls of s3:books under its name.\n',
  });
  expect(await queries('ap')).toMatchObject({
    code: 1,
    stderr: 'error: identity must be a node of the access graph (got "ap"). Did you mean "app"?\n',
  });
});
