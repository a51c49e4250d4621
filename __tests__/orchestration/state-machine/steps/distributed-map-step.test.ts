import type { IChainable } from '../../../../lib/orchestration/state-machine/step';
import { StepCondition } from '../../../../lib/orchestration/state-machine/steps/condition';
import {
  DistributedMapStep,
  type DistributedMapStepProps,
} from '../../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { FailStep } from '../../../../lib/orchestration/state-machine/steps/fail-step';
import { MapStep } from '../../../../lib/orchestration/state-machine/steps/map-step';
import { ParallelStep } from '../../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../../lib/orchestration/state-machine/steps/pass-step';
import { TaskStep } from '../../../../lib/orchestration/state-machine/steps/task-step';
import { WaitStep } from '../../../../lib/orchestration/state-machine/steps/wait-step';
import { problems } from '../../../synth';
import { message, statesOf } from './fixtures';

describe('steps', () => {
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
