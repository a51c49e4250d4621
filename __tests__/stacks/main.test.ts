import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = mkdtempSync(join(tmpdir(), 'cdktf-multicloud-stacks-'));

afterAll(() => rmSync(root, { recursive: true, force: true }));

const folder = () => mkdtempSync(join(root, 'out-'));
const main = join(__dirname, '../../dist/stacks/main.js');
const built = existsSync(main);

// Only the compiled app can be run as a process: `npm run build` first.
(built ? describe : describe.skip)(
  `the app as a process${built ? '' : ' (skipped: dist is not built)'}`,
  () => {
    function run(out: string, change = '') {
      const preload = join(folder(), 'preload.cjs');
      const path = JSON.stringify(join(__dirname, '../../dist/stacks/environments.js'));
      writeFileSync(preload, `const { environments } = require(${path});\n${change}`);
      return spawnSync(process.execPath, ['--require', preload, main], {
        encoding: 'utf8',
        env: { ...process.env, CDKTF_OUTDIR: out, NODE_OPTIONS: '' },
      });
    }

    test('prints its stacks and what to do next', () => {
      const { status, stdout, stderr } = run(folder());
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain('npx cdktf deploy dev-platform dev-orchestration dev-vertex dev-workloads');
    });

    test('with a broken environment ends with 1, one message and no stack trace, and writes nothing', () => {
      const out = folder();
      const broken = `environments[2] = { ...environments[2], region: 'US' };`;
      const { status, stdout, stderr } = run(out, broken);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toBe(
        'prod-platform/network: region must be a region, for example "us-central1" (got "US").\n',
      );
      expect(stderr).not.toContain('\n    at ');
      expect(readdirSync(out)).toEqual([]);
    });
  },
);
