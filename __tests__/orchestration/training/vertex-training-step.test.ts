import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import type { Retrier, State, States } from '../../../lib/orchestration/state-machine/asl/states';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import type { VertexTrainingStepProps } from '../../../lib/orchestration/training/vertex-training-step-props';
import { VERTEX_ERRORS } from '../../../lib/contracts/training-errors';
import { TEMPLATE, custom, customJob, pipeline, pipelines, step } from './fixtures';

const statesOf = (props: Partial<VertexTrainingStepProps> = {}) =>
  StateMachineDefinition.fromSteps(step(props)).states.States;

const inner = (props: Partial<VertexTrainingStepProps> = {}) =>
  (statesOf(props).Train!.Branches as { States: States }[])[0]!.States;

const jobOf = (props: Partial<VertexTrainingStepProps> = {}) =>
  (inner(props)['Train: attempt']!.Parameters as { job: State }).job;

describe('a training', () => {
  test('is submitted, and looked at until it is over', () => {
    expect(statesOf()).toMatchSnapshot();
    const chain = step();
    for (const error of Object.values(VERTEX_ERRORS)) chain.catch(error, new SucceedStep(`On ${error}`));
    expect(definitionProblems(StateMachineDefinition.fromSteps(chain).states)).toEqual([]);
  });

  test('of one container says all that was said of it', () => {
    expect(
      jobOf({
        job: {
          ...customJob,
          gpus: { type: 'NVIDIA_L4', count: 2 },
          machines: 3,
          command: ['python'],
          argsPath: "States.Array('--day', $.day)",
          environment: { MODE: 'full', 'DAY.$': '$.day' },
        },
        deadlineSeconds: 7_200,
      }),
    ).toMatchInlineSnapshot(`
     {
       "scheduling": {
         "timeout": "7200s",
       },
       "workerPoolSpecs": [
         {
           "containerSpec": {
             "args.$": "States.Array('--day', $.day)",
             "command": [
               "python",
             ],
             "env": [
               {
                 "name": "MODE",
                 "value": "full",
               },
               {
                 "name": "DAY",
                 "value.$": "$.day",
               },
             ],
             "imageUri": "us-docker.pkg.dev/my-project/ml/train@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
           },
           "machineSpec": {
             "acceleratorCount": 2,
             "acceleratorType": "NVIDIA_L4",
             "machineType": "n1-standard-8",
           },
           "replicaCount": "3",
         },
       ],
     }
    `);
    expect(jobOf({ job: { ...customJob, args: ['--fast'] } })).toMatchObject({
      scheduling: { timeout: '86400s' },
      workerPoolSpecs: [{ replicaCount: '1', containerSpec: { args: ['--fast'], env: [] } }],
    });
  });

  test('of a pipeline names its template and parameters', () => {
    const props = {
      target: pipelines,
      job: { ...pipeline, parameters: { 'day.$': '$.day', epochs: 3 } },
    };
    expect(jobOf(props)).toEqual({
      templateUri: TEMPLATE,
      runtimeConfig: { parameterValues: { 'day.$': '$.day', epochs: 3 } },
    });
    expect(definitionProblems(StateMachineDefinition.fromSteps(step(props)).states)).toEqual([]);
  });

  test.each<[Partial<VertexTrainingStepProps>, string, number]>([
    [{}, '86400s', 90_000],
    [{ deadlineSeconds: 600 }, '600s', 4_200],
    [{ timeoutSeconds: 7_200 }, '7200s', 7_200],
    [{ deadlineSeconds: 600, timeoutSeconds: 700 }, '600s', 700],
  ])('has its time, and the step some more: %j', (props, timeout, timeoutSeconds) => {
    expect(jobOf(props)).toMatchObject({ scheduling: { timeout } });
    expect(inner(props)['Train: poll']!.Parameters).toMatchObject({ timeoutSeconds });
    expect(step(props).requirements()).toMatchObject({ maxSeconds: timeoutSeconds, targets: [custom] });
  });

  test('of a pipeline may be given up within a day', () => {
    const props = { target: pipelines, job: pipeline, timeoutSeconds: 3_600 };
    expect(inner(props)['Train: poll']!.Parameters).toMatchObject({ timeoutSeconds: 3_600 });
    expect(step(props).requirements().maxSeconds).toBe(3_600);
  });

  test('is tried again when there are no machines, and otherwise as is said', () => {
    const names = (props: Partial<VertexTrainingStepProps>) =>
      (statesOf(props).Train!.Retry as Retrier[]).map(({ ErrorEquals, MaxAttempts }) => [
        ErrorEquals,
        MaxAttempts,
      ]);
    expect(names({})).toEqual([[['Vertex.Unschedulable'], 3]]);
    expect(
      names({
        retry: { 'States.ALL': { attempts: 1 }, 'Vertex.Unschedulable': { attempts: 0 } },
        acknowledge: { overlappingJobs: 'the second takes the place of the first' },
      }),
    ).toEqual([
      [['Vertex.Unschedulable'], 0],
      [['States.ALL'], 1],
    ]);
  });

  test('gives on what was chosen of its result', () => {
    const props = { resultSelector: { 'files.$': '$.outputUri' }, resultPath: '$.model' };
    expect(inner(props)['Train: result']).toMatchObject({ Parameters: { 'files.$': '$.outputUri' } });
    const chain = step(props).next(new PassStep('Deploy'));
    expect(StateMachineDefinition.fromSteps(chain).states.States.Train).toMatchObject({
      ResultSelector: { 'files.$': "$[0]['files']" },
      ResultPath: '$.model',
      Next: 'Deploy',
    });
  });
});
