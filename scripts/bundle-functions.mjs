import { build } from 'esbuild';
import { strToU8, zipSync } from 'fflate';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledSchemas } from './compiled-schemas.mjs';
import { licenses } from './licenses.mjs';

/*
 * Each folder of `runtime` becomes one file with all that it needs. Those with a `handler.ts` run on AWS Lambda and
 * get an archive too; those with an `index.ts` are read by the library.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** Zip has no time zone: a local date gives the same bytes everywhere. */
const MTIME = new Date(1980, 0, 1);

/** For anyone to read, which AWS Lambda asks for. */
const READABLE = { os: 3, attrs: 0o100644 * 2 ** 16, mtime: MTIME, level: 9 };

/** Writes the bundles and their archives to a folder. */
export async function bundleFunctions(out) {
  for (const name of readdirSync(join(root, 'runtime'))) {
    const folder = join(out, name);
    const entry = (file) => join(root, 'runtime', name, file);
    if (existsSync(entry('handler.ts'))) archive(folder, await bundle(entry('handler.ts'), 'node22', folder));
    if (existsSync(entry('index.ts'))) await bundle(entry('index.ts'), 'node20', folder);
  }
}

async function bundle(entry, target, folder) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target,
    format: 'cjs',
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: [compiledSchemas(join(root, 'runtime/asl-validator'))],
    // Loaded on demand by Google's library when it makes requests itself, which it does not do here.
    external: ['node-fetch', 'https-proxy-agent'],
  });
  const files = { 'index.js': outputFiles[0].text, 'LICENSES.txt': licenses(Object.keys(metafile.inputs)) };
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return files;
}

function archive(folder, files) {
  const entries = Object.entries(files).map(([file, text]) => [file, [strToU8(text), READABLE]]);
  writeFileSync(`${folder}.zip`, zipSync(Object.fromEntries(entries)));
}
