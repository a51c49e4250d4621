import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../package/consumer';
import { describeOnCurrentLine } from './current-line';

/** Folders of tests that need no build and no other package. */
const UNIT = ['audit', 'core', 'defaults', 'gke', 'google', 'identity', 'orchestration', 'secrets', 'vertex'];

const work = mkdtempSync(join(tmpdir(), 'current-unit-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { status: number | null; output: string } {
  const { TEST_LANE, NODE_ENV, JEST_WORKER_ID, ...rest } = process.env;
  void [TEST_LANE, NODE_ENV, JEST_WORKER_ID];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...rest, ...env },
  });
  return { status, output: stdout + stderr };
}

describeOnCurrentLine('the source of the library, on cdktn', (folder) => {
  test('compiles with its tests', () => {
    const modules = join(folder, 'node_modules');
    const options = {
      extends: join(repository, 'tsconfig.test.json'),
      compilerOptions: {
        declaration: false,
        rootDir: '/',
        typeRoots: [join(repository, 'node_modules/@types')],
        paths: {
          cdktf: [join(modules, 'cdktn')],
          'cdktf/*': [join(modules, 'cdktn/*')],
          '@cdktf/*': [join(modules, '@cdktn/*')],
          constructs: [join(modules, 'constructs')],
        },
      },
      include: ['lib', 'runtime', 'stacks', 'examples', '__tests__'].map((name) => join(repository, name)),
      exclude: [join(repository, 'examples/starter')],
    };
    const file = join(work, 'tsconfig.json');
    writeFileSync(file, JSON.stringify(options));
    const tsc = join(repository, 'node_modules/typescript/bin/tsc');
    expect(run([tsc, '-p', file])).toEqual({ status: 0, output: '' });
  });

  test('passes the unit tests', () => {
    const jest = join(repository, 'node_modules/jest/bin/jest.js');
    const paths = `^${repository}/__tests__/(${UNIT.join('|')})/`;
    // The options of Node that `npm test` has.
    const node = ['--single-threaded-gc', '--max-semi-space-size=64'];
    // Random programs repeat what the other tests do on both cores.
    const ignored = ['--testPathIgnorePatterns', '/node_modules/', '\\.properties\\.test\\.ts$'];
    const args = [...node, jest, '--silent', '--testPathPatterns', paths, ...ignored];
    const { status, output } = run(args, { CURRENT_LINE: folder });
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toMatch(/^Tests: .*\d+ passed/m);
  });
});
