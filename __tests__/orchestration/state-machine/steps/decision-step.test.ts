import { StateMachineDefinition } from '../../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../../lib/orchestration/state-machine/state-machine-definition-rules';
import type { State } from '../../../../lib/orchestration/state-machine/asl/states';
import { StepCondition } from '../../../../lib/orchestration/state-machine/steps/condition';
import { LambdaGate } from '../../../../lib/orchestration/gates/lambda-gate';
import {
  DecisionStep,
  type DecisionStepProps,
} from '../../../../lib/orchestration/state-machine/steps/decision-step';
import { FailStep } from '../../../../lib/orchestration/state-machine/steps/fail-step';
import { PassStep } from '../../../../lib/orchestration/state-machine/steps/pass-step';
import { refusal } from '../../../synth';
import { statesOf } from './rendered-states';
import { withShortErrorLists } from '../../lambda-error-lists';

describe('a decision', () => {
  const FUNCTION = 'arn:aws:lambda:eu-west-1:210987654321:function:may-load:live';
  const source = new LambdaGate({ functionArn: FUNCTION, payload: { 'day.$': '$.day' }, timeoutSeconds: 30 });
  const decision = (props: Partial<DecisionStepProps> = {}) =>
    new DecisionStep('Short queue?', {
      source,
      condition: StepCondition.lessThan('$.decision.value', 100),
      otherwise: new FailStep('Closed', { error: 'QueueTooLong' }),
      ...props,
    });

  test('reads a value, and is open for one of the right type for which the condition holds', () => {
    const chain = decision().next(new PassStep('Load'));
    expect(withShortErrorLists(statesOf(chain))).toMatchInlineSnapshot(`
     {
       "Closed": {
         "Error": "QueueTooLong",
         "Type": "Fail",
       },
       "Load": {
         "End": true,
         "Type": "Pass",
       },
       "Short queue?": {
         "Choices": [
           {
             "And": [
               {
                 "IsPresent": true,
                 "Variable": "$.day",
               },
             ],
             "Next": "Short queue?: read value",
           },
         ],
         "Default": "Short queue?: input incomplete",
         "Type": "Choice",
       },
       "Short queue?: condition met": {
         "Next": "Load",
         "Type": "Pass",
       },
       "Short queue?: condition met?": {
         "Choices": [
           {
             "And": [
               {
                 "IsPresent": true,
                 "Variable": "$.decision.value",
               },
               {
                 "IsNumeric": true,
                 "Variable": "$.decision.value",
               },
               {
                 "NumericLessThan": 100,
                 "Variable": "$.decision.value",
               },
             ],
             "Next": "Short queue?: condition met",
           },
         ],
         "Default": "Closed",
         "Type": "Choice",
       },
       "Short queue?: input incomplete": {
         "Next": "Closed",
         "Result": {
           "Cause": "The input of the step must have $.day.",
           "Error": "Gate.BadRequest",
         },
         "ResultPath": "$.decision",
         "Type": "Pass",
       },
       "Short queue?: read value": {
         "Catch": [
           {
             "ErrorEquals": [
               "States.ALL",
             ],
             "Next": "Closed",
             "ResultPath": "$.decision",
           },
         ],
         "Next": "Short queue?: condition met?",
         "Parameters": {
           "day.$": "$.day",
         },
         "Resource": "arn:aws:lambda:eu-west-1:210987654321:function:may-load:live",
         "ResultPath": "$.decision",
         "Retry": [
           {
             "BackoffRate": 2,
             "ErrorEquals": [
               "(transient errors of Lambda)",
               "States.Timeout",
             ],
             "IntervalSeconds": 2,
             "JitterStrategy": "FULL",
             "MaxAttempts": 3,
             "MaxDelaySeconds": 60,
           },
         ],
         "TimeoutSeconds": 30,
         "Type": "Task",
       },
     }
    `);
    expect(definitionProblems(StateMachineDefinition.fromSteps(chain).states)).toEqual([]);
  });

  test('every error leads to what is done while it is closed, and none further', () => {
    const { 'Short queue?: read value': read } = statesOf(decision().next(new PassStep('Load')));
    expect(read!.Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.decision', Next: 'Closed' }]);
    const { 'Short queue?: condition met?': choice } = statesOf(decision().next(new PassStep('Load')));
    expect(choice!.Default).toBe('Closed');
    expect((choice!.Choices as { Next: string }[]).map(({ Next }) => Next)).toEqual([
      'Short queue?: condition met',
    ]);
  });

  test.each<[StepCondition, string]>([
    [StepCondition.equals('$.decision.value', 'go'), 'IsString'],
    [StepCondition.equals('$.decision.value', true), 'IsBoolean'],
    [StepCondition.equals('$.decision.value', 5), 'IsNumeric'],
    [StepCondition.matches('$.decision.value', 'go*'), 'IsString'],
    [StepCondition.not(StepCondition.atLeast('$.decision.value', 5)), 'IsNumeric'],
    [
      StepCondition.and(
        StepCondition.atLeast('$.decision.value', 1),
        StepCondition.atMost('$.decision.value', 5),
      ),
      'IsNumeric',
    ],
    [
      StepCondition.or(
        StepCondition.equals('$.decision.value', 'go'),
        StepCondition.and(
          StepCondition.equals('$.decision.value', 'may'),
          StepCondition.equals('$.weekend', true),
        ),
      ),
      'IsString',
    ],
    [
      new StepCondition({ Variable: '$.decision.value', TimestampLessThan: '2026-11-21T00:00:00Z' }),
      'IsTimestamp',
    ],
  ])('a value of another type leaves it closed (%#)', (condition, type) => {
    const choice = statesOf(decision({ condition: condition }).next(new PassStep('Load')))[
      'Short queue?: condition met?'
    ]!;
    const [{ And }] = choice.Choices as [{ And: State[] }];
    expect(And.slice(0, 2)).toEqual([
      { Variable: '$.decision.value', IsPresent: true },
      { Variable: '$.decision.value', [type]: true },
    ]);
    expect(And[2]).toEqual(condition.toState());
  });

  test('a function that decides is called by its alias, with its own time', () => {
    expect(source.requirements).toEqual({
      maxSeconds: 30,
      statements: [{ actions: ['lambda:InvokeFunction'], resources: [FUNCTION] }],
    });
    expect(source.task()).toMatchObject({
      Resource: FUNCTION,
      Parameters: { 'day.$': '$.day' },
      TimeoutSeconds: 30,
    });
  });

  test.each<[string, () => unknown, string]>([
    [
      'without what is done while it is closed',
      () => decision({ otherwise: undefined }),
      'DecisionStep "Short queue?": otherwise is required. It must be a step or a chain of steps.',
    ],
    [
      'with something else in its place',
      () => decision({ otherwise: 'stop' as never }),
      'DecisionStep "Short queue?": otherwise must be a step or a chain of steps (got "stop").',
    ],
    [
      'without a source',
      () => decision({ source: undefined }),
      'DecisionStep "Short queue?": source is required. It must be a gate: a LambdaGate, a MetricGate or a PredictionGate.',
    ],
    [
      'with a function as its source',
      () => decision({ source: (() => 1) as never }),
      'DecisionStep "Short queue?": source must be a gate: a LambdaGate, a MetricGate or a PredictionGate (got a function).',
    ],
    [
      'without a condition',
      () => decision({ condition: undefined }),
      'DecisionStep "Short queue?": condition is required. It must be a condition that compares "$.decision.value" with values of one type.',
    ],
    [
      'by a condition on another path',
      () => decision({ condition: StepCondition.lessThan('$.rows', 5) }),
      'DecisionStep "Short queue?": condition must be a condition that compares "$.decision.value" with values of one type (got {"expression":{"Variable":"$.rows","NumericLessThan":5}}).',
    ],
    [
      'by the mere presence of a value',
      () => decision({ condition: StepCondition.isPresent('$.decision.value') }),
      'DecisionStep "Short queue?": condition must be a condition that compares "$.decision.value" with values of one type (got {"expression":{"Variable":"$.decision.value","IsPresent":true}}).',
    ],
    [
      'by two types',
      () =>
        decision({
          condition: StepCondition.or(
            StepCondition.equals('$.decision.value', 5),
            StepCondition.equals('$.decision.value', '5'),
          ),
        }),
      'DecisionStep "Short queue?": condition must be a condition that compares "$.decision.value" with values of one type (got {"expression":{"Or":[{"Variable":"$.decision.value","NumericEquals":5},{"Variabl… (124 characters)).',
    ],
    [
      'by a plain object',
      () => decision({ condition: { Variable: '$.decision.value', NumericEquals: 5 } as never }),
      'DecisionStep "Short queue?": condition must be a condition that compares "$.decision.value" with values of one type (got {"Variable":"$.decision.value","NumericEquals":5}).',
    ],
    [
      'with a property that does not exist',
      () => decision({ open: new PassStep('x') } as never),
      'DecisionStep "Short queue?": open is not a property. The properties are: source, condition, otherwise.',
    ],
    [
      'by a function at its latest',
      () => new LambdaGate({ functionArn: FUNCTION.replace('live', '$LATEST') }),
      'LambdaGate: functionArn must be the ARN of an alias or a version of a function, not of the function or of $LATEST (got "arn:aws:lambda:eu-west-1:210987654321:function:may-load:$LATEST").',
    ],
    [
      'by a function that takes too long',
      () => new LambdaGate({ functionArn: FUNCTION, timeoutSeconds: 901 }),
      'LambdaGate: timeoutSeconds must be a whole number from 1 to 900 (got 901). Use at most 900.',
    ],
    [
      'by a function without a path',
      () => new LambdaGate({ functionArn: FUNCTION, payload: { 'a.$': 'day' } }),
      'LambdaGate: payload["a.$"] must be a path that starts with "$", or an intrinsic function that starts with "States." (got "day"). Use "$.day".',
    ],
  ])('%s is refused', (_, make, message) => {
    expect(refusal(make).message).toBe(message);
  });
});
