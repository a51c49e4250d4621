import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '..');
const built = existsSync(join(folder, 'dist/lib/index.js'));

// The benchmarks measure the compiled library: `npm run build` first.
(built ? test : test.skip)(
  `the benchmarks load, and a name that is none is an error with the names${built ? '' : ' (skipped: dist is not built)'}`,
  () => {
    const { status, stderr } = spawnSync(process.execPath, ['bench/main.mjs', 'nothing'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stderr).toMatch(/^nothing must be one of command, load, /);
    expect(status).toBe(1);
  },
);
