import { createRequire } from 'node:module';

// node load-child.mjs load|use SPECIFIER...: "use" reads every name too, which the root loads on demand.

const require = createRequire(import.meta.url);
const [mode, ...specifiers] = process.argv.slice(2);

const start = performance.now();
for (const specifier of specifiers) {
  const loaded = require(specifier);
  if (mode === 'use') for (const name of Object.keys(loaded)) void loaded[name];
}
const time = performance.now() - start;

const files = Object.keys(require.cache);
console.log(
  JSON.stringify({
    time,
    modules: files.length,
    providerModules: files.filter((file) => /[\\/]@cdktf[\\/]provider-/.test(file)).length,
    rss: process.memoryUsage.rss(),
  }),
);
