import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fn, TerraformVariable } from 'cdktf';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { account, IMAGE, orchestrationStack, target } from '../../orchestration/fixtures';
import { resources } from '../../synth';
import { noTerraform, temporaryFolder, testUnless } from './lab';

const folder = temporaryFolder();
const HARD = 'Ada "Countess" King\nC:\\new ${HOME} %{x} ☃ "';

testUnless(noTerraform)('a definition is JSON after the plan, whatever characters a variable has', () => {
  const stack = orchestrationStack();
  const who = new TerraformVariable(stack, 'who', { type: 'string' }).stringValue;
  const environment = { WHO: who, PART: `<${who}>`, CONFIG: Fn.jsonencode({ who }), LITERAL: HARD };
  new StepFunctionsOrchestrator(stack, 'nightly', {
    name: 'nightly',
    account,
    definition: new GkeJobStep('Load', { target: target(stack), image: IMAGE, environment }),
    reason: 'loads the warehouse',
  });
  const machine = resources(stack, 'aws_sfn_state_machine').find(
    ({ name }) => `${name as never}` === 'nightly',
  );
  // References to resources have no value here.
  const definition = `${machine?.definition as never}`.replace(/\$\{aws_[^}]*\}/g, 'x');
  mkdirSync(join(folder, 'text'));
  writeFileSync(
    join(folder, 'text', 'main.tf.json'),
    JSON.stringify({ variable: { who: {} }, output: { definition: { value: definition } } }),
  );
  writeFileSync(join(folder, 'text', 'terraform.tfvars.json'), JSON.stringify({ who: HARD }));
  const terraform = (...args: string[]) =>
    execFileSync('terraform', args, {
      cwd: join(folder, 'text'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  terraform('init', '-no-color');
  terraform('apply', '-auto-approve', '-no-color');
  const { value } = (JSON.parse(terraform('output', '-json')) as { definition: { value: string } })
    .definition;
  const { env } = JSON.parse(value).States.Load.Branches[0].States['Load: attempt'].Parameters.job.spec
    .template.spec.containers[0] as { env: { name: string; value: string }[] };
  expect(Object.fromEntries(env.map((each) => [each.name, each.value]))).toMatchObject({
    WHO: HARD,
    PART: `<${HARD}>`,
    CONFIG: JSON.stringify({ who: HARD }),
    LITERAL: HARD,
  });
});
