import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { bundleRuntime } from './bundle.mjs';

/*
 * Compiles, then makes the root of the package load a domain only when something of it is used: the compiled
 * "export *" would load the provider bindings of all clouds with the first import. Last come the bundles of what
 * runs in the cloud.
 */

const require = createRequire(import.meta.url);

try {
  execFileSync(
    process.execPath,
    [require.resolve('typescript/bin/tsc'), '--incremental', '--tsBuildInfoFile', 'dist/.tsbuildinfo'],
    {
      stdio: 'inherit',
    },
  );
} catch (error) {
  process.exit(error.status ?? 1);
}

const root = 'dist/lib/index.js';
const domains = [...readFileSync('lib/index.ts', 'utf8').matchAll(/^export \* from '\.\/(.+)';$/gm)].map(
  ([, name]) => name,
);
const lines = domains.flatMap((domain) => {
  const compiled = `./dist/lib/${domain}/index.js`;
  return namesIn(compiled).map((name) => ({ name, domain }));
});
writeFileSync(
  root,
  `'use strict';
Object.defineProperty(exports, '__esModule', { value: true });
${lines
  .map(
    ({ name, domain }) =>
      `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('./${domain}').${name} });`,
  )
  .join('\n')}
// Read by Node to know the names without running the getters.
0 && (module.exports = { ${lines.map(({ name }) => name).join(', ')} });
`,
);

await bundleRuntime('dist/runtime');

/** What a compiled index exports, read from its text, since running it would load the provider bindings. */
function namesIn(file) {
  return [
    ...readFileSync(file, 'utf8').matchAll(/Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true/g),
  ].map(([, name]) => name);
}
