import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../streams';

const folder = mkdtempSync(join(tmpdir(), 'page-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: object) => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const page = (input: string, ...args: readonly string[]) =>
  runCli(['access', 'page', '-i', input, '--no-picture', ...args]);

const stack = file('cdk.tf.json', {
  '//': { invariants: [{ kind: 'never', identity: 'user:ada@x.com', resource: 'project:books' }] },
  resource: {
    google_project_iam_member: { x: { project: 'books', role: 'roles/owner', member: 'user:ada@x.com' } },
  },
});

test('lists invariants and findings of stacks', async () => {
  const { code, stdout } = await page(stack);
  expect(code).toBe(0);
  expect(stdout).toContain('<li>Violated: Access.never: user:ada@x.com must not have access on books');
  expect(stdout).toMatch(/<li>error [A-Z]+\d{3}.*google_project_iam_member\.x/);
});

test('has no such section for a manifest, which has no resources', async () => {
  const { stdout } = await runCli(['access', 'manifest', '-i', stack]);
  const manifest = file('manifest.json', JSON.parse(stdout) as object);
  expect((await page(manifest)).stdout).not.toContain('Invariants and findings');
});
