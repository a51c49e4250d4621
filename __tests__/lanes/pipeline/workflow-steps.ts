import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository, type Ran } from '../terraform/lab';

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface File {
  readonly runs?: { readonly steps: readonly Step[] };
  readonly jobs?: Readonly<Record<string, { readonly steps?: readonly Step[] }>>;
}

/** Steps of the action, or of a job of a workflow, as the file has them. */
function stepsOf(file: string, job?: string): readonly Step[] {
  const { runs, jobs } = parse(readFileSync(join(repository, file), 'utf8')) as File;
  const steps = job === undefined ? runs?.steps : jobs?.[job]?.steps;
  if (steps === undefined)
    throw new Error(`${file} has no steps${job === undefined ? '' : ` in the job ${job}`}`);
  return steps;
}

/** The command of a step of the action with this name. */
export function actionStep(name: string): Step {
  return found(
    stepsOf('action.yml').find((step) => step.name === name),
    name,
  );
}

/** The command of a job that contains the text. */
export function workflowStep(workflow: string, job: string, text: string): Step {
  const steps = stepsOf(`.github/workflows/${workflow}`, job);
  return found(
    steps.find(({ run }) => run?.includes(text)),
    text,
  );
}

function found(step: Step | undefined, what: string): Step {
  if (step?.run === undefined) throw new Error(`there is no command "${what}"`);
  return step;
}

export interface StepContext {
  /** Value of each expression, as it is written between the braces. */
  readonly expressions: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Folder of the temporary files of the runner. */
  readonly temporary: string;
}

export interface StepRun extends Ran {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/**
 * Runs the command of a step as the runner does: bash, and files for outputs and summary. It does not block, because a
 * loopback server of the test may answer the command.
 */
export async function runStep(
  { run, env: own = {} }: Step,
  { expressions, env, cwd, temporary }: StepContext,
): Promise<StepRun> {
  const folder = mkdtempSync(join(temporary, 'step-'));
  const [output, summary] = ['output', 'summary'].map((name) => join(folder, name));
  for (const file of [output!, summary!]) writeFileSync(file, '');
  const valueOf = (text: string) =>
    text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
      const value = expressions[expression];
      if (value === undefined) throw new Error(`the test has no value of ${expression}`);
      return value;
    });
  // An expression in the command would be text that a pull request writes into a shell.
  if (run!.includes('${{')) throw new Error(`the command has an expression: ${run}`);
  const ran = await inBash(run!, cwd, {
    ...process.env,
    ...env,
    ...Object.fromEntries(Object.entries(own).map(([name, text]) => [name, valueOf(String(text))])),
    GITHUB_ACTION_PATH: repository,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: temporary,
    // Jest asks the commands that it runs for colours, which the tests do not read.
    NO_COLOR: '1',
  });
  const lines = readFileSync(output!, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return {
    ...ran,
    outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string])),
    summary: readFileSync(summary!, 'utf8'),
  };
}

function inBash(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve) => {
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
    execFile('bash', args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr });
    });
  });
}
