import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { node22 } from '../cluster/orchestration/node22';

/*
 * The CLI of cdktn, which is installed on first use outside of the repository: its 217 MB would be in each worktree.
 */

const VERSION = '0.24.0';
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const folder = join(cache, 'cdktf-multicloud', `cdktn-cli-${VERSION}`);

/** Command of the CLI, or why it cannot be had here. It needs Node 22. */
export function cdktnCli(): { readonly command: readonly [string, string] } | { readonly reason: string } {
  const node = node22();
  if (node === undefined) return { reason: 'there is no Node 22, which the CLI of cdktn needs' };
  try {
    if (!existsSync(folder)) install();
    return { command: [node, join(folder, 'node_modules/cdktn-cli/bin/cdktn')] };
  } catch (error) {
    return { reason: `cdktn-cli ${VERSION} cannot be installed: ${(error as Error).message.split('\n')[0]}` };
  }
}

/** Installs into a folder next to the final one, so that an interrupted installation is not used. */
function install(): void {
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  try {
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    execFileSync('npm', ['install', ...quiet, '--prefix', unfinished, `cdktn-cli@${VERSION}`], {
      cwd: unfinished,
      stdio: 'pipe',
    });
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
