import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policy } from '../../access/graph/graph-of';
import { runCli } from '../streams';

const folder = mkdtempSync(join(tmpdir(), 'access-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const stackWith = (actions: readonly string[]) => ({
  resource: {
    aws_iam_role: { app: { name: 'app', assume_role_policy: policy(), '//': { reason: 'reads books' } } },
    aws_iam_role_policy: {
      app: {
        role: 'app',
        policy: policy({ Effect: 'Allow', Action: actions, Resource: 'arn:aws:s3:::books' }),
      },
    },
  },
});
const stack = file('cdk.tf.json', stackWith(['s3:GetObject']));

test.each<[string, string[], number, RegExp]>([
  [
    'who-can',
    ['who-can', 's3:GetObject', 'on', 'books'],
    0,
    /│ role app {9}│ s3:GetObject {5}│ resource book/,
  ],
  ['who-can without "on"', ['who-can', 's3:GetObject', 'books'], 0, /role app/],
  [
    'who-can, nobody',
    ['who-can', 's3:PutObject', 'on', 'books'],
    2,
    /^No identity has s3:PutObject on books\.\n$/,
  ],
  [
    'what-can',
    ['what-can', 'app', '--format', 'markdown'],
    0,
    /\| `role app` \| s3:GetObject \| resource books \|/,
  ],
  [
    'why',
    ['why', 'app', 'books'],
    0,
    /^Path 1\n {2}1\. role app has s3:GetObject on resource books\.\n {7}reason: reads books\n/,
  ],
  ['why, no path', ['why', 'app', 'app'], 2, /^No path leads from app to app\.\n$/],
  ['graph', ['graph', '--format', 'dot'], 0, /^digraph access \{\n/],
  ['graph with a focus', ['graph', '--format', 'mermaid', '--focus', 'app'], 0, /^flowchart LR\n/],
])('%s', async (_, args, code, output) => {
  const ran = await runCli(['access', ...args, '--input', stack]);
  expect([ran.code, ran.stderr]).toEqual([code, '']);
  expect(ran.stdout).toMatch(output);
});

test('JSON has whole paths', async () => {
  const { stdout } = await runCli(['access', 'why', 'app', 'books', '--format', 'json', '-i', stack]);
  expect(JSON.parse(stdout)).toMatchObject([
    { certainty: 'yes', path: [{ kind: 'grants', permissions: ['s3:GetObject'] }] },
  ]);
});

test('a manifest answers as its stack does, and a changed one is refused', async () => {
  const { stdout } = await runCli(['access', 'manifest', '-i', stack]);
  const path = file('manifest.json', stdout);
  expect((await runCli(['access', 'who-can', 's3:GetObject', 'books', '-i', path])).code).toBe(0);
  const changed = file('changed.json', stdout.replace('s3:GetObject', 's3:PutObject'));
  expect(await runCli(['access', 'who-can', 's3:GetObject', 'books', '-i', changed])).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: ${changed}: digest must be the SHA-256 of the manifest: the file was changed. Write the manifest again.\n`,
  });
});

test('diff exits with 2 if access was gained', async () => {
  const more = file('more.tf.json', stackWith(['s3:GetObject', 's3:DeleteObject']));
  const ran = await runCli(['access', 'diff', stack, more]);
  expect(ran).toEqual({
    code: 2,
    stdout:
      '+ role app has s3:DeleteObject, s3:GetObject on resource books.\n- role app has s3:GetObject on resource books.\n',
    stderr: '',
  });
  expect(await runCli(['access', 'diff', stack, stack])).toEqual({
    code: 0,
    stdout: 'No access changed.\n',
    stderr: '',
  });
});

test.each<[string, string[], RegExp]>([
  [
    'a misspelt identity',
    ['what-can', 'aap', '-i', stack],
    /^error: identity must be a node of the access graph \(got "aap"\)\. Did you mean "app"\?\n$/,
  ],
  [
    'a misspelt focus',
    ['graph', '--focus', 'bokks', '-i', stack],
    /resource must be a node of the access graph/,
  ],
  ['a file that does not exist', ['manifest', '-i', join(folder, 'none.json')], /^error: /],
  ['a file of another shape', ['manifest', '-i', file('other.json', { a: 1 })], /^error: /],
])('%s exits with 1', async (_, args, message) => {
  const ran = await runCli(['access', ...args]);
  expect([ran.code, ran.stdout]).toEqual([1, '']);
  expect(ran.stderr).toMatch(message);
});

test('diff names the parts of a resource if only these changed', async () => {
  const invokes = (name: string) => ({
    resource: {
      aws_iam_role: { app: { name: 'app', assume_role_policy: policy() } },
      aws_iam_role_policy: {
        app: {
          role: 'app',
          policy: policy({
            Effect: 'Allow',
            Action: 'lambda:GetFunction',
            Resource: `arn:aws:lambda:eu-west-1:123456789012:function:load:${name}`,
          }),
        },
      },
    },
  });
  const [live, any] = ['live', '*'].map((name, index) => file(`part-${index}.tf.json`, invokes(name)));
  const { stdout } = await runCli(['access', 'diff', live!, any!]);
  const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:load';
  expect(stdout.split('\n')).toEqual([
    `+ role app has lambda:GetFunction on function load. (${arn}:*)`,
    `- role app has lambda:GetFunction on function load. (${arn}:live)`,
    '',
  ]);
});
