import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { planOf, policy, type Change } from '../review/plans';
import { runCli } from './streams';

const folder = mkdtempSync(join(tmpdir(), 'review-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const plan = (name: string, changes: readonly Change[], more: object = {}) =>
  file(name, planOf(changes, more));
const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books/*' };
const grant: Change = { type: 'aws_iam_role_policy', after: { role: 'app', policy: policy(statement) } };
const bucket: Change = { type: 'aws_s3_bucket', before: { bucket: 'books' } };
const broader = plan('broader.json', [grant]);
const lossy = plan('lossy.json', [bucket]);
const nothing = plan('nothing.json', []);

test('a review of a plan for a terminal', async () => {
  const { code, stdout, stderr } = await runCli([
    'review',
    '--stack',
    `prod=${broader}`,
    '--fail-on',
    'none',
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(
    /^Plan review: 1 create; 1 broader or unknown access\n\nAccess\n {2}broadened {2}role app\n {4}may now s3:GetObject on arn:aws:s3:::books\//,
  );
});

test.each<[string, string[], number, string]>([
  ['the default gates', [lossy], 0, ''],
  ['broadening', [broader, '--fail-on', 'broadening'], 2, 'Gates that are not passed: broadening\n'],
  [
    'destroy and losses',
    [lossy, '--fail-on', 'destroy,replace-stateful'],
    2,
    'Gates that are not passed: destroy, replace-stateful\n',
  ],
  ['no changes', [nothing, '--fail-on', 'broadening,destroy,drift,error,unknown,warning'], 0, ''],
  ['the exit codes of Terraform, with changes', [lossy, '--fail-on', 'none', '--detailed-exitcode'], 2, ''],
  ['the exit codes of Terraform, without changes', [nothing, '--detailed-exitcode'], 0, ''],
])('%s', async (_, args, code, stderr) => {
  const ran = await runCli(['review', ...args]);
  expect([ran.code, ran.stderr]).toEqual([code, stderr]);
});

test('JSON satisfies the schema', async () => {
  const all = plan(
    'all.json',
    [
      grant,
      bucket,
      {
        type: 'google_project_iam_member',
        name: 'm',
        after: { project: 'p', role: 'roles/owner', member: 'allUsers' },
      },
    ],
    {
      errored: false,
      complete: false,
      resource_drift: [
        {
          address: 'aws_sqs_queue.q',
          mode: 'managed',
          type: 'aws_sqs_queue',
          name: 'q',
          change: { actions: ['delete'], before: { name: 'q' }, after: null },
        },
      ],
    },
  );
  const other = file('other.sarif', {
    runs: [
      {
        tool: { driver: { name: 'checkov' } },
        results: [
          {
            ruleId: 'CKV_1',
            level: 'error',
            message: { text: 'bad' },
            locations: [
              { physicalLocation: { artifactLocation: { uri: 'a.json' }, region: { startLine: 3 } } },
            ],
          },
        ],
      },
    ],
  });
  const ceiling = file('ceiling.json', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }],
  });
  const { stdout } = await runCli([
    'review',
    all,
    '--format',
    'json',
    '--merge',
    other,
    '--reference',
    ceiling,
  ]);
  const review = JSON.parse(stdout) as { others: unknown; exceeded: readonly string[] };
  const schema = JSON.parse(
    readFileSync(join(__dirname, '../../schemas/plan-review.schema.json'), 'utf8'),
  ) as object;
  const validate = new Ajv2020({ allErrors: true }).compile(schema);
  validate(review);
  expect(validate.errors).toBeNull();
  expect(review.others).toEqual([
    { tool: 'checkov', rule: 'CKV_1', level: 'error', message: 'bad', place: 'a.json:3' },
  ]);
  expect(review.exceeded).toEqual([expect.stringMatching(/^role app may s3:GetObject on /)]);
});

test('reasons come from the synthesized stack', async () => {
  const synthesized = file('cdk.tf.json', {
    '//': { metadata: { stackName: 'prod' } },
    resource: {
      aws_iam_role_policy: {
        x: {
          role: 'app',
          policy: '',
          '//': { reason: 'reads books', owner: 'team-books', metadata: { path: 'prod/reader/policy' } },
        },
      },
    },
  });
  const { stdout } = await runCli([
    'review',
    '--stack',
    `prod=${broader}`,
    '--synthesized',
    synthesized,
    '--fail-on',
    'none',
  ]);
  expect(stdout).toContain('reason: reads books, owner: team-books');
});

test('names of ids, Markdown, SARIF and an output file', async () => {
  const names = file('names.json', { books: 'the catalogue' });
  const output = join(folder, 'review.md');
  expect(
    await runCli([
      'review',
      broader,
      '--fail-on',
      'none',
      '--format',
      'markdown',
      '--names',
      names,
      '--output',
      output,
    ]),
  ).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(readFileSync(output, 'utf8')).toContain('books \\(the catalogue\\)');
  const { stdout } = await runCli(['review', broader, '--fail-on', 'none', '--format', 'sarif']);
  expect(JSON.parse(stdout)).toMatchObject({ version: '2.1.0' });
});

test.each<[string, string[], RegExp]>([
  ['no plan', [], /^error: A plan is required\. Run "terraform show -json PLAN"\.\n$/],
  [
    'a binary plan',
    [file('plan', 'PK\u0003\u0004xyz')],
    /got a binary plan\)\. Run "terraform show -json plan > plan\.json"/,
  ],
  ['truncated JSON', [file('cut.json', '{"format_version": "1.2", "resource_ch')], /^error: /],
  ['another major version', [file('two.json', { format_version: '2.0' })], /^error: /],
  [
    'a synthesized stack',
    [file('stack.json', { resource: {} })],
    /must be a plan \(got a synthesized stack\)/,
  ],
  ['a file that does not exist', [join(folder, 'none.json')], /^error: /],
  [
    'an unknown gate',
    [nothing, '--fail-on', 'destory'],
    /--fail-on must name broadening, .* or none \(got "destory"\)/,
  ],
  ['a stack without a path', ['--stack', 'prod'], /--stack must have the form NAME=PATH \(got "prod"\)/],
  [
    'two plans of one stack',
    ['--stack', `a=${nothing}`, '--stack', `a=${lossy}`],
    /Two plans are of the stack "a"/,
  ],
])('%s exits with 1, and prints no review', async (_, args, message) => {
  const { code, stdout, stderr } = await runCli(['review', ...args]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
});

test('a plan that failed exits with 1 whatever the gates are', async () => {
  const failed = plan('failed.json', [grant], { errored: true });
  const { code, stdout, stderr } = await runCli(['review', failed, '--fail-on', 'none']);
  expect(code).toBe(1);
  expect(stdout).toContain('Planning failed: the plan has only a part of the changes.');
  expect(stderr).toBe('error: Planning failed, so the review has only a part of the changes.\n');
});
