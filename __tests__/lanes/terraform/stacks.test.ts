import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expectSameAsStack } from './same-as-stack';
import { noLab, noProviders, noTerraform, run, temporaryFolder, testUnless } from './lab';
import { changesIn, type Plan } from './plan';
import { PlanSession } from './plan-session';
import { withoutProtection } from './protection';
import { allStacks } from './synthesized';

const scratch = temporaryFolder();
const stacks = allStacks(scratch, noTerraform);

describe('each stack, with the providers of the lab', () => {
  testUnless(noLab).each(stacks)(
    '$name is planned, applied, planned to nothing and destroyed',
    ({ folder }) => {
      const stack = withoutProtection(folder, scratch);
      const session = new PlanSession(scratch, stack);
      const plan = session.plan();
      expectNeitherKeyNorState(plan as Plan);
      expectSameAsStack(plan, stack);
      session.run(['apply', PlanSession.PLAN]);
      expectSameAsStack(session.plan(), stack);
      session.end();
    },
  );
});

/** Expects that a plan makes no key, reads no remote state and has no output. */
function expectNeitherKeyNorState(plan: Plan): void {
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
}

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
