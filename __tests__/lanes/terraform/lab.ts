import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { smallMirror } from './mirror';
import type { Plan } from './plan';

/** Folder of the repository. */
export const repository = resolve(__dirname, '../../..');

export const labFolder = resolve(repository, process.env.TERRAFORM_LAB ?? '../shared/terraform-lab');
const labScript = join(labFolder, 'lab.sh');

/** Why nothing of Terraform can run here; undefined where it can. */
export const noTerraform =
  spawnSync('terraform', ['version']).status === 0 ? undefined : 'there is no terraform on the PATH';

/** Why plan and apply cannot run here; undefined where they can. */
export const noLab =
  noTerraform ??
  (existsSync(labScript)
    ? undefined
    : 'there is no terraform lab (set TERRAFORM_LAB to its folder); against the real providers a plan needs credentials');

const REGISTRY = 'https://registry.terraform.io/.well-known/terraform.json';

/** Why Terraform finds no providers here; undefined where it does, from a mirror or from the public registry. */
export function noProviders(): string | undefined {
  const { TF_CLI_CONFIG_FILE: configuration } = process.env;
  if (configuration !== undefined && existsSync(configuration)) return undefined;
  const ask = `fetch('${REGISTRY}', { signal: AbortSignal.timeout(5000) }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`;
  const isThere = spawnSync(process.execPath, ['-e', ask]).status === 0;
  return isThere ? undefined : 'the registry of Terraform does not answer, and there is no mirror';
}

/** `test`, or `test.skip` with the reason said aloud: Jest itself prints no more than a count. */
export function testUnless(reason: string | undefined): jest.It {
  if (reason === undefined) return test;
  process.stderr.write(`skipped: ${reason}\n`);
  return test.skip as jest.It;
}

/** A temporary folder for the tests of one file. Where all of them are skipped it is never made. */
export function temporaryFolder(): string {
  const folder = join(realpathSync(tmpdir()), `terraform-lane-${randomUUID()}`);
  beforeAll(() => mkdirSync(folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Ran {
  readonly status: number | null;
  /** What it printed, errors included. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command, whatever comes of it. */
export function attempt(command: string, args: readonly string[], { cwd, env }: RunOptions = {}): Ran {
  const ran = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (ran.error) throw ran.error;
  return { status: ran.status, output: ran.stdout + ran.stderr };
}

/** Runs a command that has to succeed, and gives what it printed. */
export function run(command: string, args: readonly string[], options?: RunOptions): string {
  const { status, output } = attempt(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${output}`);
  return output;
}

let mirror: string | undefined;

/** Mirror of the providers of the lab, with the types that this repository names. */
function labMirror(): string {
  return (mirror ??= smallMirror(repository, labFolder));
}

/** Runs a command of the lab. */
export function lab(args: readonly string[], env?: NodeJS.ProcessEnv): string {
  return run(labScript, args, { env: { LAB_MIRROR: labMirror(), ...env } });
}

/**
 * Applies the AWS part of a stack with the real provider. That of the lab is 5.100.0, which does not know the runtime
 * nodejs24.x (known from 6.19 on), so the file in the scratch folder gets the runtime before it.
 */
export function applyAws(stack: string, options: readonly string[]): string {
  const file = join(stack, 'cdk.tf.json');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"nodejs24.x"', '"nodejs22.x"'));
  return lab(['apply-aws', stack, ...options]);
}

/** The plan of one stack over nothing, or over what `LAB_DRIFT` says is there. */
export function planOf(stack: string, scratch: string, env?: NodeJS.ProcessEnv): Plan {
  const out = join(mkdtempSync(join(scratch, 'plan-')), 'plan.json');
  lab(['plan', stack, '--json', out], env);
  return JSON.parse(readFileSync(out, 'utf8')) as Plan;
}

/** What makes plain Terraform use the providers of a mirror of the lab. */
export function labProviders(folder = labMirror()): NodeJS.ProcessEnv {
  return {
    TF_CLI_CONFIG_FILE: join(folder, 'terraform.rc'),
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
  };
}
