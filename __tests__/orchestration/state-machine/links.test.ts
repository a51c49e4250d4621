import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { ChoiceStep } from '../../../lib/orchestration/state-machine/steps/choice-step';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { FailStep } from '../../../lib/orchestration/state-machine/steps/fail-step';
import { LambdaStep } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { ParallelStep } from '../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import type { IChainable } from '../../../lib/orchestration/state-machine/step';
import { refusal } from '../../synth';

const pass = (name: string) => new PassStep(name);
const isSet = (path: string) => StepCondition.isPresent(path);

/** Where each state leads: its next state, its alternatives, or nothing at an end. */
function edges(chain: IChainable): Record<string, string | string[] | undefined> {
  const { States } = StateMachineDefinition.fromSteps(chain).states;
  return Object.fromEntries(
    Object.entries(States).map(([name, { Next, Choices, Default }]) => [
      name,
      Choices
        ? [...(Choices as { Next: string }[]).map((each) => each.Next), Default as string]
        : (Next as string | undefined),
    ]),
  );
}

test.each<[string, () => IChainable]>([
  [
    'before the choice is chained',
    () => {
      const choice = new ChoiceStep('C').when(isSet('$.a'), pass('Yes')).otherwise(pass('No'));
      return pass('A').next(choice).next(pass('After'));
    },
  ],
  [
    'after the choice is chained',
    () => {
      const choice = new ChoiceStep('C');
      const chain = pass('A').next(choice);
      choice.when(isSet('$.a'), pass('Yes')).otherwise(pass('No'));
      return chain.next(pass('After'));
    },
  ],
  [
    'after the next step of the choice',
    () => {
      const choice = new ChoiceStep('C').when(isSet('$.a'), pass('Yes'));
      const chain = pass('A').next(choice).next(pass('After'));
      choice.otherwise(pass('No'));
      return chain;
    },
  ],
])('a step after a choice follows each alternative that is added %s', (_, make) => {
  expect(edges(make())).toEqual({ A: 'C', C: ['Yes', 'No'], Yes: 'After', No: 'After', After: undefined });
});

test('a step follows the end of an alternative that is extended later', () => {
  const upload = pass('Upload');
  const choice = new ChoiceStep('C').when(isSet('$.a'), upload).otherwise(pass('Skip'));
  const chain = choice.next(pass('After'));
  upload.next(pass('Notify'));
  expect(edges(chain)).toMatchObject({ Upload: 'Notify', Notify: 'After', Skip: 'After' });
});

test('a step after nested choices follows all ends, and an inner next step stays inside', () => {
  const inner = new ChoiceStep('Inner').when(isSet('$.b'), pass('B')).otherwise(pass('C'));
  const outer = new ChoiceStep('Outer').when(isSet('$.a'), inner.next(pass('Join'))).otherwise(pass('D'));
  expect(edges(outer.next(pass('After')))).toMatchObject({
    B: 'Join',
    C: 'Join',
    Join: 'After',
    D: 'After',
  });
});

test('a loop back to a step before the choice is no end', () => {
  const poll = pass('Poll');
  const ready = new ChoiceStep('Ready?');
  const chain = poll.next(ready).next(pass('After'));
  ready.when(isSet('$.ready'), pass('Ready')).otherwise(pass('Wait').next(poll));
  expect(edges(chain)).toMatchObject({ Poll: 'Ready?', Wait: 'Poll', Ready: 'After' });
});

test('an inner choice that repeats the outer choice has only its own ends', () => {
  const outer = new ChoiceStep('Outer');
  const inner = new ChoiceStep('Inner')
    .when(isSet('$.again'), pass('Back').next(outer))
    .otherwise(pass('Done'));
  outer.when(isSet('$.a'), inner.next(pass('Inside'))).otherwise(pass('Other'));
  expect(edges(outer.next(pass('After')))).toMatchObject({
    Back: 'Outer',
    Done: 'Inside',
    Inside: 'After',
    Other: 'After',
  });
});

test('a choice in an alternative that can lead back before the choice still has an end', () => {
  const poll = pass('Poll');
  const retry = new ChoiceStep('Retry?').when(isSet('$.again'), poll).otherwise(pass('Give up'));
  const choice = new ChoiceStep('C').when(isSet('$.bad'), retry).otherwise(pass('Good'));
  expect(edges(poll.next(choice).next(pass('After')))).toMatchObject({ 'Give up': 'After', Good: 'After' });
});

test('a loop to the end of an earlier alternative is no end', () => {
  const prepare = pass('Prepare');
  const first = new ChoiceStep('First')
    .when(isSet('$.a'), prepare)
    .otherwise(new FailStep('No', { error: 'No' }));
  const second = new ChoiceStep('Second').when(isSet('$.bad'), prepare).otherwise(pass('Good'));
  expect(edges(first.next(pass('Work')).next(second).next(pass('After')))).toMatchObject({
    Prepare: 'Work',
    Work: 'Second',
    Good: 'After',
  });
});

test('two alternatives may share a step', () => {
  const upload = pass('Upload');
  const choice = new ChoiceStep('C').when(isSet('$.a'), upload).otherwise(pass('Prepare').next(upload));
  expect(edges(choice.next(pass('After')))).toMatchObject({ Prepare: 'Upload', Upload: 'After' });
});

test('the handler of an error is not followed by the next step of the choice', () => {
  const call = new LambdaStep('L', { functionArn: 'arn:aws:lambda:eu-west-1:210987654321:function:f:live' });
  call.catch('States.ALL', pass('Handle'));
  const choice = new ChoiceStep('C').when(isSet('$.a'), call).otherwise(new SucceedStep('Done'));
  expect(edges(choice.next(pass('After')))).toMatchObject({ L: 'After', Handle: undefined });
});

test.each<[string, string, () => IChainable]>([
  [
    'a step that follows itself',
    'PassStep "A": next must be another step, or the loop never ends (got "A").',
    () => ((step) => step.next(step))(pass('A')),
  ],
  [
    'a step that a choice leads to itself',
    'PassStep "Upload": next must be another step, or the loop never ends (got "Upload").',
    () => {
      const upload = pass('Upload');
      return new ChoiceStep('C').when(isSet('$.a'), upload).otherwise(pass('Prepare')).next(upload);
    },
  ],
  [
    'a loop without an end',
    'PassStep "A": next must lead to a step that ends the state machine, or the loop never ends (got "B").',
    () => {
      const a = pass('A');
      return a.next(pass('B')).next(a);
    },
  ],
  [
    'a loop without an end in one alternative',
    'PassStep "X": next must lead to a step that ends the state machine, or the loop never ends (got "Y").',
    () => {
      const x = pass('X');
      x.next(pass('Y')).next(x);
      return new ChoiceStep('C').when(isSet('$.a'), x).otherwise(pass('End'));
    },
  ],
  [
    'a step after a choice whose alternatives all end the execution',
    'ChoiceStep "C": next must be omitted for a choice without an alternative that continues (got "After"). Omit the call.',
    () =>
      new ChoiceStep('C')
        .when(isSet('$.a'), new SucceedStep('S'))
        .otherwise(new FailStep('F', { error: 'Failed' }))
        .next(pass('After')),
  ],
  [
    'a step that two choices lead to different steps',
    'PassStep "Upload": next must be one step: two choices lead from here to "A" and to "B" (got "B"). Use a separate step in each choice.',
    () => {
      const upload = pass('Upload');
      const second = new ChoiceStep('Second').when(isSet('$.b'), upload).otherwise(pass('Other'));
      second.next(pass('B'));
      return new ChoiceStep('First')
        .when(isSet('$.a'), upload)
        .otherwise(pass('Try').next(second))
        .next(pass('A'));
    },
  ],
  [
    'a step in two branches',
    'Definition: name must be used once: the step is in several branches (got "Shared"). Create a step for each branch.',
    () => {
      const shared = pass('Shared');
      return new ParallelStep('P', { branches: [shared, pass('A').next(shared)] });
    },
  ],
  [
    'a choice without conditions',
    'ChoiceStep "C": when is required. It must have at least one condition.',
    () => new ChoiceStep('C').next(pass('After')),
  ],
])('rejects %s', (_, message, make) => {
  expect(refusal(() => StateMachineDefinition.fromSteps(make())).message).toBe(message);
});
