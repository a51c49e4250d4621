import { spawnSync } from 'node:child_process';

/*
 * Run before a release: npm run release:check
 * The owner of the repository on GitHub is not decided. Until it is, all addresses contain the placeholder.
 */

const PLACEHOLDER = 'github.com/OWNER/';

const { status, stdout } = spawnSync(
  'git',
  ['grep', '--line-number', '--fixed-strings', PLACEHOLDER, '--', '.', ':!scripts/release/check.mjs'],
  { encoding: 'utf8' },
);

// `git grep` ends with 1 when it finds nothing.
if (status !== 1) {
  console.error(
    `The owner of the repository must be set before a release (got "OWNER"). Replace ${PLACEHOLDER} in:\n${stdout}`,
  );
  process.exitCode = 1;
}
