import { accessManifest, accessPage, invariantLines } from 'cdktf-multicloud/access';
import { findingLines, reportOf } from 'cdktf-multicloud/guardrails';
import type { Model } from 'cdktf-multicloud/model';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Environment } from './environments';

/** Writes the access manifest and the access page of each environment beside the stacks. Returns a line for each. */
export function writtenAccess(
  { stacks }: Model,
  environments: readonly Environment[],
  outdir: string,
): string {
  const folder = join(outdir, 'access');
  mkdirSync(folder, { recursive: true });
  return environments
    .map(({ name }) => {
      const own = { stacks: stacks.filter((stack) => stack.name.startsWith(`${name}-`)) };
      const manifest = accessManifest(own);
      const findings = [...invariantLines(own), ...findingLines(reportOf(own, { profile: name }))];
      const page = join(folder, `${name}.html`);
      writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(manifest, undefined, 2)}\n`);
      writeFileSync(page, accessPage(manifest, { title: name, findings }));
      return `  ${name.padEnd(8)} ${manifest.edges.length} grants  ${relative(process.cwd(), page)}`;
    })
    .join('\n');
}
