import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditEntry } from '../../logs/entries';
import { runCli } from '../streams';

const folder = mkdtempSync(join(tmpdir(), 'observed-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const reader = 'reader@books.iam.gserviceaccount.com';
const stack = file('cdk.tf.json', {
  resource: {
    google_project_iam_member: {
      x: { project: 'books', role: 'roles/storage.objectViewer', member: `serviceAccount:${reader}` },
    },
  },
});
const entry = (principalEmail: string) => ({
  ...auditEntry(
    'data_access',
    {
      serviceName: 'storage.googleapis.com',
      methodName: 'storage.objects.get',
      authorizationInfo: [
        { permission: 'storage.objects.get', granted: true, resource: 'projects/_/buckets/b/objects/o' },
      ],
    },
    { principalEmail },
  ),
  resource: { type: 'gcs_bucket', labels: { project_id: 'books' } },
  timestamp: '2026-11-25T10:00:00Z',
});
const known = file('known.json', [entry(reader)]);
const hostile = '</td>|`@team`\u202e\u001b[31m@example.com';
const strange = file(
  'strange.jsonl',
  `${JSON.stringify(entry(reader))}\n${JSON.stringify(entry(hostile))}\n`,
);

const observed = (...args: readonly string[]) => runCli(['access', 'observed', '-i', stack, ...args]);

test('calls with a path exit with 0', async () => {
  const { code, stdout, stderr } = await observed('--google', known, '--format', 'json');
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({
    window: { first: '2026-11-25T10:00:00Z' },
    explained: [{ identity: `google.serviceAccount/${reader}`, count: 1, path: [{ kind: 'grants' }] }],
    unexplained: [],
    unused: [],
  });
});

test('calls without a path exit with 2, and a hostile name changes no output', async () => {
  const table = await observed('--google', strange);
  expect([table.code, table.stderr]).toEqual([2, '']);
  expect(table.stdout).toContain('Calls without a path in the manifest (1)');
  // eslint-disable-next-line no-control-regex -- control characters are what must not be in the output
  expect(table.stdout).not.toMatch(/[\u001b\u202e]/);
  const markdown = await observed('--google', strange, '--format', 'markdown');
  expect(markdown.stdout).not.toMatch(/<\/td>|@team/);
  expect(markdown.stdout).toContain('### Calls without a path in the manifest \\(1\\)');
});

test.each<[string, string[], RegExp]>([
  ['no log', [], /^error: A log is required\./],
  [
    'truncated JSON',
    ['--cloudtrail', file('cut.json', '{"Records": [')],
    /^error: The file .* must be JSON, or have/,
  ],
  [
    'a value of many levels',
    ['--kubernetes', file('deep.json', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)],
    /^error: A file has too many nested values\.\n$/,
  ],
  ['a log of another cloud', ['--cloudtrail', known], /^error: .* must have records of CloudTrail/],
])('%s exits with 1', async (_, args, message) => {
  const ran = await observed(...args);
  expect([ran.code, ran.stdout]).toEqual([1, '']);
  expect(ran.stderr).toMatch(message);
});
