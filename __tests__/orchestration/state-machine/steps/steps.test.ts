import { definitionProblems } from '../../../../lib/orchestration/state-machine/state-machine-definition-rules';
import { ChoiceStep } from '../../../../lib/orchestration/state-machine/steps/choice-step';
import { StepCondition } from '../../../../lib/orchestration/state-machine/steps/condition';
import { FailStep } from '../../../../lib/orchestration/state-machine/steps/fail-step';
import { LambdaStep } from '../../../../lib/orchestration/state-machine/steps/lambda-step';
import { MapStep } from '../../../../lib/orchestration/state-machine/steps/map-step';
import { ParallelStep } from '../../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../../lib/orchestration/state-machine/steps/succeed-step';
import { WaitStep } from '../../../../lib/orchestration/state-machine/steps/wait-step';
import { problems } from '../../../synth';
import { FUNCTION, message, statesOf } from './fixtures';

describe('a chain of steps', () => {
  test('leads from each step to the next, and ends with the last', () => {
    const chain = new PassStep('One')
      .next(new WaitStep('Two', { seconds: 5 }))
      .next(new SucceedStep('Three'));
    expect(statesOf(chain)).toEqual({
      StartAt: 'One',
      States: {
        One: { Type: 'Pass', Next: 'Two' },
        Two: { Type: 'Wait', Seconds: 5, Next: 'Three' },
        Three: { Type: 'Succeed' },
      },
    });
  });

  test('chains chains', () => {
    const last = new PassStep('Three').next(new PassStep('Four'));
    const { States } = statesOf(new PassStep('One').next(new PassStep('Two')).next(last));
    expect(Object.keys(States)).toEqual(['One', 'Two', 'Three', 'Four']);
    expect(States.Two).toMatchObject({ Next: 'Three' });
  });

  test('comes together again after a choice', () => {
    const choice = new ChoiceStep('Any?')
      .when(StepCondition.greaterThan('$.rows', 0), new PassStep('Some'))
      .when(StepCondition.equals('$.rows', 0), new FailStep('None', { error: 'NoRows' }))
      .otherwise(new PassStep('Unknown'));
    const { States } = statesOf(choice.next(new PassStep('After')));
    expect(States).toEqual({
      'Any?': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.rows', NumericGreaterThan: 0, Next: 'Some' },
          { Variable: '$.rows', NumericEquals: 0, Next: 'None' },
        ],
        Default: 'Unknown',
      },
      Some: { Type: 'Pass', Next: 'After' },
      None: { Type: 'Fail', Error: 'NoRows' },
      Unknown: { Type: 'Pass', Next: 'After' },
      After: { Type: 'Pass', End: true },
    });
  });

  test('may lead back to a step', () => {
    const look = new PassStep('Look');
    const again = new ChoiceStep('Again?')
      .when(StepCondition.equals('$.again', true), look)
      .otherwise(new SucceedStep('Done'));
    expect(definitionProblems(statesOf(look.next(again)))).toEqual([]);
  });

  test('handles errors by name, in order, and keeps the input beside the error', () => {
    const step = new LambdaStep('Count', { functionArn: FUNCTION })
      .catch('NoRows', new SucceedStep('Nothing'))
      .catch(['A', 'B'], new PassStep('Repair'), { resultPath: null });
    const { States } = statesOf(step.next(new PassStep('After')));
    expect(States.Count!.Catch).toEqual([
      { ErrorEquals: ['NoRows'], ResultPath: '$.error', Next: 'Nothing' },
      { ErrorEquals: ['A', 'B'], ResultPath: null, Next: 'Repair' },
    ]);
    expect(States.Repair).toEqual({ Type: 'Pass', End: true });
  });

  test('refuses a second next, a choice without a default, and two steps of one name', () => {
    const step = new PassStep('One');
    step.next(new PassStep('Two'));
    expect(message(() => step.next(new PassStep('Three')))).toBe(
      'PassStep "One": next must be called once: the next step is "Two" (got "Three"). Use a ChoiceStep for several next steps.',
    );
    const open = new ChoiceStep('Any?').when(StepCondition.isPresent('$.rows'), new PassStep('Some'));
    expect(message(() => statesOf(open))).toContain('ChoiceStep "Any?": otherwise is required');
    expect(message(() => statesOf(new ChoiceStep('None?').otherwise(new PassStep('x'))))).toContain(
      'at least one condition',
    );
    expect(message(() => statesOf(new PassStep('Same').next(new PassStep('Same'))))).toBe(
      'Definition: name must be unique among the steps of the state machine (got "Same"). Choose another name.',
    );
    const inside = new ParallelStep('Both', {
      branches: [new PassStep('A'), new PassStep('B').next(new PassStep('Both'))],
    });
    expect(message(() => statesOf(inside))).toContain(
      'name must be unique among the steps of the state machine (got "Both")',
    );
  });

  test.each(['', 'x'.repeat(61), 'a\nb', 7])('refuses the name %p', (name) => {
    expect(() => new PassStep(name as string)).toThrow(/name must have 1 to 60 visible characters/);
  });
});

describe('steps', () => {
  test('run branches and items inside of them', () => {
    const both = new ParallelStep('Both', {
      branches: [
        new PassStep('Left'),
        new MapStep('Each', { item: new PassStep('Item'), itemsPath: '$.items' }),
      ],
      retry: { 'States.ALL': { attempts: 1 }, Busy: { attempts: 2, intervalSeconds: 5 } },
      resultPath: '$.both',
    });
    const { States } = statesOf(both);
    expect(States.Both).toMatchObject({
      Branches: [
        { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
        {
          StartAt: 'Each',
          States: {
            Each: {
              ItemsPath: '$.items',
              MaxConcurrency: 40,
              ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'Item' },
            },
          },
        },
      ],
      ResultPath: '$.both',
    });
    expect((States.Both!.Retry as { ErrorEquals: string[] }[]).map(({ ErrorEquals }) => ErrorEquals)).toEqual(
      [['Busy'], ['States.ALL']],
    );
  });

  test('call functions by alias alone, and are allowed that', () => {
    const step = new LambdaStep('Count', {
      functionArn: FUNCTION,
      payload: { 'day.$': '$.day' },
      resultPath: '$.count',
    });
    expect(step.requirements().statements).toEqual([
      { actions: ['lambda:InvokeFunction'], resources: [FUNCTION] },
    ]);
    expect(statesOf(step).States.Count).toMatchObject({
      Resource: FUNCTION,
      TimeoutSeconds: 60,
      ResultPath: '$.count',
    });
    for (const arn of [FUNCTION.replace(':live', ''), FUNCTION.replace('live', '$LATEST')]) {
      expect(problems(() => new LambdaStep('Count', { functionArn: arn }))).toHaveProperty('functionArn');
    }
  });
});
