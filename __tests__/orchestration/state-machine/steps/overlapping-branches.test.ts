import { GkeJobStep } from '../../../../lib/orchestration/jobs/gke-job-step';
import { StateMachineDefinition } from '../../../../lib/orchestration/state-machine/state-machine-definition';
import { MapStep } from '../../../../lib/orchestration/state-machine/steps/map-step';
import { ParallelStep } from '../../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../../lib/orchestration/state-machine/steps/pass-step';
import { problems } from '../../../synth';
import { IMAGE, orchestrationStack, target } from '../../fixtures';

const etl = target(orchestrationStack());
const load = (name = 'Load') => new GkeJobStep(name, { target: etl, image: IMAGE });
const retry = { 'GKE.JobFailed': { attempts: 1 } };

test('a retry of branches or items with Jobs needs a reason', () => {
  const property = ['retry["GKE.JobFailed"]'];
  expect(
    problems(() => new ParallelStep('Both', { branches: [new PassStep('A'), load()], retry })),
  ).toHaveProperty(property);
  expect(problems(() => new MapStep('Each', { item: load(), retry }))).toHaveProperty(property);
  // Jobs inside of branches inside.
  const inside = new ParallelStep('Inside', { branches: [load()] });
  expect(problems(() => new MapStep('Each', { item: inside, retry }))).toHaveProperty(property);
});

test('a Job that is chained later counts too', () => {
  const first = new PassStep('First');
  const both = new ParallelStep('Both', { branches: [first], retry });
  first.next(load());
  expect(problems(() => StateMachineDefinition.fromSteps(both))).toHaveProperty(['retry["GKE.JobFailed"]']);
});

test('a reason, or the absence of Jobs or of a retry, is enough', () => {
  const acknowledge = { overlappingJobs: 'each run writes to its own prefix' };
  expect(new ParallelStep('Both', { branches: [load()], retry, acknowledge }).name).toBe('Both');
  expect(new ParallelStep('None', { branches: [new PassStep('A')], retry }).name).toBe('None');
  expect(new MapStep('Each', { item: load('Other') }).name).toBe('Each');
});
