import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, repository, run } from './lab';
import { synthesize, type SynthesizedStack } from './synthesized';

/** What users may have applied: the last release, or without one the commit before this. */
export interface BaseRevision {
  readonly name: string;
  readonly stacks: readonly SynthesizedStack[];
}

/** The stacks of the base revision, built and synthesized anew, or why there are none. */
export function baseRevision(scratch: string): BaseRevision | string {
  const name = process.env.UPGRADE_FROM ?? lastRelease() ?? 'HEAD~1';
  if (attempt('git', ['rev-parse', '--verify', `${name}^{commit}`], { cwd: repository }).status !== 0) {
    return `there is no revision ${name} to upgrade from (a shallow clone has none)`;
  }
  if (attempt('git', ['cat-file', '-e', `${name}:stacks/main.ts`], { cwd: repository }).status !== 0) {
    return `the revision ${name} has no app to upgrade from`;
  }
  const source = join(scratch, 'base');
  mkdirSync(source);
  run('git', ['archive', '--output', join(scratch, 'base.tar'), name], { cwd: repository });
  run('tar', ['-xf', join(scratch, 'base.tar'), '-C', source]);
  symlinkSync(realpathSync(join(repository, 'node_modules')), join(source, 'node_modules'));
  const built = attempt('npm', ['run', '--silent', 'build'], { cwd: source });
  if (built.status !== 0) {
    return `the revision ${name} does not build with the packages of today:\n${built.output}`;
  }
  return {
    name,
    stacks: synthesize(join(source, 'dist/stacks/main.js'), join(scratch, 'base-out'), 'stacks'),
  };
}

function lastRelease(): string | undefined {
  const { status, output } = attempt('git', ['describe', '--tags', '--abbrev=0', '--match', 'v*'], {
    cwd: repository,
  });
  return status === 0 ? output.trim() : undefined;
}
