import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModel, readModelText } from '../../lib/model';
import { decodedText } from '../../lib/model/model-text';

const folder = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-model-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files into a new folder. */
function folderOf(name: string, files: Readonly<Record<string, unknown>>): string {
  const root = join(folder, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

const configuration = (provider = 'aws') => ({
  '//': { metadata: { stackName: 'named' } },
  resource: { [`${provider}_x`]: { y: {} } },
});
const plan = { format_version: '1.2', resource_changes: [] };
const stack = (name: string, dependencies: readonly string[] = []) => ({
  synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
  dependencies,
});

test('reads the output folder of an app, each stack after its dependencies, with versions of the lock file', () => {
  const path = folderOf('app', {
    'manifest.json': { stacks: { app: stack('app', ['base', 'gone']), base: stack('base', ['app']) } },
    'stacks/app/cdk.tf.json': configuration(),
    'stacks/base/cdk.tf.json': configuration('google'),
    'stacks/app/.terraform.lock.hcl':
      '# Maintained by "terraform init".\nprovider "registry.terraform.io/hashicorp/aws" {\n  version     = "6.69.0"\n  hashes = []\n}\n',
  });
  const { stacks } = readModel(path);
  expect(stacks.map(({ name, dependencies }) => [name, dependencies])).toEqual([
    ['base', ['app']],
    ['app', ['base', 'gone']],
  ]);
  expect(stacks[1]?.resources[0]?.provider).toEqual({
    name: 'aws',
    source: 'hashicorp/aws',
    version: '6.69.0',
  });
});

test('reads the folder of a stack, one configuration, and a plan', () => {
  const path = folderOf('single', {
    'cdk.tf.json': configuration(),
    'plan.json': plan,
    'prod-app.json': plan,
  });
  expect(readModel(path).stacks).toMatchObject([{ name: 'named', source: 'synthesized' }]);
  expect(readModel(join(path, 'cdk.tf.json')).stacks).toMatchObject([{ name: 'named' }]);
  expect(readModel(join(path, 'plan.json')).stacks).toMatchObject([{ name: 'single', source: 'plan' }]);
  expect(readModel(join(path, 'prod-app.json')).stacks).toMatchObject([{ name: 'prod-app', source: 'plan' }]);
  expect(readModel(join(path, 'plan.json'), { name: 'prod' }).stacks).toMatchObject([{ name: 'prod' }]);
});

test('reads the standard input', () => {
  const program = `process.stdout.write(JSON.stringify(require('./lib/model').readModel('-', { name: 'in' })))`;
  const output = execFileSync(process.execPath, ['--import', 'tsx', '--eval', program], {
    cwd: join(__dirname, '../..'),
    input: JSON.stringify(plan),
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toMatchObject({ stacks: [{ name: 'in', source: 'plan' }] });
});

test.each([
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFF{"a":1}', 'utf8')],
  ['UTF-16 of PowerShell', Buffer.from('\uFEFF{"a":1}', 'utf16le')],
])('decodes %s', (_, bytes) => {
  expect(decodedText(bytes)).toBe('{"a":1}');
});

const COMMANDS = 'Run "terraform plan -out=plan" and "terraform show -json plan > plan.json".';

test.each([
  ['', `the file must not be empty. ${COMMANDS}`],
  [' \n', `the file must not be empty. ${COMMANDS}`],
  [
    'PK\u0003\u0004\u0000tfplan',
    'the plan must be JSON (got a binary plan). Run "terraform show -json plan > plan.json".',
  ],
  ['Terraform will perform the following actions:', `the file must be JSON. ${COMMANDS}`],
  ['{"a": 1} trailing', `the file must be JSON. ${COMMANDS}`],
  ['{"a": tru', 'the JSON must be complete (got a truncated file).'],
  ['{"a": "te', 'the JSON must be complete (got a truncated file).'],
  ['{"a": 1', 'the JSON must be complete (got a truncated file).'],
  ['{"a": [1,\n', 'the JSON must be complete (got a truncated file).'],
  [
    '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info","@message":"Plan"}\n',
    `the plan must be JSON (got the log of "terraform plan -json"). ${COMMANDS}`,
  ],
  ['{"format_version":"2.1"}', /^plan\.json: format_version must have the major version 1 \(got "2\.1"\)/],
  ['{}', /^plan\.json: the file must be a configuration in the JSON syntax of Terraform/],
  ['[1]', /^plan\.json: the file must be a configuration/],
])('rejects the text %j', (text, problem) => {
  expect(() => readModelText(text, 'plan.json')).toThrow(
    typeof problem === 'string' ? `plan.json: ${problem}` : problem,
  );
});

test('rejects paths that are not readable, or something else', () => {
  const path = folderOf('wrong', {
    'empty/x.txt': '',
    'app/manifest.json': { version: 1 },
    'stacks/manifest.json': { stacks: { a: {} } },
  });
  expect(() => readModel(join(path, 'none'))).toThrow(
    /none: the file must exist and be readable \(ENOENT\)\.$/,
  );
  expect(() => readModel(join(path, 'empty'))).toThrow(
    /empty: the folder must have manifest\.json or cdk\.tf\.json\. Run the synth first, or name the JSON file of a plan\.$/,
  );
  expect(() => readModel(join(path, 'app'))).toThrow(
    /manifest\.json: the file must be the manifest of a synthesized app\. Run the synth first\.$/,
  );
  expect(() => readModel(join(path, 'stacks'))).toThrow(
    /manifest\.json: the stack "a" must have a synthesizedStackPath\. Run the synth first\.$/,
  );
});
