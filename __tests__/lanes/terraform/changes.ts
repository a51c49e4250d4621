import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { labProviders, run } from './lab';
import { changesIn } from './plan';
import { upgradePlan } from './plan-session';

/** Plans and applies the change from one variant of a program to another. */
export interface Changes<Program> {
  /** Synthesizes a variant and returns the folder of its stack. */
  synthesized(program?: Program): string;
  /** Changes of the plan: type and actions, sorted, without what stays. */
  planned(before: Program, after: Program): string[];
  /** Order in which an apply starts its operations: type and operation. */
  orderOf(before: Program, after: Program): string[];
}

/** @param synthesize writes a variant to an output folder and returns the folder of its stack */
export function changesOf<Program>(
  scratch: string,
  synthesize: (outdir: string, program?: Program) => string,
): Changes<Program> {
  let count = 0;
  const synthesized = (program?: Program) => synthesize(join(scratch, `program-${count++}`), program);
  return {
    synthesized,
    planned(before, after) {
      return changesIn(upgradePlan(scratch, synthesized(before), synthesized(after)))
        .filter(({ change }) => change.actions[0] !== 'no-op')
        .map(({ type, change }) => `${type}: ${change.actions.join(', ')}`)
        .sort();
    },
    orderOf(before, after) {
      const env = labProviders();
      const [old, next] = [synthesized(before), synthesized(after)];
      const terraform = (cwd: string, ...args: string[]) => run('terraform', args, { cwd, env });
      for (const folder of [old, next]) terraform(folder, 'init', '-no-color');
      terraform(old, 'apply', '-auto-approve', '-no-color');
      cpSync(join(old, 'terraform.tfstate'), join(next, 'terraform.tfstate'));
      return operationsIn(terraform(next, 'apply', '-auto-approve', '-no-color', '-parallelism=1'));
    },
  };
}

/** Operations in the output of an apply: type and operation. */
export function operationsIn(output: string): string[] {
  return [
    ...output.matchAll(/^(\w+)\.\S+( \(deposed object \w+\))?: (Creating|Modifying|Destroying)\.\.\./gm),
  ].map(([, type, , operation]) => `${type}: ${operation}`);
}
