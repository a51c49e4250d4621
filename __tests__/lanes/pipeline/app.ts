import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, run } from '../terraform/lab';

export const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;

/** Stacks of one environment. */
export const stacksOf = (environment: string) =>
  ['platform', 'orchestration', 'vertex', 'workloads'].map((name) => `${environment}-${name}`);

/** Every stack of the sample application. */
export const ALL_STACKS = ENVIRONMENTS.flatMap(stacksOf);

/** What the sample application is built from. The lane has built it, so the build of the copy finds no change. */
const LINKED = ['dist', 'examples', 'lib', 'node_modules', 'runtime', 'scripts', 'stacks', 'tsconfig.json'];

/** The sample application in a folder of its own, so that its state stays out of the repository. */
export function copyOfApp(scratch: string): string {
  const app = join(scratch, 'app');
  mkdirSync(app);
  for (const name of ['cdktf.json', 'package.json']) cpSync(join(repository, name), join(app, name));
  for (const name of LINKED) symlinkSync(join(repository, name), join(app, name));
  return app;
}

/** CLI of a core in the folder of an app. */
export class CoreCli {
  constructor(
    private readonly command: readonly [string, ...string[]],
    private readonly app: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** The lab has no checksums of the public registry, so the CLI must not write a lock file. */
  public run(...args: string[]): string {
    const [program, ...first] = this.command;
    return run(program, [...first, ...args, '--skip-provider-lock'], this.options());
  }

  /** Stacks whose plan has a change. */
  public changed(stacks: readonly string[]): string[] {
    return stacks.filter((stack) => !this.run('diff', stack, '--skip-synth').includes('No changes.'));
  }

  /** Destroys all stacks, as a user does who sets `deletionProtection` to false before. */
  public destroyAll(main: string): void {
    const script = join(this.app, 'unprotected.sh');
    const protection = 's/"prevent_destroy": true/"prevent_destroy": false/';
    writeFileSync(
      script,
      `node ${main} && find "$CDKTF_OUTDIR" -name cdk.tf.json -exec sed -i '${protection}' {} +\n`,
    );
    this.run('destroy', '*', '--auto-approve', '--app', `sh ${script}`);
  }

  /** Number of resources in the state of a stack. */
  public resourcesIn(stack: string): number {
    const file = join(this.app, `terraform.${stack}.tfstate`);
    const { resources } = JSON.parse(readFileSync(file, 'utf8')) as { resources: { mode: string }[] };
    return resources.filter(({ mode }) => mode === 'managed').length;
  }

  private options() {
    return { cwd: this.app, env: { ...this.env, CI: '1', FORCE_COLOR: '0' } };
  }
}
