import { TerraformVariable } from 'cdktf';
import { StateMachineDefinition } from '../../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../../lib/orchestration/state-machine/state-machine-definition-rules';
import type { StatesBlock } from '../../../../lib/orchestration/state-machine/states';
import type { IChainable } from '../../../../lib/orchestration/state-machine/step';
import { ChoiceStep } from '../../../../lib/orchestration/state-machine/steps/choice-step';
import { StepCondition } from '../../../../lib/orchestration/state-machine/steps/condition';
import {
  DistributedMapStep,
  type DistributedMapStepProps,
} from '../../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { FailStep } from '../../../../lib/orchestration/state-machine/steps/fail-step';
import { LambdaStep } from '../../../../lib/orchestration/state-machine/steps/lambda-step';
import { MapStep } from '../../../../lib/orchestration/state-machine/steps/map-step';
import { ParallelStep } from '../../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../../lib/orchestration/state-machine/steps/succeed-step';
import { TaskStep } from '../../../../lib/orchestration/state-machine/steps/task-step';
import { WaitStep } from '../../../../lib/orchestration/state-machine/steps/wait-step';
import { problems, refusal, testStack } from '../../../synth';

const FUNCTION = 'arn:aws:lambda:eu-west-1:210987654321:function:count:live';
const statesOf = (chain: IChainable) => StateMachineDefinition.fromSteps(chain).states;
const message = (action: () => unknown) => refusal(action).message;

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

  test('run items of S3 as executions that know who started them', () => {
    const step = new DistributedMapStep('Files', {
      objects: { bucket: 'sales', prefix: 'day/' },
      item: new PassStep('File'),
      batch: { size: 10 },
      toleratedFailurePercentage: 5,
      results: { bucket: 'results' },
    });
    expect(statesOf(step).States).toMatchInlineSnapshot(`
     {
       "Files": {
         "Next": "Files: map",
         "Parameters": {
           "execution.$": "$$.Execution.Id",
         },
         "ResultPath": "$.startedBy",
         "Type": "Pass",
       },
       "Files: map": {
         "Catch": [],
         "End": true,
         "ItemBatcher": {
           "BatchInput": {
             "execution.$": "$.startedBy.execution",
           },
           "MaxItemsPerBatch": 10,
         },
         "ItemProcessor": {
           "ProcessorConfig": {
             "ExecutionType": "STANDARD",
             "Mode": "DISTRIBUTED",
           },
           "StartAt": "Files: item",
           "States": {
             "File": {
               "End": true,
               "Type": "Pass",
             },
             "Files: item": {
               "Next": "File",
               "Parameters": {
                 "Items.$": "$.Items",
               },
               "Type": "Pass",
             },
           },
         },
         "ItemReader": {
           "Parameters": {
             "Bucket": "sales",
             "Prefix": "day/",
           },
           "Resource": "arn:aws:states:::s3:listObjectsV2",
         },
         "MaxConcurrency": 100,
         "ResultWriter": {
           "Parameters": {
             "Bucket": "results",
           },
           "Resource": "arn:aws:states:::s3:putObject",
         },
         "ToleratedFailurePercentage": 5,
         "Type": "Map",
       },
     }
    `);
    expect(step.requirements()).toMatchInlineSnapshot(`
     {
       "childExecutions": true,
       "standardOnlyReason": "only Standard state machines run a Distributed Map",
       "statements": [
         {
           "actions": [
             "s3:ListBucket",
           ],
           "conditions": {
             "StringLike": {
               "s3:prefix": "day/*",
             },
           },
           "resources": [
             "arn:aws:s3:::sales",
           ],
         },
         {
           "actions": [
             "s3:PutObject",
             "s3:GetObject",
             "s3:ListMultipartUploadParts",
             "s3:AbortMultipartUpload",
           ],
           "resources": [
             "arn:aws:s3:::results/*",
           ],
         },
       ],
       "totalSeconds": Infinity,
     }
    `);
  });

  test('items of a list are given on alone', () => {
    const { States } = statesOf(
      new DistributedMapStep('Files', {
        itemsPath: '$.files',
        item: new PassStep('File'),
        resultPath: '$.done',
      }),
    );
    expect(States['Files: map']).toMatchObject({
      ItemsPath: '$.files',
      ItemSelector: { 'execution.$': '$.startedBy.execution', 'item.$': '$$.Map.Item.Value' },
      ItemProcessor: { States: { 'Files: item': { Type: 'Pass', InputPath: '$.item', Next: 'File' } } },
      ResultPath: '$.done',
    });
  });

  const distributed = (props: Partial<DistributedMapStepProps>) => () =>
    new DistributedMapStep('Files', { item: new PassStep('File'), ...props } as DistributedMapStepProps);
  test.each([
    ['itemsPath', distributed({}), /Set one of objects and itemsPath/],
    ['itemsPath', distributed({ itemsPath: '$' }), /itemsPath must be a field of the input/],
    ['maxConcurrency', distributed({ itemsPath: '$.a', maxConcurrency: 10_001 }), /from 1 to 10000/],
    [
      'toleratedFailurePercentage',
      distributed({ itemsPath: '$.a', toleratedFailurePercentage: 101 }),
      /from 0 to 100/,
    ],
    [
      'seconds',
      () => new WaitStep('Wait', {}),
      /seconds is required\. Set one of seconds, secondsPath and timestampPath/,
    ],
    ['seconds', () => new WaitStep('Wait', { seconds: 0 }), /from 1 to 31536000/],
    ['seconds', () => new WaitStep('Wait', { seconds: 1, secondsPath: '$.s' }), /Set one of/],
    [
      'secondsPath',
      () => new WaitStep('Wait', { secondsPath: 'seconds' }),
      /must be a reference path to one field/,
    ],
    [
      'error',
      () => new FailStep('No', { error: 'States.ALL' }),
      /error must be an error name that does not start with "States\."/,
    ],
    ['parameters["a.$"]', () => new PassStep('P', { parameters: { 'a.$': 'rows' } }), /Use "\$\.rows"/],
    ['branches', () => new ParallelStep('P', { branches: [] }), /at least 1/],
    [
      'maxConcurrency',
      () => new MapStep('M', { item: new PassStep('I'), maxConcurrency: 41 }),
      /from 1 to 40/,
    ],
    ['item', () => new MapStep('M', { item: {} as IChainable }), /a step or a chain of steps/],
    [
      'retry["Busy"].attempts',
      () => new ParallelStep('P', { branches: [new PassStep('I')], retry: { Busy: { attempts: -1 } } }),
      /from 0 to 1000/,
    ],
    [
      'statements',
      () => new TaskStep('T', { resource: 'arn:aws:states:::sns:publish', timeoutSeconds: 5 } as never),
      /is required/,
    ],
    [
      'heartbeatSeconds',
      () =>
        new TaskStep('T', {
          resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
          timeoutSeconds: 5,
          heartbeatSeconds: 5,
          statements: [],
        }),
      /must be less than timeoutSeconds \(5\)/,
    ],
    ['value', () => StepCondition.greaterThan('$.a', NaN), /must be a number/],
    ['path', () => StepCondition.equals('a', 1), /Use|reference path/],
    [
      'conditions',
      () => StepCondition.and(StepCondition.isPresent('$.a')),
      /conditions must be a list of at least 2 items/,
    ],
  ])('%s is judged', (property, action, text) => {
    expect(problems(action)).toHaveProperty([property]);
    expect(message(action)).toMatch(text);
  });
});

describe('a definition from a text', () => {
  const text = JSON.stringify({
    StartAt: 'Call',
    TimeoutSeconds: 60,
    States: { Call: { Type: 'Task', Resource: '${Function}', TimeoutSeconds: 5, End: true } },
  });

  test('has its placeholders filled in', () => {
    const { states, requirements: needs } = StateMachineDefinition.fromString(text, {
      substitutions: { Function: FUNCTION },
    });
    expect(states.States.Call!.Resource).toBe(FUNCTION);
    expect(needs.timeoutSeconds).toBe(60);
    expect(definitionProblems(states)).toEqual([]);
  });

  test.each([
    [
      () => StateMachineDefinition.fromString(text),
      'substitutions must have a value (got "Function"). The values are: none.',
    ],
    [
      () => StateMachineDefinition.fromString(text, { substitutions: { Function: FUNCTION, Other: 'x' } }),
      'substitutions["Other"] must be a placeholder of the definition (got "x").',
    ],
    [() => StateMachineDefinition.fromString('{'), 'definition must be JSON'],
    [() => StateMachineDefinition.fromString('{}'), 'must be an object with StartAt and States'],
    [
      () => StateMachineDefinition.fromFile('no-such.asl.json'),
      'path must be a readable file (ENOENT) (got "no-such.asl.json").',
    ],
  ])('%# says what is wrong with it', (action, expected) => {
    expect(message(action)).toContain(expected);
  });
});

describe('the definition is judged by more than its schema', () => {
  const one = (state: object): StatesBlock => ({ StartAt: 'A', States: { A: { ...state } } }) as StatesBlock;
  const task = { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 5, End: true };
  test.each([
    [
      'a state that nothing leads to',
      { StartAt: 'A', States: { A: { Type: 'Succeed' }, B: { Type: 'Succeed' } } },
      'be reachable from StartAt',
    ],
    [
      'a transition to no state',
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'C' } } },
      'be the name of a state',
    ],
    ['an unknown type', one({ Type: 'Nap', End: true }), 'be one of "Task", "Parallel"'],
    ['a task without a time-out', one({ ...task, TimeoutSeconds: undefined }), 'without a time-out'],
    [
      'a heartbeat that comes too late',
      one({ ...task, HeartbeatSeconds: 5 }),
      'be less than TimeoutSeconds (5)',
    ],
    [
      'States.ALL before others',
      one({ ...task, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }] }),
      'have States.ALL alone, in the last entry',
    ],
    [
      'States.ALL among others',
      one({ ...task, Retry: [{ ErrorEquals: ['X', 'States.ALL'] }] }),
      'have States.ALL alone',
    ],
    [
      'a retry that cannot help',
      one({ ...task, Retry: [{ ErrorEquals: ['GKE.ImagePull'] }] }),
      'would end in the same way',
    ],
    [
      'a function without a version',
      one({ ...task, Resource: FUNCTION.replace(':live', '') }),
      'by an alias or a version',
    ],
    [
      'a function without a version in the parameters',
      one({
        ...task,
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: FUNCTION.replace('live', '$LATEST') },
      }),
      'by an alias or a version',
    ],
    [
      'a token that nobody gets',
      one({
        ...task,
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: 'x' },
      }),
      'be set with the task token, which the worker needs to report the result',
    ],
    [
      'a stored secret',
      one({ ...task, Resource: 'arn:aws:states:::http:invoke' }),
      'not be an HTTP task, whose credentials EventBridge stores',
    ],
    [
      'more data than fits',
      one({ Type: 'Pass', Result: 'x'.repeat(262_144), End: true }),
      'at most 262144 bytes',
    ],
    [
      'a name that is too long',
      { StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: { Type: 'Succeed' } } },
      'have a name of at most 80 characters',
    ],
  ])('%s', (_, definition, expected) => {
    const found = definitionProblems(definition as unknown as StatesBlock);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ rule }) => rule).join('\n')).toContain(expected);
  });

  test('and not changed by that', () => {
    const definition = statesOf(new PassStep('One'));
    const before = JSON.stringify(definition);
    definitionProblems(definition);
    expect(JSON.stringify(definition)).toBe(before);
  });

  test('tokens pass', () => {
    const name = new TerraformVariable(testStack(), 'name', { type: 'string' }).stringValue;
    expect(definitionProblems(statesOf(new PassStep('One', { parameters: { name } })))).toEqual([]);
  });
});
