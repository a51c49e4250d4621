import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import type { GkeJobStepProps } from '../../../lib/orchestration/jobs/gke-job-step-props';
import { MOST_EVENTS } from '../../../lib/orchestration/state-machine/history-events';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import type { State, StatesBlock } from '../../../lib/orchestration/state-machine/asl/states';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import type { IChainable, Step, StepChain } from '../../../lib/orchestration/state-machine/step';
import { ChoiceStep } from '../../../lib/orchestration/state-machine/steps/choice-step';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { DistributedMapStep } from '../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { MapStep } from '../../../lib/orchestration/state-machine/steps/map-step';
import { ParallelStep } from '../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { WaitStep } from '../../../lib/orchestration/state-machine/steps/wait-step';
import { problems } from '../../synth';
import { account, IMAGE, orchestrationStack, target } from '../fixtures';

const DAY = 86_400;
const stack = orchestrationStack();
const etl = target(stack);
const waiting = target(orchestrationStack(), { queue: 'batch' });
const job = (name: string, props: Partial<GkeJobStepProps> = {}) =>
  new GkeJobStep(name, { target: etl, image: IMAGE, ...props });
const needsOf = (chain: IChainable) => StateMachineDefinition.fromSteps(chain).requirements;
const longestPause = (chain: IChainable, name: string) => {
  const { States } = StateMachineDefinition.fromSteps(chain).states;
  const inside = (States[name]!.Branches as StatesBlock[])[0]!.States;
  return (inside[`${name}: poll`] as State & { Parameters: { schedule: { maxSeconds: number } } }).Parameters
    .schedule.maxSeconds;
};
const machine = (definition: IChainable) =>
  problems(
    () =>
      new StepFunctionsOrchestrator(orchestrationStack(), 'nightly', {
        name: 'nightly',
        account,
        definition,
        reason: 'loads the warehouse',
      }),
  );

describe('the schedule of polls', () => {
  test('stays at 300 seconds for a Job of a day', () => {
    expect(longestPause(job('A', { deadlineSeconds: DAY }), 'A')).toBe(300);
  });

  test.each([
    ['a Job of 30 days', { deadlineSeconds: 30 * DAY }],
    ['many retries', { deadlineSeconds: DAY, retry: { 'GKE.JobFailed': { attempts: 20 } } }],
  ])('stretches for %s, so that the history has room', (_, props) => {
    expect(longestPause(job('A', props), 'A')).toBeGreaterThan(300);
    expect(needsOf(job('A', props)).mostEvents).toBeLessThanOrEqual(MOST_EVENTS);
  });

  test('stretches for several queued Jobs in a chain', () => {
    const chain = () => ['A', 'B', 'C', 'D'].map((name) => job(name, { target: waiting }));
    const [first, ...rest] = chain();
    rest.reduce<Step | StepChain>((last, next) => last.next(next), first!);
    expect(needsOf(first!).mostEvents).toBeLessThanOrEqual(MOST_EVENTS);
  });

  test('leaves two polls for the time that an ended Job is kept', () => {
    const props = { deadlineSeconds: 30 * DAY, ttlSeconds: 1_200 };
    expect(longestPause(job('A', props), 'A')).toBe(600);
  });
});

describe('the history of an execution', () => {
  test('is within the quota, or the definition is rejected with the number and the remedy', () => {
    const found = machine(job('A', { deadlineSeconds: 30 * DAY, poll: { maxSeconds: 300 } }));
    expect(found.definition).toEqual({
      property: 'definition',
      value: '277498 events',
      rule: 'have at most 24000 events on the longest path, because Step Functions ends an execution at 25000',
      fix: 'Omit or raise poll.maxSeconds, reduce retries, or run steps in a DistributedMapStep, whose items have separate histories. Otherwise set acknowledge.historyEvents to the reason.',
    });
  });

  test('has the events of the longest alternative, of all branches, and of a loop once', () => {
    const pass = (name: string) => new PassStep(name, {});
    const many = pass('B').next(pass('C')).next(pass('D'));
    const choice = new ChoiceStep('A')
      .when(StepCondition.isPresent('$.x'), many)
      .otherwise(new SucceedStep('E'));
    expect(needsOf(choice).mostEvents).toBe(8);
    expect(needsOf(new ParallelStep('A', { branches: [pass('B'), pass('C')] })).mostEvents).toBe(12);
    const wait = new WaitStep('W', { seconds: 60 });
    const loop = new ChoiceStep('L')
      .when(StepCondition.isPresent('$.x'), wait)
      .otherwise(new SucceedStep('E'));
    wait.next(loop);
    expect(needsOf(wait).mostEvents).toBe(6);
  });

  test('of an item of a Distributed Map is separate from the others', () => {
    const item = job('Item', { deadlineSeconds: DAY });
    const alone = needsOf(job('Item', { deadlineSeconds: DAY })).mostEvents!;
    const map = new DistributedMapStep('Each', { item, itemsPath: '$.days' });
    expect(needsOf(map).mostEvents).toBe(alone + 3);
  });
});

describe('the longest duration', () => {
  test('includes the retries of the library', () => {
    // Four attempts of a Job of six hours, with its pending time and its reserve.
    expect(needsOf(job('A', { deadlineSeconds: 21_600 })).totalSeconds).toBeGreaterThan(4 * 22_800);
  });

  test.each([
    ['a Distributed Map', new DistributedMapStep('Each', { item: job('Item'), itemsPath: '$.days' })],
    ['a Map', new MapStep('Each', { item: job('Item') })],
  ])('of %s is not known at synth', (_, map) => {
    expect(needsOf(map).totalSeconds).toBe(Infinity);
  });
});
