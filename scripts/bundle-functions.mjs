import { build } from 'esbuild';
import { strToU8, zipSync } from 'fflate';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledSchemas } from './compiled-schemas.mjs';

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

/** Names and licences of the packages in a bundle; a text that several share stands once. */
function licenses(inputs) {
  const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  const byText = new Map();
  for (const folder of [...folders].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const text = licenseText(join(root, folder)) ?? `Licence: ${license}`;
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return [...byText]
    .map(([text, packages]) => `${packages.join('\n')}\n\n${text.trim()}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of `node_modules` may lie elsewhere on another machine. */
function nameOf(folder) {
  return folder.slice(folder.lastIndexOf('node_modules/'));
}

function licenseText(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.\w+)?$/i.test(name));
  return file && readFileSync(join(folder, file), 'utf8');
}
