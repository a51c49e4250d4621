import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionStack, modulePlan, rootModule } from './foreign-stacks';
import { runCli } from './streams';

/* Stacks and plans that no construct of this library made. */

const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const paths = {
  rootModule: file('root.tf.json', rootModule),
  functionStack: file('function.tf.json', functionStack),
  modulePlan: file('plan.json', modulePlan),
};

interface Report {
  readonly findings: readonly { rule: string; severity: string; address: string }[];
}

interface Manifest {
  readonly edges: readonly unknown[];
}

async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await runCli(args);
  expect([code === 0 || code === 2, stderr]).toEqual([true, '']);
  return JSON.parse(stdout) as T;
}

test.each([
  [
    'a root module with for_each',
    paths.rootModule,
    [
      'ACC001 note google_project_iam_member.nodes',
      'ACC001 note google_storage_bucket_iam_binding.readers',
      'GCP009 warning google_storage_bucket_iam_binding.readers',
    ],
  ],
  ['a function with policies in data sources', paths.functionStack, ['ACC001 note aws_iam_role.api']],
  [
    'a plan of nested modules',
    paths.modulePlan,
    [
      'ACC001 note module.data["eu.primary"].google_secret_manager_secret_iam_binding.bindings["token.reader"]',
      'ACC001 note module.folder.google_folder_iam_binding.authoritative["roles/resourcemanager.projectCreator"]',
      'GCP009 warning module.data["eu.primary"].google_secret_manager_secret_iam_binding.bindings["token.reader"]',
      'GCP009 warning module.folder.google_folder_iam_binding.authoritative["roles/resourcemanager.projectCreator"]',
    ],
  ],
])('check raises for %s what a reader can act on', async (_, path, expected) => {
  const { findings } = await json<Report>('check', '--format', 'json', path);
  expect(findings.map(({ rule, severity, address }) => `${rule} ${severity} ${address}`).sort()).toEqual(
    expected,
  );
});

test.each(Object.entries(paths))('the access manifest of %s has edges', async (_, path) => {
  const { edges } = await json<Manifest>('access', 'manifest', '--input', path);
  expect(edges.length).toBeGreaterThan(0);
});

test('the review of a plan of modules names the known grant, and states that the other is unknown', async () => {
  const { code, stdout, stderr } = await runCli(['review', paths.modulePlan]);
  expect([code === 0 || code === 2, stderr]).toEqual([true, '']);
  expect(stdout).toContain('roles/resourcemanager.projectCreator');
  expect(stdout).toContain('1 of 3 resources that state access were read completely.');
});
