import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyAws, noTerraform, temporaryFolder, testUnless } from '../terraform/lab';
import { withoutProtection } from '../terraform/protection';
import { allStacks } from '../terraform/synthesized';
import { emulatorEndpoint, noEmulator, stopEmulator } from './emulator';

const noAws = noEmulator();
const scratch = temporaryFolder();
const stacks = allStacks(scratch, noTerraform).filter(
  ({ name, folder }) =>
    // What the same code makes for other environments has other names, and takes as long again.
    !/^stacks\/(dev|staging)-/.test(name) &&
    (folder === '' || readFileSync(join(folder, 'cdk.tf.json'), 'utf8').includes('"aws_')),
);
afterAll(stopEmulator);

/** Types that the emulator does not have. */
const NOT_PLAYED = ['aws_sfn_alias'];

describe('the AWS part of the stacks, with the real provider', () => {
  testUnless(noAws).each(stacks)('$name is applied, planned to nothing and destroyed', ({ folder }) => {
    const skip = NOT_PLAYED.flatMap((type) => ['--skip', type]);
    expect(applyAws(withoutProtection(folder, scratch), ['--endpoint', emulatorEndpoint(), ...skip])).toMatch(
      / ok$/m,
    );
  });
});
