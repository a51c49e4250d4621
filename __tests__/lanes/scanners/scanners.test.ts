import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, temporaryFolder, testUnless } from '../terraform/lab';
import { environmentStacks, type SynthesizedStack } from '../terraform/synthesized';
import { scanners } from './scanners';

/* docs/scanners.md against the scanners themselves, over the production stacks of the sample. */

const page = readFileSync(join(repository, 'docs/scanners.md'), 'utf8');
const folder = temporaryFolder();
let production: readonly SynthesizedStack[] = [];

beforeAll(() => {
  if (scanners.some(({ tool }) => 'program' in tool))
    production = environmentStacks(folder).filter(({ name }) => name.includes('/prod-'));
});

/** Rows of the section of a scanner: finding and resource type. */
function rowsOf(name: string): string[] {
  const section = page.split('\n## ').find((text) => text.startsWith(`${name}\n`));
  return [...(section ?? '').matchAll(/^\| `([^`]+)` *\| `([^`]+)`/gm)].map(
    ([, id, type]) => `${id} ${type}`,
  );
}

for (const { name, version, tool, findings } of scanners) {
  testUnless('reason' in tool ? tool.reason : undefined)(
    `the page has each finding of ${name}, and no other`,
    () => {
      if (!('program' in tool)) throw new Error('the test is skipped without its tool');
      expect(page).toContain(`${name} ${version}`);
      const found = [...new Set(findings(tool.program, production, join(folder, name)))];
      expect(found.sort()).toEqual(rowsOf(name).sort());
    },
  );
}
