import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PipelineError } from './pipeline-error.mjs';

/** The variable that the CLI of cdktf reads too, for example to run OpenTofu. */
const TERRAFORM = process.env.TERRAFORM_BINARY_NAME || 'terraform';

/**
 * Plans stacks and writes the JSON of each plan into a folder. A failed plan does not stop the others, so that the
 * review has all that can be planned. Plans contain secrets, also where Terraform hides them in its text: the text is
 * not printed, and the caller must delete the folder.
 *
 * @param {readonly { name: string, folder: string }[]} stacks
 * @param {{ plans: string, locks: boolean }} options `plans` is the folder; the role of plans cannot lock the state
 * @returns {{ planned: { name: string, file: string }[], failed: string[] }}
 */
export function planStacks(stacks, { plans, locks }) {
  const planned = [];
  const failed = [];
  for (const { name, folder } of stacks) {
    const file = planStack(name, resolve(folder), plans, locks);
    if (file === undefined) failed.push(name);
    else planned.push({ name, file });
    console.log(`${name}: ${file === undefined ? 'the plan failed' : 'planned'}`);
  }
  return { planned, failed };
}

function planStack(name, folder, plans, locks) {
  const binary = join(plans, `${name}.tfplan`);
  const file = join(plans, `${name}.json`);
  const lock = locks ? '-lock-timeout=5m' : '-lock=false';
  const isPlanned =
    terraform(folder, ['init', '-input=false', '-no-color']) &&
    terraform(folder, ['plan', '-input=false', '-no-color', lock, `-out=${binary}`]) &&
    terraform(folder, ['show', '-json', binary], file);
  rmSync(binary, { force: true });
  return isPlanned ? file : undefined;
}

/** Runs Terraform in the folder of a stack, and writes its output to the file. Returns whether it succeeded. */
function terraform(folder, args, file) {
  const output = file === undefined ? 'ignore' : openSync(file, 'wx', 0o600);
  try {
    const { status, error } = spawnSync(TERRAFORM, args, {
      cwd: folder,
      stdio: ['ignore', output, 'inherit'],
      env: { ...process.env, TF_IN_AUTOMATION: '1' },
    });
    if (error) throw new PipelineError(`${TERRAFORM} cannot be started (${error.message}). Install it.`);
    return status === 0;
  } finally {
    if (typeof output === 'number') closeSync(output);
  }
}
