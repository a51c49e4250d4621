import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whenChanged } from './when-changed.mjs';

/** Set-up of jest: tests use the bundles too, and not only their source. */
export default () => bundleRuntime(fileURLToPath(new URL('../dist/runtime', import.meta.url)));

/** Writes the bundles of `runtime` and their archives to a folder, unless the source is unchanged. */
export const bundleRuntime = (out) =>
  whenChanged(join(out, '.build'), ['runtime', 'lib/contracts'], async () => {
    const { bundleFunctions } = await import('./bundle-functions.mjs');
    await bundleFunctions(out);
  });
