import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Consumer, packed, repository, tool } from '../package/consumer';
import { BODY, MEMBER } from '../package/program';
import { describeOnCurrentLine, PACKAGES } from './current-line';

const work = mkdtempSync(join(tmpdir(), 'current-install-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Archive of the manifest of an installed package: npm needs no more to compare peers, and the bindings have 1.4 GB. */
function manifestOf(folder: string, name: string, changes: object = {}): string {
  const target = mkdtempSync(join(work, 'manifest-'));
  const manifest = JSON.parse(
    readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'),
  ) as object;
  const text = JSON.stringify({
    ...manifest,
    ...changes,
    scripts: {},
    dependencies: {},
    devDependencies: {},
  });
  writeFileSync(join(target, 'package.json'), text);
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts'], { cwd: target });
  return join(
    target,
    readdirSync(target).find((file) => file.endsWith('.tgz'))!,
  );
}

/** Packages that npm adds to a project for packages and this package. */
function install(tarballs: readonly string[]): { readonly status: number | null; readonly added: string[] } {
  const project = mkdtempSync(join(work, 'project-'));
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--dry-run', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status, stdout } = spawnSync('npm', [...args, ...tarballs, packed()], {
    cwd: project,
    encoding: 'utf8',
  });
  const added = [...stdout.matchAll(/^add (\S+) /gm)].map(([, name]) => name!);
  return { status, added: added.sort() };
}

/** Program that prints a member, with the core and the import of the library that are under test. */
const program = (core: string, library: string) => `
import { App, TerraformStack as Stack } from '${core}';
import { GkeCluster } from '${library}/gke';
import { WorkloadIdentityBinding } from '${library}/identity';
class TerraformStack extends Stack {}
${BODY}console.log(member);
`;

const MIXED = 'Import this class from';

const CDKTF = ['cdktf', ...PACKAGES.slice(2).map((name) => name.replace('@cdktn', '@cdktf')), 'constructs'];

test('a project of cdktf installs the package without --force, and no package for cdktn', () => {
  const { status, added } = install(CDKTF.map((name) => manifestOf(repository, name)));
  expect({ status, added }).toEqual({ status: 0, added: [...CDKTF, 'cdktf-multicloud'].sort() });
});

describeOnCurrentLine('a project of cdktn', (folder) => {
  const consumer = (main: string, others: readonly string[] = []) => {
    const project = new Consumer(others, { 'main.ts': main, 'main.mjs': main });
    for (const name of PACKAGES) project.link(name, folder);
    for (const name of ['@types/node', 'typescript']) project.link(name);
    return project;
  };
  const failureOf = (project: Consumer) => {
    try {
      project.run('main.mjs');
    } catch (error) {
      return (error as Error).message;
    }
    return 'no error';
  };

  test('installs the package without --force, and no package for cdktf', () => {
    const { status, added } = install(PACKAGES.map((name) => manifestOf(folder, name)));
    expect({ status, added }).toEqual({ status: 0, added: [...PACKAGES, 'cdktf-multicloud'].sort() });
  });

  test('compiles, also where declarations are checked', () => {
    const project = consumer(program('cdktn', 'cdktf-multicloud/cdktn'));
    const options = ['--noEmit', '--strict', '--module', 'node16', '--target', 'es2022', '--types', 'node'];
    expect(project.run(tool('typescript/bin/tsc')!, ...options, 'main.ts')).toBe('');
  });

  test('compiles with the configuration of cdktn init, whose resolver does not read "exports"', () => {
    const project = consumer(program('cdktn', 'cdktf-multicloud/cdktn'));
    const options = ['--noEmit', '--strict', '--module', 'commonjs', '--target', 'es2022', '--skipLibCheck'];
    expect(project.run(tool('typescript/bin/tsc')!, ...options, '--types', 'node', 'main.ts')).toBe('');
  });

  test('runs', () => {
    expect(consumer(program('cdktn', 'cdktf-multicloud/cdktn')).run('main.mjs').trim()).toBe(MEMBER);
  });

  test('with the import for cdktf is told which package is missing and what to import', () => {
    expect(failureOf(consumer(program('cdktn', 'cdktf-multicloud')))).toMatch(
      /The package "cdktf" is not installed\. Run "npm install cdktf"\. In a project of cdktn, import from "cdktf-multicloud\/cdktn"\./,
    );
  });

  const OTHERS = [
    'cdktf',
    '@cdktf/provider-google',
    '@cdktf/provider-google-beta',
    '@cdktf/provider-kubernetes',
  ];

  test('with both cores is told at the first construct that the import is for cdktf', () => {
    expect(failureOf(consumer(program('cdktn', 'cdktf-multicloud'), OTHERS))).toContain(
      'ValidationError: books/cluster: scope must come from cdktf 0.21.0, the core of this import of the library ' +
        `(got "cdktn 0.24.0"). ${MIXED} "cdktf-multicloud/cdktn" or a subpath of it, for example "cdktf-multicloud/cdktn/gke".`,
    );
  });

  test('with both cores is told at the first construct that the import is for cdktn', () => {
    expect(failureOf(consumer(program('cdktf', 'cdktf-multicloud/cdktn'), OTHERS))).toContain(
      'ValidationError: books/cluster: scope must come from cdktn 0.24.0, the core of this import of the library ' +
        `(got "cdktf 0.21.0"). ${MIXED} "cdktf-multicloud" or a subpath of it, for example "cdktf-multicloud/gke".`,
    );
  });
});
