import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineError } from './pipeline-error.mjs';

/**
 * Stacks of a synthesized app whose names match one of the patterns, in the order of their names. `*` matches any
 * characters, as for `cdktf deploy`.
 *
 * @param {string} synthesized output folder of the app, for example `cdktf.out`
 * @param {readonly string[]} patterns
 * @returns {{ name: string, folder: string }[]}
 * @throws PipelineError if the folder has no manifest, or if a pattern matches no stack
 */
export function stacksIn(synthesized, patterns) {
  const stacks = Object.entries(manifestIn(synthesized).stacks ?? {});
  const matched = new Set(
    patterns.flatMap((pattern) => {
      const names = stacks.map(([name]) => name).filter((name) => matcherOf(pattern).test(name));
      if (names.length === 0) {
        const all = stacks.map(([name]) => name).join(', ');
        throw new PipelineError(`--stacks must match a stack (got "${pattern}"). The stacks are ${all}.`);
      }
      return names;
    }),
  );
  return stacks
    .filter(([name]) => matched.has(name))
    .map(([name, { workingDirectory }]) => ({ name, folder: join(synthesized, workingDirectory) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function manifestIn(synthesized) {
  const file = join(synthesized, 'manifest.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new PipelineError(
      `--synthesized must be the output of an app (${cause.message}). Run "cdktf synth".`,
    );
  }
}

function matcherOf(pattern) {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
