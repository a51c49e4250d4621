import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { attempt, repository, temporaryFolder, testUnless, type Ran } from '../terraform/lab';
import { environmentStacks } from '../terraform/synthesized';
import { fromGo } from '../tools/installed';

/* The section "Policies in Rego" of docs/model.md, with the policies and the commands as the page shows them. */

const opa = fromGo('opa', 'github.com/open-policy-agent/opa', '1.22.3');
const testOpa = testUnless('reason' in opa ? opa.reason : undefined);

const page = readFileSync(join(repository, 'docs/model.md'), 'utf8');
const section = page.split('\n## ').find((text) => text.startsWith('Policies in Rego'))!;
const policies = [...section.matchAll(/```rego\n# (\S+)\n([^]*?)```/g)];
const commands = /```sh\n([^]*?)```/.exec(section)![1]!;

const folder = temporaryFolder();

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function writeProgram(name: string, command: string): void {
  write(`bin/${name}`, `#!/bin/sh\n${command} "$@"\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
}

beforeAll(() => {
  if ('program' in opa) writeProgram('opa', `exec ${opa.program}`);
  // The page uses the installed package. This runs the program that the lane has built.
  writeProgram('npx', `shift\nexec ${process.execPath} ${join(repository, 'dist/cli/main.js')}`);
});

/** Runs the commands of the page in a folder with the policies of the page. */
function runPage(project: string): Ran {
  for (const [, path, text] of policies) write(`${project}/${path!}`, text!);
  return attempt('bash', ['-c', commands], {
    cwd: join(folder, project),
    env: { PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter) },
  });
}

/** Writes the stacks of an app where the page expects them. */
function synthesize(project: string, build: (stack: TerraformStack) => void): void {
  const outdir = join(folder, project, 'cdktf.out');
  mkdirSync(outdir, { recursive: true });
  const app = new App({ outdir, skipValidation: true });
  build(new TerraformStack(app, project));
  app.synth();
}

testOpa('the stacks of the sample comply with both policies of the page', () => {
  environmentStacks(folder); // writes to the folder "stacks"
  mkdirSync(join(folder, 'sample'));
  attempt('mv', [join(folder, 'stacks'), join(folder, 'sample/cdktf.out')]);
  expect(runPage('sample')).toEqual({ status: 0, output: '' });
});

testOpa('a bucket outside of the allowed regions and a grant without an owner fail', () => {
  synthesize('planted', (stack) => {
    new StorageBucket(stack, 'archive', { name: 'archive', location: 'EUROPE-WEST4' });
    new SecretManagerSecretIamMember(stack, 'reader', {
      secretId: 'password',
      role: 'roles/secretmanager.secretAccessor',
      member: 'serviceAccount:reader@shop.iam.gserviceaccount.com',
    });
  });
  expect(runPage('planted')).toEqual({
    status: 1,
    output:
      'google_secret_manager_secret_iam_member.reader: the grant must name an owner\n' +
      'planted/archive: location must be one of {"global", "us-central1"} (got "EUROPE-WEST4")\n',
  });
});

testOpa('a location that only Terraform can compute is no finding', () => {
  synthesize('computed', (stack) => {
    const first = new StorageBucket(stack, 'first', { name: 'first', location: 'us-central1' });
    new StorageBucket(stack, 'second', { name: 'second', location: first.location });
    new StorageBucket(stack, 'third', { name: 'third', location: first.id });
  });
  expect(runPage('computed')).toEqual({ status: 0, output: '' });
});

testOpa('stacks that cannot be read fail, although OPA accepts an empty input', () => {
  mkdirSync(join(folder, 'empty'));
  const { status, output } = runPage('empty');
  expect(status).toBe(1);
  expect(output).toContain('cdktf.out');
});
