import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { medians, repository } from './measure.mjs';
import { against, print } from './table.mjs';

const RUNS = 7;
const GOAL = 1;

/** Processor time of the command that writes all environments. */
export function benchCommand() {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const { command } = medians(RUNS, { command: () => ({ seconds: processorTime(outdir) }) });
    print(
      `Writing all environments (median of ${RUNS})`,
      ['command', 'user and system'],
      [['node dist/stacks/main.js', against(GOAL, command.seconds, ' s')]],
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function processorTime(outdir) {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', new URL('cpu-time.mjs', import.meta.url).href, join(repository, 'dist/stacks/main.js')],
    { env: { ...process.env, CDKTF_OUTDIR: outdir }, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`dist/stacks/main.js ended with ${status}:\n${stderr}`);
  return Number(stderr.trim().split('\n').at(-1)) / 1e6;
}
