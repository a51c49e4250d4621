import { buildSync } from 'esbuild';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repository } from './measure.mjs';

/** The servers of the tests, in this process. */
export function harness(name) {
  const outfile = join(repository, `dist/bench-${name}.cjs`);
  buildSync({
    entryPoints: [join(repository, '__tests__/runtime', `${name}.ts`)],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['node-fetch', 'https-proxy-agent'],
    outfile,
  });
  const loaded = createRequire(import.meta.url)(outfile);
  rmSync(outfile);
  return loaded;
}
