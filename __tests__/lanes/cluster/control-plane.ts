import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/*
 * A real Kubernetes control plane on the loopback interface, by the scripts of envtest. Its folder is named by
 * ENVTEST; by default it is ../shared/envtest beside the repository.
 */

const asynchronous = promisify(execFile);

const envtest = resolve(process.env.ENVTEST ?? join(__dirname, '../../../../shared/envtest'));
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');

/** Why there is no control plane here; undefined where there is one. */
export function controlPlaneMissing(): string | undefined {
  if (!existsSync(join(envtest, 'control-plane.sh'))) {
    return `there is no control-plane.sh in ${envtest}; name the folder of envtest in ENVTEST`;
  }
  const platform = `${process.platform}/${process.arch}`;
  return platform === 'linux/x64' ? undefined : `envtest runs on linux/x64, and this is ${platform}`;
}

/** Each request with its caller and without its body, as GKE records it. */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};

/** What a program answered. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty control plane, from `start` to `stop`. */
export class ControlPlane {
  private folder = '';
  private binaries = '';

  /** @param tokens users by the bearer token that the API server takes for them */
  public start(tokens: Readonly<Record<string, string>> = {}): void {
    this.folder = mkdtempSync(join(tmpdir(), 'control-plane-'));
    this.binaries = process.env.KUBEBUILDER_ASSETS ?? script('unpack.sh', [join(cache, 'envtest')]);
    const lines = Object.entries(tokens).map(([token, user], index) => `${token},${user},user-${index}`);
    writeFileSync(join(this.folder, 'users.csv'), lines.map((line) => `${line}\n`).join(''));
    writeFileSync(join(this.folder, 'audit-policy.json'), JSON.stringify(AUDIT_POLICY));
    this.launch();
  }

  /** Ends all of it and starts it again: what it stores is kept, its address is another. */
  public restart(): void {
    script('control-plane.sh', ['stop', this.folder]);
    this.launch();
  }

  /** As `restart`, while this process goes on with its work. */
  public async restarted(): Promise<void> {
    await asynchronous(join(envtest, 'control-plane.sh'), ['stop', this.folder]);
    await asynchronous(join(envtest, 'control-plane.sh'), ['start', this.folder], {
      env: { ...process.env, ...this.environment },
    });
  }

  /** Where the API server listens. */
  public get url(): string {
    const kubeconfig = readFileSync(join(this.folder, 'kubeconfig'), 'utf8');
    return /server: (\S+)/.exec(kubeconfig)![1]!;
  }

  /** PEM of what signed the certificate of the API server. */
  public get certificateAuthority(): string {
    return readFileSync(join(this.folder, 'pki/ca.crt'), 'utf8');
  }

  /** Events of the audit log of the API server so far, one a line. */
  public get auditLog(): string {
    return readFileSync(join(this.folder, 'audit.log'), 'utf8');
  }

  private launch(): void {
    script('control-plane.sh', ['start', this.folder], this.environment);
  }

  private get environment(): Record<string, string> {
    return {
      KUBEBUILDER_ASSETS: this.binaries,
      EXTRA_TOKENS_FILE: join(this.folder, 'users.csv'),
      APISERVER_ARGS: `--audit-policy-file=${join(this.folder, 'audit-policy.json')} --audit-log-path=${join(this.folder, 'audit.log')}`,
      // Where the tests are killed, nobody calls `stop`.
      OWNER_PID: String(process.pid),
    };
  }

  public stop(): void {
    if (this.folder === '') return;
    script('control-plane.sh', ['stop', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs kubectl as the administrator. */
  public kubectl(args: readonly string[], input?: string): Answer {
    const own = [
      '--kubeconfig',
      join(this.folder, 'kubeconfig'),
      '--cache-dir',
      join(this.folder, 'kubectl'),
    ];
    const { error, status, stdout, stderr } = spawnSync(join(this.binaries, 'kubectl'), [...own, ...args], {
      encoding: 'utf8',
      input,
      timeout: 60_000,
      maxBuffer: 1 << 28,
    });
    if (error) throw error;
    return { status, stdout, stderr };
  }
}

function script(name: string, args: readonly string[], environment: Record<string, string> = {}): string {
  return execFileSync(join(envtest, name), args, {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  }).trim();
}
