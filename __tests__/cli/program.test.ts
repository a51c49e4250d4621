import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './streams';

test('prints its version', async () => {
  expect(await runCli(['--version'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
});

test('help lists the verbs and exits with 0', async () => {
  const { code, stdout } = await runCli(['access', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('compare [options] [documents...]');
});

test('an unknown verb exits with 1', async () => {
  expect(await runCli(['acess'])).toEqual({
    code: 1,
    stdout: '',
    stderr: "error: unknown command 'acess'\n(Did you mean access?)\nAdd --help for usage.\n",
  });
});

describe('the bundle', () => {
  const root = join(__dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  const main = join(folder, 'dist/cli/main.js');
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '4.5.6' }));
    const build = `import { bundleCli } from './scripts/bundle-cli.mjs'; await bundleCli(${JSON.stringify(join(folder, 'dist/cli'))});`;
    execFileSync(process.execPath, ['--input-type=module', '--eval', build], { cwd: root });
  });

  test('runs without node_modules', () => {
    const ran = spawnSync(process.execPath, [main, '--version'], { encoding: 'utf8', cwd: folder });
    expect([ran.status, ran.stdout, ran.stderr]).toEqual([0, '4.5.6\n', '']);
  });

  test('exits with the code of the verb', () => {
    const input = '{"Statement":[]}';
    const args = ['access', 'compare', '-', join(folder, 'none.json')];
    expect(spawnSync(process.execPath, [main, ...args], { input }).status).toBe(1);
  });

  test('has the licences of its packages', () => {
    expect(readFileSync(join(folder, 'dist/cli/LICENSES.txt'), 'utf8')).toMatch(
      /^cli-table3 \S+ \(MIT\)[^]*^commander \S+ \(MIT\)[^]*^picocolors \S+ \(ISC\)/m,
    );
  });
});
