import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Folder of the repository. */
export const repository = fileURLToPath(new URL('..', import.meta.url));

/** Runs a script of this folder in a fresh process, so that nothing is warm, and gives what it measured. */
export function measured(script, ...args) {
  const ran = spawnSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (ran.status !== 0)
    throw new Error(`${script} ${args.join(' ')} ended with ${ran.status}:\n${ran.stderr}`);
  return JSON.parse(ran.stdout);
}

/**
 * Medians of what variants measure. They take turns, so that whatever else the machine does meets all of them,
 * and the first turns, which fill the caches of the disk, do not count.
 */
export function medians(runs, variants, { warmUp = 1 } = {}) {
  const samples = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  for (let turn = 0; turn < runs + warmUp; turn += 1) {
    for (const [name, measure] of Object.entries(variants)) {
      const sample = measure();
      if (turn >= warmUp) samples[name].push(sample);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, taken]) => [name, medianOfEach(taken)]));
}

function medianOfEach(samples) {
  return Object.fromEntries(
    Object.entries(samples[0]).map(([key, value]) => [
      key,
      typeof value === 'number' ? median(samples.map((sample) => sample[key])) : value,
    ]),
  );
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
