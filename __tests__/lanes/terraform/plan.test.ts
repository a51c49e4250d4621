import { noLab, planOf, temporaryFolder, testUnless } from './lab';
import { changesIn } from './plan';
import { allStacks } from './synthesized';

const scratch = temporaryFolder();

testUnless(noLab).each(allStacks(scratch, noLab))(
  'the plan of $name makes no key, reads no remote state and has no output',
  ({ folder }) => {
    const plan = planOf(folder, scratch);
    expect(changesIn(plan).length).toBeGreaterThan(0);
    const { outputs = {}, resources = [] } = plan.configuration.root_module;
    const types = resources.map(({ type }) => type);
    expect(types).not.toContain('google_service_account_key');
    expect(types).not.toContain('terraform_remote_state');
    expect(outputs).toEqual({});
    // Nor in a template, a provider or a value. Envoy is told the file that a pod has its own key in.
    expect(JSON.stringify(plan)).not.toMatch(
      /google_service_account_key|terraform_remote_state|private_key(?!.{1,40}filename)|BEGIN [A-Z ]*PRIVATE KEY/,
    );
  },
);
