import { ChoiceStep } from '../../../lib/orchestration/state-machine/steps/choice-step';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { FailStep } from '../../../lib/orchestration/state-machine/steps/fail-step';
import { FallibleStep } from '../../../lib/orchestration/state-machine/fallible-step';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { LambdaStep } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { refusal } from '../../synth';

const call = () =>
  new LambdaStep('L', { functionArn: 'arn:aws:lambda:eu-west-1:210987654321:function:f:live' });
const pass = (name = 'P') => new PassStep(name);

test.each<[string, () => unknown, string]>([
  [
    'no error',
    () => call().catch([], pass()),
    'errors must be a list of at least 1 item (got []). Add an item.',
  ],
  [
    'an empty error name',
    () => call().catch([''], pass()),
    'errors[0] must have 1 to 128 letters, digits, ".", "_", ":" and "-", and start with a letter (got "").',
  ],
  [
    'a result path that is no path',
    () => call().catch('X', pass(), { resultPath: 'error' }),
    'resultPath must be a reference path to one field, for example "$.extract" (got "error").',
  ],
  [
    'a misspelt option',
    () => call().catch('X', pass(), { resultpath: '$.e' } as never),
    'resultpath is not a property. Did you mean "resultPath"?',
  ],
  [
    'no handler',
    () => call().catch('X', undefined as never),
    'handler is required. It must be a step or a chain of steps.',
  ],
  [
    'no next step',
    () => call().next(undefined as never),
    'next is required. It must be a step or a chain of steps.',
  ],
])('rejects %s', (_, make, message) => {
  expect(refusal(make).message).toBe(`LambdaStep "L": ${message}`);
});

test.each([new SucceedStep('S'), new FailStep('S', { error: 'Failed' })])(
  'rejects a step after $constructor.name',
  (step) => {
    expect(refusal(() => step.next(pass())).message).toBe(
      `${step.constructor.name} "S": next must not be called on a step that ends the execution or its branch (got "P"). Omit the call.`,
    );
  },
);

test('rejects a step after a chain that ends with a terminal step', () => {
  expect(refusal(() => pass('A').next(new SucceedStep('S')).next(pass())).message).toBe(
    'SucceedStep "S": next must not be called on a step that ends the execution or its branch (got "P"). Omit the call.',
  );
});

test('rejects a second next step', () => {
  const step = pass('A');
  step.next(pass('B'));
  expect(refusal(() => step.next(pass('C'))).message).toBe(
    'PassStep "A": next must be called once: the next step is "B" (got "C"). Use a ChoiceStep for several next steps.',
  );
});

test.each<[string, string, (step: LambdaStep, choice: ChoiceStep) => unknown]>([
  ['LambdaStep "L": next', '"P"', (step) => step.next(pass())],
  ['LambdaStep "L": catch', '"Failed"', (step) => step.catch('Failed', pass())],
  ['ChoiceStep "C": when', '"P"', (_, choice) => choice.when(StepCondition.isPresent('$.p'), pass())],
  ['ChoiceStep "C": otherwise', '"P"', (_, choice) => choice.otherwise(pass())],
])('rejects %s after the creation of the state machine', (method, value, change) => {
  const step = call();
  const choice = new ChoiceStep('C').when(StepCondition.isPresent('$.a'), step).otherwise(pass('Q'));
  StateMachineDefinition.fromSteps(choice);
  expect(refusal(() => change(step, choice)).message).toBe(
    `${method} must be called before the state machine is created, which copies its steps (got ${value}). Call it earlier.`,
  );
});

test.each<[string, (choice: ChoiceStep) => unknown]>([
  ['when', (choice) => choice.when(StepCondition.isPresent('$.a'), undefined as never)],
  ['otherwise', (choice) => choice.otherwise({ start: {} } as never)],
])('rejects an alternative of %s that is no step', (method, add) => {
  expect(refusal(() => add(new ChoiceStep('C'))).message).toContain(`ChoiceStep "C": ${method}.step `);
});

test('names a missing props object', () => {
  expect(refusal(() => new LambdaStep('L', undefined as never)).message).toBe(
    'LambdaStep "L": props is required. It must be an object.',
  );
});

test.each([new SucceedStep('S'), new FailStep('F', { error: 'Failed' })])(
  '$constructor.name has no catch, because it ends the execution',
  (step) => {
    expect(step).not.toBeInstanceOf(FallibleStep);
    expect('catch' in step).toBe(false);
  },
);
