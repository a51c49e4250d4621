import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * Mirror of the providers of the lab, with the schemas of the types that this repository names. Terraform starts each
 * provider up to three times in a command and reads its whole schema, which takes most of the time of a plan.
 */

const HOST = 'registry.terraform.io/hashicorp';
const SOURCES = ['lib', 'stacks', 'examples', '__tests__'];

/** Schemas of one provider, as `terraform providers schema -json` prints them. */
interface Schemas {
  readonly provider_schemas: Readonly<
    Record<string, Record<(typeof KINDS)[number], Record<string, unknown>>>
  >;
}
const KINDS = ['resource_schemas', 'data_source_schemas'] as const;

/** A type, or the folder of bindings in an import. The folders of data sources begin with `data-`. */
const NAMES = /\b(?:aws|google|kubernetes)_[a-z0-9_]+|(?<=@cdktf\/provider-[a-z-]+\/lib\/)[a-z0-9-]+/g;

/** Names in the sources that may be a type, sorted. */
function namesIn(repository: string): readonly string[] {
  const names = new Set<string>();
  for (const folder of SOURCES) {
    for (const entry of readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(ts|tf|json)$/.test(entry.name)) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      for (const [name] of text.matchAll(NAMES)) names.add(name);
    }
  }
  return [...names].sort();
}

/** Whether a type is named. The bindings of google-beta keep the prefix in the names of their folders. */
function isNamed(type: string, names: ReadonlySet<string>): boolean {
  const folder = type.replaceAll('_', '-');
  const folders = [folder, folder.slice(folder.indexOf('-') + 1)];
  return [type, ...folders, `data-${folder}`, `data-google-beta-${folder}`].some((name) => names.has(name));
}

/** Removes the schemas of the types that no source of the repository names from a mirror. */
export function cutMirror(mirror: string, repository: string): void {
  const names = new Set(namesIn(repository));
  const entries = readdirSync(join(mirror, HOST), { recursive: true, encoding: 'utf8' });
  for (const path of entries.filter((name) => name.endsWith('/schema.json'))) {
    const file = join(mirror, HOST, path);
    const schemas = JSON.parse(readFileSync(file, 'utf8')) as Schemas;
    for (const provider of Object.values(schemas.provider_schemas)) {
      for (const kind of KINDS) {
        const named = Object.entries(provider[kind]).filter(([type]) => isNamed(type, names));
        provider[kind] = Object.fromEntries(named);
      }
    }
    writeFileSync(file, JSON.stringify(schemas));
  }
}

/** Folder of the mirror of a lab, made once for each content of the lab and of the repository. */
export function smallMirror(repository: string, lab: string): string {
  const tables = readdirSync(join(lab, 'tables'), { withFileTypes: true }).filter((entry) => entry.isFile());
  const files = ['lab.sh', 'SHA256SUMS', ...tables.map(({ name }) => join('tables', name))];
  const hash = createHash('sha256').update(namesIn(repository).join('\n'));
  for (const file of files) hash.update(readFileSync(join(lab, file)));
  const cache = join(repository, 'node_modules/.cache/terraform-lab');
  const mirror = join(cache, hash.digest('hex').slice(0, 16));
  if (existsSync(mirror)) return mirror;
  const made = `${mirror}-${process.pid}`;
  mkdirSync(cache, { recursive: true });
  execFileSync(join(lab, 'lab.sh'), ['mirror', made]);
  cutMirror(made, repository);
  const configuration = join(made, 'terraform.rc');
  writeFileSync(configuration, readFileSync(configuration, 'utf8').replaceAll(made, mirror));
  try {
    renameSync(made, mirror);
  } catch (error) {
    // Another lane was faster.
    if (!existsSync(mirror)) throw error;
    rmSync(made, { recursive: true });
  }
  return mirror;
}
