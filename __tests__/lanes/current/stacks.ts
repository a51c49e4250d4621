import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Consumer, repository, tool } from '../package/consumer';
import { synthesize, type SynthesizedStack } from '../terraform/synthesized';
import { moveCommand, PACKAGES } from './current-line';

/** Options of the sample application of this repository, without those for the repository. */
const TSCONFIG = {
  compilerOptions: { ...JSON.parse(readFileSync(join(repository, 'tsconfig.json'), 'utf8')).compilerOptions },
  include: ['stacks', 'examples'],
  exclude: ['examples/starter'],
};

/** Apps of this repository: the sample application and the examples. */
export const apps = [
  { name: 'stacks', main: 'stacks/main.js' },
  ...readdirSync(join(repository, 'examples'))
    .filter((name) => existsSync(join(repository, 'examples', name, 'main.ts')))
    .filter((name) => !existsSync(join(repository, 'examples', name, 'package.json')))
    .map((name) => ({ name, main: `examples/${name}/main.js` })),
];

/** The stacks as this repository writes them, on cdktf. */
export function stacksOnCdktf(scratch: string): SynthesizedStack[] {
  return apps.flatMap(({ name, main }) =>
    synthesize(join(repository, 'dist', main), join(scratch, 'cdktf', name), name),
  );
}

/**
 * A project that moved to cdktn: the sources of this repository in a folder with the package as it is published and the
 * packages of cdktn, changed by the command of docs/cdktn.md and compiled.
 */
export function projectOnCdktn(folder: string): Consumer {
  const project = new Consumer([], { 'tsconfig.json': JSON.stringify(TSCONFIG) });
  for (const name of PACKAGES) project.link(name, folder);
  for (const name of ['@types/node', 'typescript']) project.link(name);
  for (const name of ['stacks', 'examples'])
    cpSync(join(repository, name), join(project.folder, name), { recursive: true });
  execFileSync('sh', ['-c', moveCommand()], { cwd: project.folder });
  project.run(tool('typescript/bin/tsc')!, '-p', '.');
  return project;
}

/** The stacks of a project that moved to cdktn. */
export function stacksOnCdktn(folder: string, scratch: string): SynthesizedStack[] {
  const project = projectOnCdktn(folder);
  return apps.flatMap(({ name, main }) =>
    synthesize(join(project.folder, 'dist', main), join(scratch, 'cdktn', name), name),
  );
}

/** Configuration of a stack as text, without the versions of the core and of the providers, and without the state file. */
export function withoutVersions({ folder }: SynthesizedStack): string {
  const { '//': metadata, terraform, ...configuration } = configurationOf(folder);
  void metadata;
  const { required_providers, backend, ...settings } = terraform as Readonly<
    Record<string, object | undefined>
  >;
  const names = [required_providers, backend].map((part) => Object.keys(part ?? {}));
  return JSON.stringify({ ...configuration, settings, names }, null, 1);
}

/** Arguments whose changes an adopted cluster ignores: those that the provider has. */
export function ignoredByAdoptedCluster({ folder }: SynthesizedStack): string[] {
  const { google_container_cluster: clusters = {} } = configurationOf(folder).resource as {
    google_container_cluster?: Record<string, { lifecycle?: { ignore_changes?: string[] } }>;
  };
  return Object.values(clusters).flatMap(({ lifecycle }) => lifecycle?.ignore_changes ?? []);
}

/** Types of resources and data sources of the stacks, for example `google_container_cluster`. */
export function typesOf(stacks: readonly SynthesizedStack[]): Set<string> {
  const types = stacks.flatMap(({ folder }) => {
    const { resource = {}, data = {} } = configurationOf(folder) as { resource?: object; data?: object };
    return [...Object.keys(resource), ...Object.keys(data)];
  });
  return new Set(types);
}

function configurationOf(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as Record<string, unknown>;
}
