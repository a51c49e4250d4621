import { cpSync, existsSync, mkdirSync, renameSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lab, labFolder, repository, run } from '../terraform/lab';
import { cutMirror } from '../terraform/mirror';

/*
 * Mirror of the Terraform lab with providers of both generations: those of the lab, and the newest ones with schemas
 * cut from the bindings of cdktn. The lab has facts (defaults, replacement, checks) of its own generation, and the
 * newest providers use them too. Bindings do not have the version of a resource's schema, so it stays.
 */

const HOST = 'registry.terraform.io/hashicorp';
const PLATFORM = 'linux_amd64';
const NAMES = ['aws', 'google', 'google-beta', 'kubernetes'];
const SOURCE_MAP = 'sourceMappingURL=data:application/json;base64,';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly cdktn: { readonly provider: { readonly name: string; readonly version: string } };
}

/** Writes the mirror for the types that the stacks have, and returns its folder. */
export function mirrorOfBoth(folder: string, types: ReadonlySet<string>, scratch: string): string {
  const mirror = join(scratch, 'providers');
  lab(['mirror', mirror]);
  cutMirror(mirror, repository);
  for (const name of NAMES)
    addProvider(mirror, name, join(folder, 'node_modules/@cdktn', `provider-${name}`), types);
  return mirror;
}

function addProvider(mirror: string, name: string, bindings: string, types: ReadonlySet<string>): void {
  const manifest = JSON.parse(readFileSync(join(bindings, 'package.json'), 'utf8')) as Manifest;
  const { version } = manifest.cdktn.provider;
  // The mirror has the real provider for aws too, which has no schema in a file.
  const old = readdirSync(join(mirror, HOST, name)).find((each) =>
    existsSync(join(mirror, HOST, name, each, PLATFORM, 'schema.json')),
  );
  const target = join(mirror, HOST, name, version, PLATFORM);
  if (old === undefined) throw new Error(`the lab has no provider ${name}`);
  cpSync(join(mirror, HOST, name, old, PLATFORM), target, { recursive: true });
  const binary = (of: string) => join(target, `terraform-provider-${name}_v${of}`);
  renameSync(binary(old), binary(version));
  const schema = join(target, 'schema.json');
  const before = schemasIn(schema);
  const cut = join(mirror, 'bindings', name);
  cutBindings(bindings, manifest, cut, types);
  run(process.execPath, [join(labFolder, 'extract/extract.js'), cut, schema]);
  const after = schemasIn(schema);
  for (const [type, each] of Object.entries(resourcesOf(after)))
    each.version = resourcesOf(before)[type]?.version ?? 0;
  writeFileSync(schema, JSON.stringify(after));
}

/** Schemas of one provider, as `terraform providers schema -json` prints them. */
interface Schemas {
  readonly provider_schemas: Readonly<
    Record<string, { resource_schemas: Record<string, { version: number }> }>
  >;
}

const schemasIn = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Schemas;
const resourcesOf = ({ provider_schemas }: Schemas) => Object.values(provider_schemas)[0]!.resource_schemas;

/**
 * Copies the source maps of some bindings. The lab reads the schema from the TypeScript in them, which names the core
 * `cdktn` where the lab expects `cdktf`.
 */
function cutBindings(
  bindings: string,
  { name, version, cdktn }: Manifest,
  cut: string,
  types: ReadonlySet<string>,
): void {
  mkdirSync(cut, { recursive: true });
  writeFileSync(join(cut, 'package.json'), JSON.stringify({ name, version, cdktf: cdktn }));
  const modules = new Set(['provider', ...[...types].flatMap(modulesOf)]);
  for (const module of readdirSync(join(bindings, 'lib')).filter((entry) => modules.has(entry))) {
    const files = readdirSync(join(bindings, 'lib', module), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((path) => path.endsWith('.js'))) {
      const [, encoded] = readFileSync(join(bindings, 'lib', module, file), 'utf8').split(SOURCE_MAP);
      const { sourcesContent } = JSON.parse(Buffer.from(encoded!, 'base64').toString()) as {
        sourcesContent: readonly string[];
      };
      const sources = sourcesContent.map((text) => text.replaceAll('cdktn.', 'cdktf.'));
      const map = Buffer.from(JSON.stringify({ sourcesContent: sources })).toString('base64');
      const copy = join(cut, 'lib', module, file);
      mkdirSync(dirname(copy), { recursive: true });
      writeFileSync(copy, `//# ${SOURCE_MAP}${map}`);
    }
  }
}

/** Folders of bindings that a type can have. Those of google-beta keep the prefix `google`. */
function modulesOf(type: string): string[] {
  const words = type.split('_');
  return [words, words.slice(1)]
    .map((parts) => parts.join('-'))
    .flatMap((module) => [module, `data-${module}`, `data-${words[0]}-${module}`]);
}
