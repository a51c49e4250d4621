import { execFile } from 'node:child_process';
import { join } from 'node:path';

const folder = join(__dirname, '../../../scripts/pipeline');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of `scripts/pipeline`, without the variables of the pipeline that may run this test. */
export function runScript(
  script: string,
  args: readonly string[],
  { env = {}, cwd = folder }: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string } = {},
): Promise<Ended> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GITHUB_')));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(folder, script), ...args],
      { cwd, env: { ...own, ...env }, encoding: 'utf8' },
      (error, stdout, stderr) => {
        // A process that a signal ended has no code.
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
      },
    );
  });
}
