import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Consumer, packed, repository, tool } from './consumer';
import { BODY, MEMBER } from './program';

/** What a project without AWS installs. */
const PACKAGES = [
  'cdktf',
  'constructs',
  '@cdktf/provider-google',
  '@cdktf/provider-kubernetes',
  '@types/node',
  'typescript',
];

const IMPORTS = {
  root: `import { App, TerraformStack } from 'cdktf';
import { GkeCluster, WorkloadIdentityBinding } from 'cdktf-multicloud';
`,
  subpaths: `import { App, TerraformStack } from 'cdktf';
import { GkeCluster } from 'cdktf-multicloud/gke';
import { WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
`,
};
const required = (imports: string) => imports.replace(/import (.*) from (.*);/g, 'const $1 = require($2);');

const PRINT = `${BODY}console.log(member);\n`;
const TEST = `${BODY}test('member', () => expect(member).toBe(${JSON.stringify(MEMBER)}));\n`;

/** Configuration of `cdktf init`. Its resolver does not read "exports". */
const INIT = { compilerOptions: { module: 'CommonJS', target: 'ES2018', strict: true, types: ['node'] } };

/** Compiled form of a file that has types alone. */
const MODULE_OF_TYPES = '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n';

/** A test that needs a tool, or a skipped test with the reason. */
const testWith = (file: string, name: string, run: (path: string) => void) => {
  const path = tool(file);
  if (path) test(name, () => run(path));
  else test.skip(`${name} (${file} is not installed)`, () => undefined);
};

describe.each(Object.entries(IMPORTS))('a project that imports the %s', (_, imports) => {
  const consumer = (files: Record<string, string>) => new Consumer(PACKAGES, files);

  test('runs as a CommonJS module', () => {
    const project = consumer({ 'main.cjs': `${required(imports)}${PRINT}` });
    expect(project.run('main.cjs').trim()).toBe(MEMBER);
  });

  test('runs as an ES module', () => {
    const project = consumer({ 'main.mjs': `${imports}${PRINT}` });
    expect(project.run('main.mjs').trim()).toBe(MEMBER);
  });

  testWith('ts-node/dist/bin.js', 'runs with ts-node and the configuration of cdktf init', (tsNode) => {
    const project = consumer({ 'main.ts': `${imports}${PRINT}`, 'tsconfig.json': JSON.stringify(INIT) });
    expect(project.run(tsNode, 'main.ts').trim()).toBe(MEMBER);
  });

  testWith('tsx/dist/cli.mjs', 'runs with tsx', (tsx) => {
    const project = consumer({ 'main.ts': `${imports}${PRINT}` });
    expect(project.run(tsx, 'main.ts').trim()).toBe(MEMBER);
  });

  testWith('jest/bin/jest.js', 'runs in a test of jest', (jest) => {
    const project = consumer({ 'package.json': '{}', 'main.test.js': `${required(imports)}${TEST}` });
    project.run(jest, '--rootDir', '.');
  });

  testWith('vitest/vitest.mjs', 'runs in a test of vitest', (vitest) => {
    const project = consumer({
      'package.json': '{}',
      'main.test.mjs': `import { expect, test } from 'vitest';\n${imports}${TEST}`,
    });
    project.run(vitest, 'run', '--root', '.');
  });
});

test('types need no AWS bindings, also where declarations are checked', () => {
  const domains = ['core', 'gke', 'identity', 'vertex'];
  const project = new Consumer(PACKAGES, {
    'main.ts': domains.map((domain) => `export * from 'cdktf-multicloud/${domain}';\n`).join(''),
  });
  const options = ['--noEmit', '--strict', '--module', 'node16', '--target', 'es2022', '--types', 'node'];
  expect(project.run(tool('typescript/bin/tsc')!, ...options, 'main.ts')).toBe('');
});

describe('the tarball', () => {
  testWith('publint/src/cli.js', 'has no finding of publint', (publint) => {
    const consumer = new Consumer([], {});
    expect(consumer.run(publint, packed(), '--strict')).toContain('All good!');
  });

  testWith('@arethetypeswrong/cli/dist/index.js', 'has no finding of attw', (attw) => {
    const consumer = new Consumer([], {});
    expect(consumer.run(attw, packed())).toContain('No problems found');
  });

  const { folder } = new Consumer([], {});
  const library = join(folder, 'node_modules/cdktf-multicloud');
  const files = readdirSync(library, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(library, file)).isFile(),
  );

  test('has no file twice, but in the build for cdktn', () => {
    const byContent = new Map<string, string[]>();
    for (const file of files.filter((path) => !path.startsWith('dist/cdktn/'))) {
      const content = readFileSync(join(library, file), 'utf8');
      if (content === MODULE_OF_TYPES) continue;
      byContent.set(content, [...(byContent.get(content) ?? []), file]);
    }
    expect([...byContent.values()].filter((same) => same.length > 1)).toEqual([]);
  });

  test('has each compiled file for cdktn too', () => {
    const compiled = (folder: string) =>
      files.filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length));
    expect(compiled('dist/cdktn/')).toEqual(compiled('dist/lib/'));
  });

  test('names one core in each build', () => {
    const named = (build: string, core: RegExp) =>
      files.filter((file) => file.startsWith(build) && core.test(readFileSync(join(library, file), 'utf8')));
    expect(named('dist/lib/', /@cdktn\/|(require\(|from )['"]cdktn['"/]/)).toEqual([]);
    expect(named('dist/cdktn/', /@cdktf\/|(require\(|from )['"]cdktf['"/]/)).toEqual([]);
  });

  test('has the archives of the deployed functions without their bundles', () => {
    const runtime = files.filter((file) => file.startsWith('dist/runtime/')).sort();
    expect(runtime).toEqual([
      'dist/runtime/asl-validator/LICENSES.txt',
      'dist/runtime/asl-validator/index.js',
      'dist/runtime/gates.zip',
      'dist/runtime/google-authorizer.zip',
      'dist/runtime/jobs.zip',
      'dist/runtime/rotation.zip',
      'dist/runtime/services.zip',
      'dist/runtime/training.zip',
    ]);
  });
});

test('the repository installs without a warning on this version of Node', () => {
  const { folder } = new Consumer([], {});
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(repository, file), join(folder, file));
  const { status, stderr } = spawnSync('npm', ['ci', '--dry-run'], { cwd: folder, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
