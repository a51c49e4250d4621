import { accessManifest, accessPage, invariantLines } from 'cdktf-multicloud/access';
import { findingLines } from 'cdktf-multicloud/guardrails';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { EnvironmentReport } from './report';

/** Writes the access manifest and the access page of each environment beside the stacks. Returns a line for each. */
export function writtenAccess(environments: readonly EnvironmentReport[], outdir: string): string {
  const folder = join(outdir, 'access');
  mkdirSync(folder, { recursive: true });
  return environments
    .map(({ name, model, report }) => {
      const manifest = accessManifest(model);
      const findings = [...invariantLines(model, manifest), ...findingLines(report)];
      const page = join(folder, `${name}.html`);
      writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(manifest, undefined, 2)}\n`);
      writeFileSync(page, accessPage(manifest, { title: name, findings }));
      return `  ${name.padEnd(8)} ${manifest.edges.length} grants  ${relative(process.cwd(), page)}`;
    })
    .join('\n');
}
