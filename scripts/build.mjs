import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { bundleCli } from './bundle-cli.mjs';
import { bundleRuntime } from './bundle.mjs';
import { buildForCdktn } from './cdktn.mjs';
import { writeLazyIndexes } from './lazy-index.mjs';
import { whenChanged } from './when-changed.mjs';

/*
 * Compiles the library for cdktf and cdktn, the stacks and the examples, and bundles what runs in the cloud
 * and on the command line. Takes a tenth of a second
 * when nothing has changed, so that every command that needs a build can ask for it.
 */

const require = createRequire(import.meta.url);

await whenChanged('dist/.build', ['lib', 'stacks', 'examples', 'tsconfig.json'], () => {
  try {
    execFileSync(
      process.execPath,
      [require.resolve('typescript/bin/tsc'), '--incremental', '--tsBuildInfoFile', 'dist/.tsbuildinfo'],
      // The output of `cdktf synth` and its like is for machines.
      { stdio: ['ignore', 2, 2] },
    );
  } catch (error) {
    process.exit(error.status ?? 1);
  }
  writeLazyIndexes();
  buildForCdktn();
});
await bundleRuntime('dist/runtime');
await bundleCli('dist/cli');
