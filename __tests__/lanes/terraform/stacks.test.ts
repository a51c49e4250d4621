import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lab, noLab, noProviders, noTerraform, run, temporaryFolder, testUnless } from './lab';
import { allStacks } from './synthesized';

const scratch = temporaryFolder();
const stacks = allStacks(scratch, noTerraform);

/** A copy whose protected stores Terraform may destroy, as a user does who sets `deletionProtection` to false. */
function withoutProtection(folder: string): string {
  const copy = mkdtempSync(join(scratch, 'unprotected-'));
  cpSync(folder, copy, { recursive: true });
  const file = join(copy, 'cdk.tf.json');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replaceAll('"prevent_destroy": true', '"prevent_destroy": false'),
  );
  return copy;
}

describe('each stack, with the providers of the lab', () => {
  testUnless(noLab).each(stacks)(
    '$name is initialized, validated, planned, applied, planned to nothing and destroyed',
    ({ folder }) => {
      expect(lab(['cycle', withoutProtection(folder)])).toMatch(/ ok$/m);
    },
  );
});

if (noLab !== undefined && noTerraform === undefined) {
  describe('each stack, with the providers of the public registry', () => {
    testUnless(noProviders()).each(stacks)('$name is initialized and valid', ({ name, folder }) => {
      const copy = join(scratch, 'registry', name);
      cpSync(folder, copy, { recursive: true });
      run('terraform', ['init', '-backend=false', '-input=false', '-no-color'], { cwd: copy });
      expect(run('terraform', ['validate', '-no-color'], { cwd: copy })).toContain('Success!');
    });
  });
}
