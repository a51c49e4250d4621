import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../terraform/lab';

/*
 * Linters of workflow files, which are installed on first use under node_modules/.cache: zizmor and check-jsonschema
 * from PyPI, actionlint as a Go module.
 */

const cache = join(repository, 'node_modules/.cache');

/** A linter, or why it cannot be had here. */
export type Linter = { readonly program: string } | { readonly reason: string };

function fromPypi(name: string, version: string): Linter {
  const environment = join(cache, `${name}-${version}`);
  const program = join(environment, 'bin', name);
  return installed(`${name} ${version}`, program, environment, () => {
    execFileSync('python3', ['-m', 'venv', environment], { stdio: 'pipe' });
    execFileSync(join(environment, 'bin/pip'), ['install', '--quiet', `${name}==${version}`], {
      stdio: 'pipe',
    });
  });
}

function fromGo(name: string, module: string, version: string): Linter {
  const folder = join(cache, `${name}-${version}`);
  return installed(`${name} ${version}`, join(folder, name), folder, () => {
    execFileSync('go', ['install', `${module}@v${version}`], {
      stdio: 'pipe',
      env: { ...process.env, GOBIN: folder },
    });
  });
}

function installed(what: string, program: string, folder: string, install: () => void): Linter {
  try {
    if (!existsSync(program)) install();
    return { program };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    return { reason: `${what} could not be installed (${(error as Error).message.split('\n')[0]})` };
  }
}

export const zizmor = fromPypi('zizmor', '1.32.0');
export const jsonSchema = fromPypi('check-jsonschema', '0.39.0');
export const actionlint = fromGo('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint', '1.7.12');

export interface Linted {
  readonly status: number | null;
  readonly output: string;
}

/** `test` that gets the linter as a function, or a skipped test with the reason. */
export function testWith(
  linter: Linter,
  name: string,
  run: (lint: (...args: string[]) => Linted) => void,
): void {
  if ('reason' in linter) {
    process.stderr.write(`skipped: ${linter.reason}\n`);
    test.skip(`${name} (${linter.reason})`, () => undefined);
    return;
  }
  test(name, () =>
    run((...args) => {
      const { status, stdout, stderr } = spawnSync(linter.program, args, {
        cwd: repository,
        encoding: 'utf8',
      });
      return { status, output: stdout + stderr };
    }),
  );
}
