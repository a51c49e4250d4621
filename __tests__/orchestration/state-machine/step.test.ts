import { ChoiceStep } from '../../../lib/orchestration/state-machine/steps/choice-step';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { FailStep } from '../../../lib/orchestration/state-machine/steps/fail-step';
import { LambdaStep } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { refusal } from '../../synth';

const call = () =>
  new LambdaStep('L', { functionArn: 'arn:aws:lambda:eu-west-1:210987654321:function:f:live' });
const pass = (name = 'P') => new PassStep(name);

test.each<[string, () => unknown, string]>([
  ['no error', () => call().catch([], pass()), 'errors must be a list of at least 1 item (got []).'],
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
  [
    'itself',
    () => ((step) => step.next(step))(call()),
    'next must be another step, or the loop never ends (got "L").',
  ],
])('rejects %s', (_, make, message) => {
  expect(refusal(make).message).toBe(`LambdaStep "L": ${message}`);
});

const ENDED =
  'next must not be called after steps that end the execution, or after a choice without conditions (got "P"). Complete the choice first, or omit the call.';

test.each([new SucceedStep('S'), new FailStep('S', { error: 'Failed' }), new ChoiceStep('S')])(
  'rejects a step after a $constructor.name, which has no end',
  (step) => {
    expect(refusal(() => step.next(pass())).message).toBe(`${step.constructor.name} "S": ${ENDED}`);
  },
);

test('rejects a step that a choice would lead to itself', () => {
  const upload = pass('Upload');
  const choice = new ChoiceStep('Ready?');
  choice.when(StepCondition.isPresent('$.ready'), upload).otherwise(pass('Prepare'));
  expect(refusal(() => choice.next(upload)).message).toBe(
    'PassStep "Upload": next must be another step, or the loop never ends (got "Upload").',
  );
});
