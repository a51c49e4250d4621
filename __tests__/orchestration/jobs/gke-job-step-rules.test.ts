import { GKE_ERRORS } from '../../../lib/contracts/job-errors';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import type { GkeJobStepProps } from '../../../lib/orchestration/jobs/gke-job-step-props';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { problems, refusal } from '../../synth';
import { step, waiting } from './step-fixtures';

const other = `docker.io/library/miner@sha256:${'b'.repeat(64)}`;

const bad: [string, Partial<GkeJobStepProps>, RegExp][] = [
  ['the name "0" in exitCodes', { exitCodes: { 0: 'Fine' } }, /Exit code 0 means success/],
  ['the name "256" in exitCodes', { exitCodes: { 256: 'No' } }, /must be an exit code from 1 to 255/],
  ['exitCodes["3"]', { exitCodes: { 3: 'no name' } }, /must have 1 to 128 letters, digits/],
  [
    'deadlineSeconds',
    { deadlineSeconds: 7_200, timeoutSeconds: 3_600 },
    /must not exceed timeoutSeconds \(3600\)/,
  ],
  ['deadlineSeconds', { deadlineSeconds: 1 }, /from 30 to 2592000/],
  [
    'image',
    { image: other },
    /image must match the images of the target "etl": us-docker\.pkg\.dev\/my-project\/etl\/\*/,
  ],
  [
    'image',
    { image: 'us-docker.pkg.dev/my-project/etl/extract:v1' },
    /image must be an image with a digest, because a tag can point to another image later/,
  ],
  ['target', { target: {} as never }, /must be a GkeJobTarget/],
  ['retry["GKE.ImagePull"]', { retry: { 'GKE.ImagePull': { attempts: 1 } } }, /would end in the same way/],
  [
    'retry["GKE.OOMKilled"]',
    { retry: { 'GKE.OOMKilled': { attempts: 1 } } },
    /must have a list of memory sizes.*Set a list of sizes/,
  ],
  [
    'retry["GKE.Evicted"]',
    { retry: { 'GKE.Evicted': { memory: ['1Gi', '2Gi'] } } },
    /more memory helps against GKE\.OOMKilled alone/,
  ],
  [
    'retry["GKE.OOMKilled"].memory',
    { retry: { 'GKE.OOMKilled': { memory: ['4Gi', '2Gi'] } } },
    /must be a list of rising sizes/,
  ],
  [
    'resources.memory',
    { resources: { memory: '1Gi' }, retry: { 'GKE.OOMKilled': { memory: ['1Gi', '2Gi'] } } },
    /resources\.memory must be omitted when retry has a list of memory sizes/,
  ],
  ['ttlSeconds', { ttlSeconds: 60 }, /Set 600 seconds or more/],
  [
    'indexed.parallelism',
    { indexed: { completions: 2, parallelism: 3 } },
    /indexed\.parallelism must not exceed indexed\.completions \(2\)/,
  ],
  ['queue', { queue: 'batch' }, /has no queue/],
  ['queue', { target: waiting, queue: 'other' }, /queue must be the queue of the target "etl" \(batch\)/],
  ['argsPath', { args: ['a'], argsPath: '$.args' }, /must be omitted when args is set .*Omit args/],
  ['the name "DAY.x" in environment', { environment: { 'DAY.x': 'y' } }, /must have letters, digits and "_"/],
  ['poll.factor', { poll: { factor: 0.5 } }, /from 1 to 10/],
];

describe('bad input', () => {
  test.each(bad)('%s: %j', (property, props, text) => {
    expect(problems(() => step(props))).toHaveProperty([property]);
    expect(refusal(() => step(props)).message).toMatch(text);
    expect(refusal(() => step(props)).message).toContain('GkeJobStep "Extract"');
  });

  test('every error of the bridge can be caught by its name', () => {
    for (const error of Object.values(GKE_ERRORS)) {
      const { states } = StateMachineDefinition.fromSteps(step().catch(error, new SucceedStep('Caught')));
      expect(definitionProblems(states)).toEqual([]);
    }
  });
});
