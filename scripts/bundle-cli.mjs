import { build } from 'esbuild';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licenses } from './licenses.mjs';
import { whenChanged } from './when-changed.mjs';

/*
 * The command line becomes one file, so that the package has no dependency for it. It contains the analysis of `lib`,
 * which imports no construct.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** Writes the command line to a folder, unless the source is unchanged. */
export const bundleCli = (out) =>
  whenChanged(join(out, '.build'), ['cli', 'lib'], async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: ['cli/main.ts'],
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      minify: true,
      legalComments: 'none',
      metafile: true,
      write: false,
      logLevel: 'warning',
    });
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'main.js'), outputFiles[0].text, { mode: 0o755 });
    writeFileSync(join(out, 'LICENSES.txt'), licenses(Object.keys(metafile.inputs)));
  });
