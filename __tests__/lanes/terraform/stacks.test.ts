import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { lab, noLab, noProviders, noTerraform, run, temporaryFolder, testUnless } from './lab';
import { withoutProtection } from './protection';
import { allStacks } from './synthesized';

const scratch = temporaryFolder();
const stacks = allStacks(scratch, noTerraform);

describe('each stack, with the providers of the lab', () => {
  testUnless(noLab).each(stacks)(
    '$name is initialized, validated, planned, applied, planned to nothing and destroyed',
    ({ folder }) => {
      expect(lab(['cycle', withoutProtection(folder, scratch)])).toMatch(/ ok$/m);
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
