import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { labProviders, noLab, repository, run, temporaryFolder, testUnless } from './lab';

const scratch = temporaryFolder();
const stacks = ['dev-platform', 'dev-orchestration', 'dev-vertex', 'dev-workloads'];

/** What the app is built from. The lane has built it, so the build of the copy finds no change. */
const linked = ['dist', 'examples', 'lib', 'node_modules', 'runtime', 'scripts', 'stacks', 'tsconfig.json'];

/** A copy of the app, so that its state stays out of the repository. */
function copyOfApp(): string {
  const app = join(scratch, 'app');
  mkdirSync(app);
  for (const name of ['cdktf.json', 'package.json']) cpSync(join(repository, name), join(app, name));
  for (const name of linked) symlinkSync(join(repository, name), join(app, name));
  return app;
}

function cdktf(app: string, env: NodeJS.ProcessEnv, ...args: string[]): string {
  return run('npx', ['--no', 'cdktf', ...args, '--skip-provider-lock'], {
    cwd: app,
    env: { ...env, CI: '1', FORCE_COLOR: '0' },
  });
}

function resourcesIn(app: string, stack: string): number {
  const state = JSON.parse(readFileSync(join(app, `terraform.${stack}.tfstate`), 'utf8')) as {
    resources: { mode: string }[];
  };
  return state.resources.filter(({ mode }) => mode === 'managed').length;
}

testUnless(noLab)('cdktf deploys an environment, then finds no difference, then destroys it', () => {
  const app = copyOfApp();
  const env = labProviders(scratch);
  expect(existsSync(join(app, 'terraform.dev-platform.tfstate'))).toBe(false);

  cdktf(app, env, 'deploy', ...stacks, '--auto-approve');
  for (const stack of stacks) expect(resourcesIn(app, stack)).toBeGreaterThan(0);

  for (const stack of stacks) expect(cdktf(app, env, 'diff', stack)).toContain('No changes.');

  cdktf(app, env, 'destroy', ...stacks, '--auto-approve');
  for (const stack of stacks) expect(resourcesIn(app, stack)).toBe(0);
});
