import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Consumer, repository, tool } from './consumer';

const source = join(repository, 'examples/starter');
const { dependencies, devDependencies } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const packages = Object.keys({ ...dependencies, ...devDependencies }).filter(
  (name) => name !== 'cdktf-multicloud',
);
const starter = new Consumer(packages, {});
cpSync(source, starter.folder, { recursive: true });

test('the starter installs every peer of the package that it uses, in the version of the package', () => {
  const library = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    readonly version: string;
    readonly peerDependencies: Readonly<Record<string, string>>;
  };
  const { 'cdktf-multicloud': own, cdktf, ...peers } = dependencies;
  expect(own).toBe(`^${library.version}`);
  expect(cdktf).toBe('^0.21.0');
  expect(library.peerDependencies).toMatchObject(peers);
});

test('the starter compiles', () => {
  expect(starter.run(tool('typescript/bin/tsc')!, '--noEmit')).toBe('');
});

test('the test of the starter passes', () => {
  expect(starter.run(tool('tsx/dist/cli.mjs')!, '--test', 'nightly-stack.test.ts')).toMatch(/pass 1$/m);
});

test('cdktf synthesizes the starter', () => {
  // `npx` finds tsx by the links that npm makes in node_modules/.bin.
  starter.link('.bin/tsx');
  starter.run(tool('cdktf-cli/bundle/bin/cdktf')!, 'synth');
  expect(existsSync(join(starter.folder, 'cdktf.out/stacks/nightly/cdk.tf.json'))).toBe(true);
});
