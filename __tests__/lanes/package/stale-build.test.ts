import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './consumer';

const app = mkdtempSync(join(tmpdir(), 'stale-build-'));
afterAll(() => rmSync(app, { recursive: true, force: true }));

const SOURCES = [
  'cdktf.json',
  'package.json',
  'tsconfig.json',
  'cli',
  'examples',
  'lib',
  'runtime',
  'scripts',
  'stacks',
];

function synth(): string {
  const cli = join(repository, 'node_modules/cdktf-cli/bundle/bin/cdktf');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'synth'], {
    cwd: app,
    encoding: 'utf8',
    env: { ...process.env, CI: '1', CHECKPOINT_DISABLE: '1' },
  });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return readFileSync(join(app, 'cdktf.out/stacks/dev-platform/cdk.tf.json'), 'utf8');
}

test('cdktf synth writes what the stacks say now, and not what they said at the last build', () => {
  for (const name of [...SOURCES, 'dist'])
    cpSync(join(repository, name), join(app, name), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(app, 'node_modules'));
  expect(synth()).not.toContain('edited-project');

  const environments = join(app, 'stacks/environments.ts');
  const source = readFileSync(environments, 'utf8');
  writeFileSync(environments, source.replace(/id: '[a-z-]*dev'/, "id: 'edited-project'"));
  expect(readFileSync(environments, 'utf8')).not.toBe(source);
  expect(synth()).toContain('edited-project');
});
