import fc from 'fast-check';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import type { IChainable, Step } from '../../../lib/orchestration/state-machine/step';
import { ChoiceStep } from '../../../lib/orchestration/state-machine/steps/choice-step';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { FailStep } from '../../../lib/orchestration/state-machine/steps/fail-step';
import { LambdaStep } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { ParallelStep } from '../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { WaitStep } from '../../../lib/orchestration/state-machine/steps/wait-step';
import { refusal } from '../../synth';

const pass = (name: string) => new PassStep(name);
const yes = StepCondition.isPresent('$.yes');
const statesOf = (chain: IChainable) => StateMachineDefinition.fromSteps(chain).states.States;
/** Next state by state; `undefined` for a state that ends the machine. */
const nextOf = (chain: IChainable) =>
  Object.fromEntries(
    Object.entries(statesOf(chain))
      .filter(([, { Type }]) => Type !== 'Choice')
      .map(([name, { Next }]) => [name, Next as string | undefined]),
  );
const message = (chain: () => unknown) => refusal(chain).message;

describe('a step after a choice follows each branch', () => {
  const expected = { A: 'Choice', Yes: 'After', No: 'After', After: undefined };

  test('when the branches are set after the choice was chained', () => {
    const choice = new ChoiceStep('Choice');
    const chain = pass('A').next(choice);
    choice.when(yes, pass('Yes')).otherwise(pass('No'));
    expect(nextOf(chain.next(pass('After')))).toEqual(expected);
  });

  test('when the default branch is set after the step', () => {
    const choice = new ChoiceStep('Choice').when(yes, pass('Yes'));
    const chain = pass('A').next(choice).next(pass('After'));
    choice.otherwise(pass('No'));
    expect(nextOf(chain)).toEqual(expected);
  });

  test('when all branches are set after the step', () => {
    const choice = new ChoiceStep('Choice');
    const chain = pass('A').next(choice).next(pass('After'));
    choice.when(yes, pass('Yes')).otherwise(pass('No'));
    expect(nextOf(chain)).toEqual(expected);
  });

  test('when a branch becomes longer after the step', () => {
    const branch = pass('Yes');
    const choice = new ChoiceStep('Choice').when(yes, branch).otherwise(pass('No'));
    const chain = pass('A').next(choice).next(pass('After'));
    branch.next(pass('More'));
    expect(nextOf(chain)).toEqual({ ...expected, Yes: 'More', More: 'After' });
  });

  test('but not a branch that ends the execution or leads back to a step before the choice', () => {
    const wait = new WaitStep('Wait', { seconds: 60 });
    const choice = new ChoiceStep('Ready?')
      .when(yes, pass('Yes'))
      .when(StepCondition.isPresent('$.failed'), new FailStep('Failed', { error: 'NotReady' }))
      .otherwise(wait);
    const chain = wait.next(pass('Look')).next(choice).next(pass('After'));
    expect(nextOf(chain)).toEqual({
      Wait: 'Look',
      Look: 'Ready?',
      Yes: 'After',
      After: undefined,
      Failed: undefined,
    });
  });

  test('and not the handler of an error', () => {
    const load = new LambdaStep('Load', {
      functionArn: 'arn:aws:lambda:eu-west-1:210987654321:function:f:live',
    });
    load.catch('States.ALL', pass('Repair'));
    const choice = new ChoiceStep('Choice').when(yes, load).otherwise(pass('No'));
    expect(nextOf(choice.next(pass('After')))).toMatchObject({
      Load: 'After',
      No: 'After',
      Repair: undefined,
    });
  });

  test('inside a parallel branch too', () => {
    const choice = new ChoiceStep('Choice').when(yes, pass('Yes')).otherwise(pass('No'));
    const { Parallel } = statesOf(new ParallelStep('Parallel', { branches: [choice.next(pass('After'))] }));
    expect(Parallel?.Branches).toMatchObject([{ States: { Yes: { Next: 'After' }, No: { Next: 'After' } } }]);
  });
});

test('a chain may be continued from any part of it', () => {
  const [a, b] = [pass('A'), pass('B')];
  const chain = a.next(b);
  chain.next(pass('C'));
  expect(nextOf(a)).toEqual({ A: 'B', B: 'C', C: undefined });
});

test.each<[string, () => IChainable, string]>([
  [
    'that leads a branch of a choice to itself',
    () => {
      const upload = pass('Upload');
      return new ChoiceStep('Ready?').when(yes, upload).otherwise(pass('Prepare')).next(upload);
    },
    'PassStep "Upload": next must not lead from a step to itself: the step is the end of a branch of the choice before it (got "Upload"). Chain the choice to a step that is in none of its branches.',
  ],
  [
    'after a choice without a branch that continues',
    () => {
      const fail = (name: string) => new FailStep(name, { error: 'Failed' });
      return new ChoiceStep('Any?').when(yes, fail('One')).otherwise(fail('Two')).next(pass('After'));
    },
    'ChoiceStep "Any?": next must not be called on a choice whose branches all end the execution or lead back to the choice (got "After"). Omit the call, or add a branch that continues.',
  ],
  [
    'that two choices continue in different ways',
    () => {
      const shared = pass('Shared');
      const one = new ChoiceStep('One?').when(yes, shared).otherwise(pass('X'));
      const two = new ChoiceStep('Two?').when(yes, shared).otherwise(pass('Y'));
      one.next(pass('After one'));
      two.next(pass('After two'));
      return new ChoiceStep('Both?').when(yes, one).otherwise(two);
    },
    'PassStep "Shared": next must be one step: a choice that leads here continues with "After one" (got "After two"). Use another step in one of the two choices.',
  ],
  [
    'of a loop without an end',
    () => {
      const [start, a, b] = [pass('Start'), pass('A'), pass('B')];
      start.next(a).next(b).next(a);
      return start;
    },
    'PassStep "Start": next must lead to an end: the steps "Start", "A", "B" repeat for ever (got "A"). Leave the loop with a ChoiceStep.',
  ],
])('rejects a step %s', (_, make, expected) => {
  expect(message(() => statesOf(make()))).toBe(expected);
});

/** A chain as a tree: a step, or a choice between chains. */
type Chain = readonly (string | readonly Chain[])[];

const chains = fc.letrec<{ chain: Chain }>((tie) => ({
  chain: fc.array(
    fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constant('step'),
      fc.array(tie('chain'), { minLength: 2, maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 3 },
  ),
})).chain;

/** Steps of a tree, the calls that chain them, and the transitions that must result. */
function built(tree: Chain) {
  let count = 0;
  const calls: (() => void)[] = [];
  const expected: Record<string, string | undefined> = {};
  const build = (chain: Chain, after: string | undefined): Step => {
    const steps = chain.map((each) =>
      typeof each === 'string' ? pass(`P${count++}`) : new ChoiceStep(`C${count++}`),
    );
    steps.forEach((step, index) => {
      const following = steps[index + 1];
      const next = following?.name ?? after;
      if (following) calls.push(() => step.next(following));
      if (!(step instanceof ChoiceStep)) {
        expected[step.name] = next;
        return;
      }
      const [otherwise, ...ways] = (chain[index] as readonly Chain[]).map((branch) => build(branch, next));
      for (const way of ways) calls.push(() => step.when(yes, way));
      calls.push(() => step.otherwise(otherwise as Step));
    });
    return steps[0] as Step;
  };
  return { start: build(tree, undefined), calls, expected };
}

test('any order of calls gives the same transitions', () => {
  fc.assert(
    fc.property(chains, fc.infiniteStream(fc.nat()), (tree, picks) => {
      const { start, calls, expected } = built(tree);
      const left = [...calls];
      for (const pick of picks) {
        if (left.length === 0) break;
        left.splice(pick % left.length, 1).forEach((call) => call());
      }
      expect(nextOf(start)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
