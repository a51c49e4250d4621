import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { Retry } from '../../../lib/orchestration/jobs/retry';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { refusal } from '../../synth';
import { IMAGE, orchestrationStack, target } from '../fixtures';

const step = (...memory: string[]) =>
  new GkeJobStep('Load', {
    target: target(orchestrationStack()),
    image: IMAGE,
    retry: {
      'GKE.OOMKilled': Retry.withMemory(...memory),
      'GKE.Evicted': Retry.times(2, { intervalSeconds: 5 }),
    },
  });

test('factories give the plain options', () => {
  expect(Retry.times(2, { intervalSeconds: 5 })).toEqual({ attempts: 2, intervalSeconds: 5 });
  expect(Retry.withMemory('2Gi', '4Gi')).toEqual({ memory: ['2Gi', '4Gi'] });
});

test('each memory size is a group of states', () => {
  const { States } = StateMachineDefinition.fromSteps(step('900Mi', '1Gi', '1Pi', '1Ei')).states;
  expect(Object.keys(States)).toEqual(['Load', 'Load (1Gi)', 'Load (1Pi)', 'Load (1Ei)']);
});

test.each([
  ['2Pi', '1Pi'],
  ['1Gi', '1024Mi'],
  ['2Gi', '4Gi', '3Gi'],
  ['1G', '1000m'],
])('rejects memory sizes that do not rise', (...sizes) => {
  expect(refusal(() => step(...sizes)).message).toBe(
    `GkeJobStep "Load": retry["GKE.OOMKilled"].memory must be a list of rising sizes (got ${JSON.stringify(sizes)}).`,
  );
});
