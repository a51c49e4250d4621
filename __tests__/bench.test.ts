import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

test('the benchmarks load, and a name that is none is an error with the names', () => {
  const { status, stderr } = spawnSync(process.execPath, ['bench/main.mjs', 'nothing'], {
    cwd: join(__dirname, '..'),
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/^nothing must be one of command, load, /);
  expect(status).toBe(1);
});
