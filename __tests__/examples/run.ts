import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Configuration } from '../synth';

/** Runs the main file of an example, as its reader would, and reads what it wrote. */
export function run(example: string): Record<string, Configuration> {
  return runProgram(`../../examples/${example}/main`);
}

/** Runs a program, and returns the configuration of each stack that it wrote. */
export function runProgram(path: string): Record<string, Configuration> {
  return afterRun(path, (outdir) => {
    const read = (file: string) => JSON.parse(readFileSync(join(outdir, file), 'utf8')) as unknown;
    const { stacks } = read('manifest.json') as { stacks: Record<string, unknown> };
    return Object.fromEntries(
      Object.keys(stacks).map((name) => [name, read(`stacks/${name}/cdk.tf.json`) as Configuration]),
    );
  });
}

/** Runs a program, and reads its output folder before the folder is deleted. */
export function afterRun<T>(path: string, read: (outdir: string) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-example-'));
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = outdir;
  try {
    // The program runs again, and so does the library. Packages stay loaded.
    jest.resetModules();
    jest.requireActual(path);
    return read(outdir);
  } finally {
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = before;
    rmSync(outdir, { recursive: true, force: true });
  }
}
