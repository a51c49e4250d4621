import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository } from './measure.mjs';

const { name, exports } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));

/**
 * The entry points of the package, each with what it stands on: cdktf, constructs and the deep imports of
 * provider packages in its own compiled code.
 */
export function entryPoints() {
  return (
    Object.entries(exports)
      // Bundles and the manifest are plain files.
      .filter(([, target]) => typeof target === 'object')
      .map(([subpath, { default: file }]) => ({
        specifier: subpath === '.' ? name : `${name}${subpath.slice(1)}`,
        foundation: ['constructs', 'cdktf', ...providerImports(join(repository, file))],
      }))
  );
}

function providerImports(entry) {
  const seen = new Set();
  const found = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/require\(["']([^"']+)["']\)/g)) {
      // Tables are JSON and load no module.
      if (specifier.endsWith('.json')) continue;
      if (specifier.startsWith('.')) visit(resolved(join(dirname(file), specifier)));
      else if (specifier.startsWith('@cdktf/')) found.add(specifier);
    }
  };
  visit(entry);
  return [...found].sort();
}

function resolved(path) {
  return [path, `${path}.js`, join(path, 'index.js')].find(
    (file) => file.endsWith('.js') && existsSync(file),
  );
}
