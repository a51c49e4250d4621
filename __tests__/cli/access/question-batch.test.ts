import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policy } from '../../access/graph/graph-of';
import { runCli } from '../streams';

const folder = mkdtempSync(join(tmpdir(), 'batch-'));
afterAll(() => rmSync(folder, { recursive: true }));
const stack = join(folder, 'cdk.tf.json');
writeFileSync(
  stack,
  JSON.stringify({
    resource: {
      aws_iam_role: { app: { name: 'app', assume_role_policy: policy() } },
      aws_iam_role_policy: {
        app: {
          role: 'app',
          policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books' }),
        },
      },
    },
  }),
);
const batch = async (verb: string, ...lines: readonly unknown[]) => {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const ran = await runCli(['access', verb, '--batch', '-', '-i', stack], text);
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  return ran.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
};

test('each line has its answer, in order', async () => {
  expect(
    await batch(
      'who-can',
      { permission: 's3:GetObject', resource: 'books' },
      { permission: 's3:PutObject', resource: 'books' },
      { permission: 's3:GetObject', resource: 'bokks' },
      { permission: 's3:GetObject' },
      '{',
      '[]',
    ),
  ).toMatchObject([
    { answers: [{ identity: { label: 'app' }, certainty: 'yes' }] },
    { answers: [] },
    { error: 'resource must be a node of the access graph (got "bokks"). Did you mean "books"?' },
    { error: 'resource must be a text.' },
    { error: expect.stringMatching(/^The line must be JSON/) },
    { error: 'The line must be an object.' },
  ]);
});

test('the other verbs', async () => {
  expect(await batch('what-can', { identity: 'app' })).toMatchObject([{ answers: [{}] }]);
  expect(await batch('why', { identity: 'app', resource: 'books' })).toMatchObject([
    { answers: [{ path: [{ kind: 'grants' }] }] },
  ]);
  const question = { identity: 'app', resource: 'books' };
  expect(
    await batch(
      'why-not',
      { ...question, permission: 's3:GetObject' },
      { ...question, permission: 's3:PutObject' },
    ),
  ).toMatchObject([{ result: 'allowed' }, { result: 'rejected', rejections: [{ stage: 'policy' }] }]);
});

test.each(['who-can', 'what-can', 'why', 'why-not'])(
  '%s needs arguments or a batch, and not both',
  async (verb) => {
    const none = await runCli(['access', verb, '-i', stack]);
    expect([none.code, none.stdout]).toEqual([1, '']);
    expect(none.stderr).toMatch(/ must be given.* See --help\.\n$/);
    const both = await runCli(['access', verb, 'app', '--batch', '-', '-i', stack]);
    expect(both).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: --batch must not be combined with arguments.\n',
    });
  },
);

test('policies of the organization narrow the answers', async () => {
  const scp = join(folder, 'scp.json');
  const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*' };
  writeFileSync(
    scp,
    JSON.stringify({
      Policy: {
        PolicySummary: { Name: 'no-s3', Type: 'SERVICE_CONTROL_POLICY' },
        Content: policy(deny),
      },
    }),
  );
  const who = ['access', 'who-can', 's3:GetObject', 'books', '-i', stack];
  expect((await runCli(who)).code).toBe(0);
  expect((await runCli([...who, '--organization', scp])).code).toBe(2);
  const why = ['access', 'why-not', 'app', 's3:GetObject', 'books', '-i', stack, '--organization', scp];
  const { code, stdout } = await runCli(why);
  expect(code).toBe(2);
  expect(stdout).toContain('denial: The service control policy no-s3 denies s3:GetObject.');
  const { code: bad, stderr } = await runCli([...who, '--organization', stack]);
  expect(bad).toBe(1);
  expect(stderr).toMatch(/must be the output of "aws organizations describe-policy"/);
});
