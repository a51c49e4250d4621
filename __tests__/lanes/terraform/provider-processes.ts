import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Providers that serve several commands of Terraform. It starts each of them up to three times in a command otherwise,
 * which takes half of the time of a plan.
 */

/** Handshake of Terraform with a provider. */
const HANDSHAKE = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5',
};

/** Longest time until a provider has read its schema. */
const PATIENCE_MS = 30_000;

const running = new Set<ProviderProcesses>();
// A test that fails stops nothing itself.
afterAll(() => running.forEach((each) => each.stop()));

/** Processes of the providers that an initialized folder uses. */
export class ProviderProcesses {
  /** Variable by which Terraform finds the processes. */
  public readonly environment: NodeJS.ProcessEnv;
  private readonly processes: ChildProcess[] = [];

  /**
   * @param folder after `terraform init`
   * @param names providers to start, for example `google`; each has one configuration, since a process has one
   */
  constructor(folder: string, scratch: string, names: readonly string[], env: NodeJS.ProcessEnv) {
    const logs = mkdtempSync(join(scratch, 'providers-'));
    const started = binariesIn(join(folder, '.terraform/providers'))
      .filter(({ source }) => names.includes(source.split('/').at(-1)!))
      .map(({ source, path }) => {
        const log = join(logs, source.replaceAll('/', '-'));
        const output = openSync(log, 'w');
        const child = spawn(path, [], {
          env: { ...process.env, ...env, ...HANDSHAKE },
          stdio: ['ignore', output, 'ignore'],
        });
        closeSync(output);
        this.processes.push(child);
        return { source, pid: child.pid, log };
      });
    running.add(this);
    const reattach = started.map(({ source, pid, log }) => [source, { ...addressIn(log), Pid: pid }]);
    this.environment =
      started.length === 0 ? {} : { TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(reattach)) };
  }

  public stop(): void {
    for (const each of this.processes) each.kill('SIGKILL');
    running.delete(this);
  }
}

interface Binary {
  /** Host, namespace and name. */
  readonly source: string;
  readonly path: string;
}

/** Binaries of a folder HOST/NAMESPACE/NAME/VERSION/PLATFORM. */
function binariesIn(providers: string): Binary[] {
  return readdirSync(providers, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const parts = path.split('/');
    if (parts.length !== 5 || !statSync(join(providers, path)).isDirectory()) return [];
    const file = readdirSync(join(providers, path)).find((name) => name.startsWith('terraform-provider-'));
    return file === undefined
      ? []
      : [{ source: parts.slice(0, 3).join('/'), path: join(providers, path, file) }];
  });
}

/** Address that a provider printed when it began to serve: `1|5|unix|/tmp/plugin|grpc|`. */
function addressIn(log: string): object {
  const end = Date.now() + PATIENCE_MS;
  const wait = new Int32Array(new SharedArrayBuffer(4));
  while (Date.now() < end) {
    const [line, rest] = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
    if (line !== undefined && rest !== undefined) {
      const [, protocol, network, address] = line.split('|');
      return {
        Protocol: 'grpc',
        ProtocolVersion: Number(protocol),
        Test: true,
        Addr: { Network: network, String: address },
      };
    }
    Atomics.wait(wait, 0, 0, 20);
  }
  throw new Error(`no provider serves after ${PATIENCE_MS} ms: ${log}`);
}
