import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import type { GkeJobStepProps } from '../../../lib/orchestration/jobs/gke-job-step-props';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import type { StepFunctionsOrchestratorProps } from '../../../lib/orchestration/state-machine/step-functions-orchestrator-props';
import { DistributedMapStep } from '../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { LambdaStep } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { MapStep } from '../../../lib/orchestration/state-machine/steps/map-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { TaskStep } from '../../../lib/orchestration/state-machine/steps/task-step';
import { WaitStep } from '../../../lib/orchestration/state-machine/steps/wait-step';
import { problems, resources } from '../../synth';
import { account, IMAGE, orchestrationStack, target } from '../fixtures';

const FUNCTION = 'arn:aws:lambda:eu-west-1:210987654321:function:f:live';
const etl = target(orchestrationStack());
const job = (props: Partial<GkeJobStepProps> = {}) =>
  new GkeJobStep('Job', { target: etl, image: IMAGE, ...props });
const task = (name: string, timeoutSeconds: number, attempts = 0) =>
  new TaskStep(name, {
    resource: 'arn:aws:states:::sns:publish',
    statements: [],
    timeoutSeconds,
    retry:
      attempts === 0 ? undefined : { 'States.Timeout': { attempts, intervalSeconds: 10, backoffRate: 1 } },
  });
const asl = (states: object, more: object = {}) =>
  StateMachineDefinition.fromString(JSON.stringify({ StartAt: 'A', States: states, ...more }));

const make = (props: Partial<StepFunctionsOrchestratorProps>) => {
  const stack = orchestrationStack();
  new StepFunctionsOrchestrator(stack, 'nightly', {
    account,
    definition: new PassStep('Nothing'),
    reason: 'loads the warehouse',
    ...props,
  });
  return stack;
};
const found = (props: Partial<StepFunctionsOrchestratorProps>) => problems(() => make(props)).timeoutSeconds;
const timeoutOf = (props: Partial<StepFunctionsOrchestratorProps>) => {
  const machine = resources(make(props), 'aws_sfn_state_machine').find(
    ({ name }) => String(name) === 'prod-nightly',
  );
  return (JSON.parse(String(machine!.definition)) as { TimeoutSeconds: number }).TimeoutSeconds;
};

describe('a time-out of the state machine', () => {
  test.each([
    ['all steps of the longest path', () => task('A', 600).next(task('B', 600)), 1_200],
    // Three attempts of 600 seconds and two pauses of 10 seconds.
    ['the retries of a step', () => task('A', 600, 2), 1_820],
    // The library repeats a call of a function three times, after 2, 4 and 8 seconds.
    ['the retries of the library', () => new LambdaStep('A', { functionArn: FUNCTION }), 254],
    ['one item of a Map', () => new MapStep('A', { item: task('B', 600, 2) }), 1_820],
  ])('allows %s', (_, chain, seconds) => {
    expect(found({ definition: chain(), timeoutSeconds: seconds - 1 })).toEqual({
      property: 'timeoutSeconds',
      value: seconds - 1,
      rule: `be at least ${seconds} seconds, the duration of the longest path with all retries`,
      fix: `Set ${seconds} or more, reduce time-outs or retries of the steps, or set acknowledge.earlyTimeout to the reason.`,
    });
    expect(timeoutOf({ definition: chain(), timeoutSeconds: seconds })).toBe(seconds);
  });

  test('allows all attempts of a Job, with their submissions and last polls', () => {
    const definition = () => job({ deadlineSeconds: 3_600 });
    // Four attempts of 3,600 + 600 + 600 seconds, and 600 + 300 seconds around each.
    const attempts = 4 * (4_800 + 900);
    const problem = found({ definition: definition(), timeoutSeconds: 4 * 3_600 });
    expect(Number(/be at least (\d+) seconds/.exec(problem!.rule)![1])).toBeGreaterThan(attempts);
  });

  test('may be shorter for a reason', () => {
    const acknowledge = { earlyTimeout: 'a second attempt would be too late for the report' };
    expect(timeoutOf({ definition: job(), timeoutSeconds: 7_200, acknowledge })).toBe(7_200);
  });

  test('exceeds the longest time-out of a step, also in a text and in an Express state machine', () => {
    const expected = (value: number, longest: number) => ({
      property: 'timeoutSeconds',
      value,
      rule: `exceed ${longest} seconds, the longest time-out of a step`,
      fix: `Set ${longest + 1} or more, or a shorter time-out of the step.`,
    });
    expect(found({ definition: task('A', 600), timeoutSeconds: 600 })).toEqual(expected(600, 600));
    const call = { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 900, End: true };
    expect(found({ definition: asl({ A: call }, { TimeoutSeconds: 60 }) })).toEqual(expected(60, 900));
    const inner = { Type: 'Parallel', Branches: [{ StartAt: 'B', States: { B: call } }], End: true };
    expect(found({ definition: asl({ A: inner }), timeoutSeconds: 60 })).toEqual(expected(60, 900));
    const express = new LambdaStep('A', { functionArn: FUNCTION, timeoutSeconds: 900 });
    expect(found({ definition: express, type: 'EXPRESS' })).toEqual(expected(300, 900));
  });

  test('of five minutes is enough for the retries of an Express state machine', () => {
    const step = (name: string) => new LambdaStep(name, { functionArn: FUNCTION, timeoutSeconds: 100 });
    expect(timeoutOf({ definition: step('A').next(step('B')), type: 'EXPRESS' })).toBe(300);
  });
});

describe('the default time-out', () => {
  test.each([
    ['a wait that the input decides', () => new WaitStep('A', { secondsPath: '$.seconds' }), 31_536_000],
    ['a Map', () => new MapStep('A', { item: new PassStep('B') }), 31_536_000],
    [
      'a text with a task of two days and its retries',
      () =>
        asl({
          A: {
            Type: 'Task',
            Resource: FUNCTION,
            TimeoutSeconds: 172_800,
            Retry: [{ ErrorEquals: ['X'] }],
            End: true,
          },
        }),
      // Four attempts, pauses of 1, 2 and 4 seconds, and an hour.
      4 * 172_800 + 7 + 3_600,
    ],
    ['a text with a Map', () => asl({ A: inline('B') }), 31_536_000],
    ['a text of short steps', () => asl({ A: { Type: 'Wait', Seconds: 60, End: true } }), 86_400],
  ])('has room for %s', (_, definition, seconds) => {
    expect(timeoutOf({ definition: definition() })).toBe(seconds);
  });
});

const block = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });
const inline = (name: string) => ({ Type: 'Map', ItemProcessor: block(name), End: true });
const distributed = (state: object) => ({
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'B',
    States: { B: state },
  },
  End: true,
});

describe('a Distributed Map', () => {
  const files = () => new DistributedMapStep('Files', { itemsPath: '$.files', item: task('File', 600, 2) });

  test('needs a time-out, because its items have no number', () => {
    expect(found({ definition: files() })).toEqual({
      property: 'timeoutSeconds',
      value: undefined,
      rule: 'be set because the Distributed Map "Files" has an unknown number of items and no time-out',
      fix: 'Set the number of items, divided by the items at the same time, times 1820 seconds, the longest duration of an item.',
    });
    expect(timeoutOf({ definition: files(), timeoutSeconds: 7_200 })).toBe(7_200);
  });

  test('needs one in a text too, which may be in the text', () => {
    const state = { Type: 'Wait', Seconds: 60, End: true };
    expect(found({ definition: asl({ A: distributed(state) }) })).toMatchObject({
      rule: 'be set because the Distributed Map "A" has an unknown number of items and no time-out',
      fix: expect.stringContaining('times 60 seconds') as string,
    });
    expect(timeoutOf({ definition: asl({ A: distributed(state) }, { TimeoutSeconds: 7_200 }) })).toBe(7_200);
  });

  test('whose items have a wait of the input has no number to multiply', () => {
    const state = { Type: 'Wait', SecondsPath: '$.seconds', End: true };
    expect(found({ definition: asl({ A: distributed(state) }) })).toMatchObject({
      fix: 'Set the seconds that all items may take.',
    });
  });

  test('in a text may start child executions', () => {
    const definition = asl({ A: distributed({ Type: 'Pass', End: true }) }, { TimeoutSeconds: 60 });
    expect(definition.requirements.childExecutions).toBe(true);
  });
});

describe('an interval of polls', () => {
  test.each<[Partial<GkeJobStepProps>, string, string]>([
    [{ deadlineSeconds: 60, timeoutSeconds: 90, poll: { initialSeconds: 91 } }, 'poll.initialSeconds', '90'],
    [{ deadlineSeconds: 60, timeoutSeconds: 90, poll: { maxSeconds: 91 } }, 'poll.maxSeconds', '90'],
    [{ deadlineSeconds: 30, pendingSeconds: 30, poll: { maxSeconds: 661 } }, 'poll.maxSeconds', '660'],
    [{ deadlineSeconds: 60, timeoutSeconds: 90, pendingSeconds: 91 }, 'pendingSeconds', '90'],
  ])('%j must not exceed the time-out of the step', (props, property, seconds) => {
    expect(problems(() => job(props))).toEqual({
      [property]: expect.objectContaining({
        rule: `not exceed timeoutSeconds (${seconds}) of the step`,
      }) as object,
    });
  });

  test('is shortened to the time-out of the step', () => {
    const { states } = StateMachineDefinition.fromSteps(job({ deadlineSeconds: 30, timeoutSeconds: 60 }));
    expect(JSON.stringify(states)).toContain('"schedule":{"initialSeconds":10,"factor":1.5,"maxSeconds":60}');
  });
});
