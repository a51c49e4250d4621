import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/*
 * Installs the current line, cdktn with its bindings, into a folder outside of the repository, and prints the folder.
 * Every package comes from npm; bindings that a mirror lacks come from PyPI, whose wheels contain the package of npm.
 * An installed folder is kept. An error is printed as one line, and the exit code is 1.
 */

const LINE = {
  cdktn: '0.24.0',
  constructs: '10.7.2',
  '@cdktn/provider-aws': '25.8.1',
  '@cdktn/provider-google': '21.1.0',
  '@cdktn/provider-google-beta': '21.1.0',
  '@cdktn/provider-kubernetes': '17.1.0',
};

const digest = createHash('sha256').update(JSON.stringify(LINE)).digest('hex').slice(0, 12);
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const folder = join(cache, 'cdktf-multicloud', `current-${digest}`);

try {
  if (!existsSync(folder)) install();
  console.log(folder);
} catch (error) {
  console.error(String(error.message).split('\n')[0]);
  process.exit(1);
}

/** Installs into a folder next to the final one, so that an interrupted installation is not used. */
function install() {
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  try {
    writeFileSync(join(unfinished, 'package.json'), '{ "private": true }\n');
    const packages = join(unfinished, 'packages');
    mkdirSync(packages);
    for (const [name, version] of Object.entries(LINE)) download(packages, name, version);
    const tarballs = readdirSync(packages).map((file) => `./packages/${file}`);
    const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    run('npm', ['install', ...quiet, ...tarballs], unfinished);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function download(packages, name, version) {
  try {
    run('npm', ['pack', '--silent', '--pack-destination', packages, `${name}@${version}`], packages);
  } catch (error) {
    if (!name.startsWith('@cdktn/')) throw error;
    downloadFromWheel(packages, name, version);
  }
}

function downloadFromWheel(packages, name, version) {
  const wheel = mkdtempSync(join(packages, 'wheel-'));
  const project = name.replace(/^@/, '').replace('/', '-');
  run(
    'python3',
    ['-m', 'pip', 'download', '--quiet', '--no-deps', '-d', '.', `${project}==${version}`],
    wheel,
  );
  const [file] = readdirSync(wheel);
  run('python3', ['-m', 'zipfile', '-e', file, '.'], wheel);
  const tarball = readdirSync(wheel, { recursive: true }).find((path) => path.endsWith('.jsii.tgz'));
  renameSync(join(wheel, tarball), join(packages, `${project}-${version}.tgz`));
  rmSync(wheel, { recursive: true });
}

function run(command, args, cwd) {
  try {
    execFileSync(command, args, { cwd, stdio: 'pipe', timeout: 300_000 });
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')} failed: ${lastLine(error.stderr)}`, { cause: error });
  }
}

const lastLine = (text) =>
  String(text ?? '')
    .trim()
    .split('\n')
    .pop() || 'no answer';
