import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../streams';

const folder = mkdtempSync(join(tmpdir(), 'drift-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const member = 'serviceAccount:reader@books.iam.gserviceaccount.com';
const stack = file('cdk.tf.json', {
  resource: { google_project_iam_member: { x: { project: 'books', role: 'roles/viewer', member } } },
});
const binding = { role: 'roles/viewer', members: [member] };
const same = file('same.json', { bindings: [binding] });
const hostile = 'user:</td>|`@team`\u202e\u001b[31m@example.com';
const extra = file('extra.json', { bindings: [binding, { role: 'roles/owner', members: [hostile] }] });
const none = file('none.json', { bindings: [], etag: 'x' });

const drift = (...args: readonly string[]) => runCli(['access', 'drift', '-i', stack, ...args]);

test('no drift exits with 0', async () => {
  expect(await drift('--google-policy', `books=${same}`)).toEqual({
    code: 0,
    stdout: `No drift in what was compared.

Compared: 1 grants of the manifest, 1 of the clouds.
`,
    stderr: '',
  });
});

test('missing access exits with 0 and is listed', async () => {
  const { code, stdout } = await drift('--google-policy', `books=${none}`, '--format', 'json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    findings: [{ kind: 'missing', edge: { role: 'roles/viewer' } }],
  });
});

test('extra access exits with 2, and a hostile name changes no output', async () => {
  const table = await drift('--google-policy', `books=${extra}`);
  expect([table.code, table.stderr]).toEqual([2, '']);
  expect(table.stdout).toMatch(/extra/);
  // eslint-disable-next-line no-control-regex -- control characters are what must not be in the output
  expect(table.stdout).not.toMatch(/[\u001b\u202e]/);
  const markdown = await drift('--google-policy', `books=${extra}`, '--format', 'markdown');
  expect(markdown.stdout).toContain(
    '| extra | <code>member user:&lt;/td&gt;&#124;&#96;@&#8203;team&#96;&#92;u202e',
  );
  expect(markdown.stdout).not.toMatch(/<\/td>|@team/);
});

test('a difference of the baseline is listed and exits with 0, and another one exits with 2', async () => {
  const { stdout } = await drift('--google-policy', `books=${extra}`, '--format', 'json');
  const baseline = file('baseline.json', stdout);
  const again = await drift('--google-policy', `books=${extra}`, '--baseline', baseline);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('In the baseline (1):\n  extra: member user:');
  const wider = file('wider.json', {
    bindings: [binding, { role: 'roles/owner', members: [hostile, 'user:other@example.com'] }],
  });
  const other = await drift('--google-policy', `books=${wider}`, '--baseline', baseline, '--format', 'json');
  expect(other.code).toBe(2);
  const report = JSON.parse(other.stdout) as { findings: unknown[]; known: unknown[] };
  expect([report.findings, report.known].map(({ length }) => length)).toEqual([1, 1]);
});

test.each<[string, string[], RegExp]>([
  ['no file', [], /^error: A file of a cloud is required\./],
  ['no project', ['--google-policy', same], /^error: --google-policy must be PROJECT=FILE \(got ".*"\)\./],
  [
    'a baseline of another kind',
    ['--google-policy', `books=${same}`, '--baseline', same],
    /^error: .*same\.json must be a report of "access drift --format json"\./,
  ],
  ['a missing file', ['--kubernetes', join(folder, 'x')], /^error: The file .*x cannot be read/],
  [
    'a value of many levels',
    [
      '--kubernetes',
      file(
        'deep.json',
        `{"items":[{"kind":"Role","metadata":{"name":"x"},"rules":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`,
      ),
    ],
    /^error: A file has too many nested values\.\n$/,
  ],
  ['truncated JSON', ['--kubernetes', file('cut.json', '{"items": [')], /^error: The file .* must be JSON/],
  ['another file', ['--aws-authorization', same], /^error: .*same\.json must have RoleDetailList/],
  [
    'a bad line',
    ['--terraform-query', file('lines.json', '{"type":"list_start"}\n{')],
    /^error: The file .* must be JSON, or have JSON in each line \(line 2: /,
  ],
])('%s exits with 1', async (_, args, message) => {
  const ran = await drift(...args);
  expect([ran.code, ran.stdout]).toEqual([1, '']);
  expect(ran.stderr).toMatch(message);
});
