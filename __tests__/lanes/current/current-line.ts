import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(__dirname, '../../..');

/** Folder in which the packages of cdktn and its bindings are installed, or why they are not. */
export const currentLine = install();

function install(): { readonly folder: string } | { readonly reason: string } {
  const installer = join(repository, 'scripts/install-current.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [installer], { encoding: 'utf8' });
  return status === 0
    ? { folder: stdout.trim() }
    : { reason: `the packages of cdktn cannot be installed: ${stderr.trim()}` };
}

/** Names of the packages that a project of cdktn has. */
export const PACKAGES = [
  'cdktn',
  'constructs',
  '@cdktn/provider-aws',
  '@cdktn/provider-google',
  '@cdktn/provider-google-beta',
  '@cdktn/provider-kubernetes',
];

/** `describe` that gets the folder of the packages, or one skipped test with the reason. */
export function describeOnCurrentLine(name: string, tests: (folder: string) => void): void {
  if ('folder' in currentLine) {
    const { folder } = currentLine;
    describe(name, () => tests(folder));
    return;
  }
  process.stderr.write(`skipped: ${currentLine.reason}\n`);
  test.skip(`${name} (${currentLine.reason})`, () => undefined);
}

/** Command of docs/cdktn.md that moves the sources of a project from cdktf to cdktn. */
export function moveCommand(): string {
  const page = readFileSync(join(repository, 'docs/cdktn.md'), 'utf8');
  const [, command] = /```sh\n(find [^]*?)\n```/.exec(page) ?? [];
  if (command === undefined) throw new Error('docs/cdktn.md has no command that moves a project');
  return command;
}
