import { Defaults } from '../../../lib/defaults';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { refusal } from '../../synth';
import { account, IMAGE, orchestrationStack, target } from '../fixtures';

const other = { id: '111122223333', region: 'us-east-1' };
const reason = 'loads the warehouse';

test('an orchestrator has the account of its targets, before the account of Defaults', () => {
  const stack = orchestrationStack();
  Defaults.of(stack).set({ account: other });
  const definition = new GkeJobStep('Load', { target: target(stack), image: IMAGE });
  expect(new StepFunctionsOrchestrator(stack, 'it', { definition, reason }).account).toEqual(account);
});

test('an orchestrator of a file has the account of its targets', () => {
  const stack = orchestrationStack();
  const text = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
  const definition = StateMachineDefinition.fromString(text, { targets: [target(stack)] });
  expect(new StepFunctionsOrchestrator(stack, 'it', { definition, reason }).account).toEqual(account);
});

test('an orchestrator without targets has the account of Defaults', () => {
  const stack = orchestrationStack();
  Defaults.of(stack).set({ account: other });
  const definition = new PassStep('Nothing');
  expect(new StepFunctionsOrchestrator(stack, 'it', { definition, reason }).account).toEqual(other);
});

test('an orchestrator without any account is rejected, with all other problems', () => {
  const props = { definition: 'Nothing' as never, reason: '' };
  const make = () => new StepFunctionsOrchestrator(orchestrationStack(), 'it', props);
  expect(refusal(make).problems.map(({ property }) => property)).toEqual(['reason', 'account', 'definition']);
});
