import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { notesOf } from './notes.mjs';
import { sbom } from './sbom.mjs';

/*
 * Writes what a release publishes into a folder: tarball, SBOM, notes and checksums.
 *
 *   node scripts/release/assets.mjs FOLDER
 *
 * GITHUB_REF_NAME is the tag.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));

function main([folder]) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tag = process.env.GITHUB_REF_NAME;
  if (tag !== `v${version}`)
    throw new Error(`The tag must be "v${version}", the version of package.json (got "${tag}").`);
  const notes = notesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version);
  mkdirSync(folder, { recursive: true });
  // The tarball is packed first: "prepack" builds, and the SBOM reads the build.
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, stdio: 'inherit' });
  writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(sbom(root), undefined, 2)}\n`);
  writeFileSync(join(folder, 'NOTES.md'), `${notes}\n`);
  const sums = readdirSync(folder)
    .filter((name) => name !== 'SHA256SUMS')
    .sort()
    .map(
      (name) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}  ${name}\n`,
    );
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
