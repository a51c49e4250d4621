import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Inputs of every build: how it is done, and the versions of the packages that are compiled or bundled. */
const COMMON = ['scripts', 'package.json', 'node_modules/.package-lock.json'];

/**
 * Runs an action unless its inputs are those of the last run that succeeded.
 *
 * @param stamp file that keeps the digest of the inputs; it lies in the folder that the action writes, so that a
 * removed folder is written again
 * @param inputs files and folders, relative to the repository
 */
export async function whenChanged(stamp, inputs, action) {
  const digest = digestOf([...COMMON, ...inputs]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  rmSync(stamp, { force: true });
  await action();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

/** Digest of names and contents: times of files say nothing after a checkout. */
function digestOf(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths.flatMap(filesIn))
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

function filesIn(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
