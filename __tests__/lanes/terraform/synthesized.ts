import { existsSync, readdirSync, readFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository, run } from './lab';

/** A stack as it was written. */
export interface SynthesizedStack {
  /** `stacks` or the name of an example, and the stack. */
  readonly name: string;
  /** Folder with its cdk.tf.json. */
  readonly folder: string;
}

/** Runs a compiled app and gives the stacks that it wrote below `outdir`. */
export function synthesize(main: string, outdir: string, app: string): SynthesizedStack[] {
  mkdirSync(outdir, { recursive: true });
  run(process.execPath, [main], { cwd: outdir, env: { CDKTF_OUTDIR: outdir } });
  return readdirSync(join(outdir, 'stacks'))
    .sort()
    .map((stack) => ({ name: `${app}/${stack}`, folder: join(outdir, 'stacks', stack) }));
}

/** The stacks of all environments. */
export function environmentStacks(scratch: string): SynthesizedStack[] {
  return synthesize(join(repository, 'dist/stacks/main.js'), join(scratch, 'stacks'), 'stacks');
}

/** The stacks of all compiled examples. The starter has a package.json and is synthesized from the tarball instead. */
export function exampleStacks(scratch: string): SynthesizedStack[] {
  const has = (name: string, file: string) => existsSync(join(repository, 'examples', name, file));
  return readdirSync(join(repository, 'examples'))
    .filter((name) => has(name, 'main.ts') && !has(name, 'package.json'))
    .flatMap((name) =>
      synthesize(join(repository, 'dist/examples', name, 'main.js'), join(scratch, name), name),
    );
}

/** The stacks of all environments; one row for all where the tests are skipped, since cdktf asks for terraform. */
export function environmentsUnless(scratch: string, skipped: string | undefined): SynthesizedStack[] {
  return skipped === undefined ? environmentStacks(scratch) : [{ name: 'every stack', folder: '' }];
}

/** The stacks of all environments and examples; one row for all where the tests are skipped. */
export function allStacks(scratch: string, skipped: string | undefined): SynthesizedStack[] {
  return [...environmentsUnless(scratch, skipped), ...(skipped === undefined ? exampleStacks(scratch) : [])];
}

/** Construct paths by Terraform address, as the metadata of a stack has them. */
export function constructPaths(folder: string): Map<string, string> {
  const { resource = {} } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as {
    resource?: Record<string, Record<string, { '//': { metadata: { path: string } } }>>;
  };
  return new Map(
    Object.entries(resource).flatMap(([type, ofType]) =>
      Object.entries(ofType).map(([name, body]) => [`${type}.${name}`, body['//'].metadata.path] as const),
    ),
  );
}
