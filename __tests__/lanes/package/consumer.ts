import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Folder of this repository. */
export const repository = join(__dirname, '../../..');
const installed = join(repository, 'node_modules');
const work = mkdtempSync(join(tmpdir(), 'package-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

let tarball: string | undefined;

/** Tarball of the package. The lane builds before, and the test packs once. */
export function packed(): string {
  if (!tarball) {
    execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', work], {
      cwd: repository,
    });
    tarball = join(
      work,
      readdirSync(work).find((name) => name.endsWith('.tgz'))!,
    );
  }
  return tarball;
}

/** Project in an empty folder, with the package from its tarball and links to installed packages. */
export class Consumer {
  public readonly folder = mkdtempSync(join(work, 'consumer-'));

  constructor(packages: readonly string[], files: Readonly<Record<string, string>>) {
    const library = join(this.folder, 'node_modules/cdktf-multicloud');
    mkdirSync(library, { recursive: true });
    execFileSync('tar', ['xzf', packed(), '--strip-components=1', '-C', library]);
    for (const name of packages) this.link(name);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(this.folder, file), text);
  }

  /** Links an entry of `node_modules` of this repository or of another folder. */
  public link(name: string, from = repository): void {
    const path = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(join(from, 'node_modules', name), path);
  }

  /** Runs a file of an installed package with Node and returns what it prints. */
  public run(...args: readonly string[]): string {
    try {
      return execFileSync(process.execPath, args, {
        cwd: this.folder,
        encoding: 'utf8',
        stdio: 'pipe',
        env: environment(),
      });
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      throw new Error(`node ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
    }
  }
}

/** Path of a file of an installed package, or `undefined` where the package is absent. */
export function tool(file: string): string | undefined {
  const path = join(installed, file);
  return existsSync(path) ? path : undefined;
}

/** Environment without the variables of the test runner, which is a tool under test too. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_ENV, JEST_WORKER_ID, TEST_LANE, ...rest } = process.env;
  void [NODE_ENV, JEST_WORKER_ID, TEST_LANE];
  return { ...rest, CI: '1', CHECKPOINT_DISABLE: '1' };
}
