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

/** All words of the sources that may name a type: `google_service_account`, or `service-account` in an import. */
function wordsIn(repository: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const folder of SOURCES) {
    for (const entry of readdirSync(join(repository, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(ts|tf|json)$/.test(entry.name)) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      for (const [word] of text.matchAll(/[a-z0-9]+(?:[_-][a-z0-9]+)*/g)) words.add(word);
    }
  }
  return words;
}

/** Whether a word is the type, or the folder of the bindings that have it. Those of google-beta keep the prefix. */
function isNamed(type: string, words: ReadonlySet<string>): boolean {
  const folder = type.replaceAll('_', '-');
  const folders = [folder, folder.slice(folder.indexOf('-') + 1)];
  return [type, ...folders, `data-${folder}`, `data-google-beta-${folder}`].some((name) => words.has(name));
}

/** Removes the schemas of the types that no source of the repository names from a mirror. */
export function cutMirror(mirror: string, repository: string): void {
  const words = wordsIn(repository);
  const entries = readdirSync(join(mirror, HOST), { recursive: true, encoding: 'utf8' });
  for (const path of entries.filter((name) => name.endsWith('/schema.json'))) {
    const file = join(mirror, HOST, path);
    const schemas = JSON.parse(readFileSync(file, 'utf8')) as Schemas;
    for (const provider of Object.values(schemas.provider_schemas)) {
      for (const kind of KINDS) {
        const named = Object.entries(provider[kind]).filter(([type]) => isNamed(type, words));
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
  const hash = createHash('sha256').update([...wordsIn(repository)].join('\n'));
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
