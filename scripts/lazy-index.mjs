import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/*
 * Rewrites the compiled index of each entry point, so that a file is loaded when one of its names is used. The
 * compiled "export" statements load all files, and with them the provider bindings of both clouds.
 */

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Rewrites `dist/lib/**\/index.js` of the entry points that package.json lists. */
export function writeLazyIndexes() {
  for (const { default: compiled } of Object.values(exports)) {
    if (compiled?.startsWith('./dist/lib/')) writeFileSync(compiled, lazyIndex(compiled));
  }
}

function lazyIndex(compiled) {
  const source = join(compiled)
    .replace(/^dist\//, '')
    .replace(/\.js$/, '.ts');
  const values = exportedValues(source);
  return `'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
const { withPackages } = require('./${relative(dirname(source), 'lib/core/missing-package')}');
const lazy = (name, load) =>
  Object.defineProperty(exports, name, { enumerable: true, get: () => withPackages(load)[name] });
// An ES module that imports a name gets no error of a getter, so a missing core is found here.
withPackages(() => require('cdktf'));
${values.map(({ name, file }) => `lazy('${name}', () => require('./${relative(dirname(source), file)}'));`).join('\n')}
// Never runs. Node reads the names of an ES module's import from this line.
0 && (module.exports = { ${values.map(({ name }) => name).join(', ')} });
`;
}

/** Names of the values that an index exports, each with the file that has it. */
function exportedValues(index) {
  const statements = readFileSync(index, 'utf8').matchAll(
    /^export (type )?(\*|\{[^}]*\}) from '([^']+)';$/gm,
  );
  return [...statements].flatMap(([, isType, names, specifier]) => {
    const file = join(dirname(index), specifier);
    if (isType) return [];
    if (names === '*') return exportedValues(join(file, 'index.ts'));
    return names
      .slice(1, -1)
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => ({ name, file }));
  });
}
