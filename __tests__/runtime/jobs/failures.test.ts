import { failureOf } from '../../../runtime/jobs/failed-job';
import type { ContainerStatus, Pod, Terminated } from '../../../runtime/jobs/kubernetes';
import { stuckPod as stuck } from '../../../runtime/jobs/stuck-pod';

const backoff = { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'limit reached' };

function pod(status: Pod['status'], metadata: Partial<Pod['metadata']> = {}): Pod {
  return { metadata: { name: 'train-1-x', uid: 'p', ...metadata }, status: { phase: 'Failed', ...status } };
}

function ended(terminated: Terminated, name = 'main'): ContainerStatus {
  return { name, state: { terminated } };
}

const exit = (exitCode: number, message?: string) =>
  pod({ containerStatuses: [ended({ exitCode, message })] });

function disrupted(reason: string, status: Pod['status'] = {}): Pod {
  return pod({ ...status, conditions: [{ type: 'DisruptionTarget', status: 'True', reason }] });
}

const killed = [ended({ exitCode: 137, reason: 'OOMKilled' })];
const code143 = [ended({ exitCode: 143, reason: 'Error' })];

test.each<[string, string, Pod]>([
  ['GKE.Preempted', 'the scheduler', disrupted('PreemptionByScheduler', { containerStatuses: code143 })],
  ['GKE.Evicted', 'pressure on the node', disrupted('TerminationByKubelet', { reason: 'Evicted' })],
  ['GKE.Preempted', 'a spot machine', disrupted('TerminationByKubelet', { reason: 'Terminated' })],
  ['GKE.Preempted', 'a critical pod', disrupted('TerminationByKubelet', { reason: 'Preempting' })],
  ['GKE.Evicted', 'a drain', disrupted('EvictionByEvictionAPI', { containerStatuses: code143 })],
  ['GKE.NodeLost', 'a taint', disrupted('DeletionByTaintManager')],
  ['GKE.NodeLost', 'a node that is no more', disrupted('DeletionByPodGC')],
  [
    'GKE.Evicted',
    'disruption before memory',
    disrupted('EvictionByEvictionAPI', { containerStatuses: killed }),
  ],
  ['GKE.Evicted', 'pressure, before 1.26', pod({ reason: 'Evicted', containerStatuses: killed })],
  ['GKE.Evicted', 'no room on the node after all', pod({ reason: 'OutOfcpu' })],
  ['GKE.Evicted', 'no GPU on the node after all', pod({ reason: 'OutOfnvidia.com/gpu' })],
  ['GKE.Evicted', 'a node whose labels changed', pod({ reason: 'NodeAffinity' })],
  ...[
    'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ',
    'Container job exceeded its local ephemeral storage limit "1Gi". ',
    'Usage of EmptyDir volume "tmp" exceeds the limit "1Gi". ',
  ].map((message): [string, string, Pod] => [
    'GKE.StorageExceeded',
    message,
    pod({ reason: 'Evicted', message, containerStatuses: killed }),
  ]),
  ['GKE.NodeLost', 'a lost node', pod({ reason: 'NodeLost' })],
  ['GKE.Preempted', 'a shutdown', pod({ reason: 'NodeShutdown', containerStatuses: code143 })],
  ['GKE.DeadlineExceeded', "the pod's own deadline", pod({ reason: 'DeadlineExceeded' })],
  ['GKE.OOMKilled', 'memory', pod({ containerStatuses: killed })],
  [
    'GKE.JobFailed',
    'the main container before memory of a helper',
    pod({
      containerStatuses: [ended({ exitCode: 1 }), ended({ exitCode: 137, reason: 'OOMKilled' }, 'side')],
    }),
  ],
  [
    'GKE.OOMKilled',
    'memory of a helper beside a main container that ended with 0',
    pod({
      containerStatuses: [ended({ exitCode: 0 }), ended({ exitCode: 137, reason: 'OOMKilled' }, 'side')],
    }),
  ],
  ['GKE.OOMKilled', 'memory in preparation', pod({ initContainerStatuses: killed })],
  ['GKE.JobFailed', '137 alone, which is any SIGKILL', exit(137)],
  ['GKE.JobFailed', '143 alone', exit(143)],
  ['NoNewData', 'a code with a name', exit(3)],
  [
    'GKE.JobFailed',
    'a code with a name, of an init container',
    pod({ initContainerStatuses: [ended({ exitCode: 3 }, 'fetch')] }),
  ],
  ['GKE.JobFailed', 'a code without', exit(4)],
  ['GKE.JobFailed', 'nothing that tells', pod({})],
  [
    'GKE.NodeLost',
    'no word',
    pod({ containerStatuses: [ended({ exitCode: 137, reason: 'ContainerStatusUnknown' })] }),
  ],
  [
    'GKE.ConfigError',
    'no start',
    pod({ containerStatuses: [ended({ exitCode: 128, reason: 'StartError' })] }),
  ],
])('%s: %s', (name, _, failed) => {
  expect(failureOf(backoff, [failed], { 3: 'NoNewData' }).name).toBe(name);
});

test('a Job over its deadline is that, whatever its pods say', () => {
  const deadline = {
    ...backoff,
    reason: 'DeadlineExceeded',
    message: 'Job was active longer than specified',
  };
  expect(failureOf(deadline, [exit(3)], { 3: 'NoNewData' }).name).toBe('GKE.DeadlineExceeded');
});

test.each(['BackoffLimitExceeded', 'PodFailurePolicy'])('%s without a pod: it was deleted', (reason) => {
  expect(failureOf({ ...backoff, reason }, [], {}).name).toBe('GKE.PodDeleted');
});

test('a Job that failed for a reason of its own says it', () => {
  const failure = failureOf(
    { ...backoff, reason: 'FailedIndexes', message: 'Job has failed indexes' },
    [],
    {},
  );
  expect([failure.name, failure.message]).toEqual([
    'GKE.JobFailed',
    'The Job failed (FailedIndexes: Job has failed indexes).',
  ]);
});

test('the newest pod tells', () => {
  const old = pod(
    { containerStatuses: [ended({ exitCode: 4 })] },
    { creationTimestamp: '2026-01-01T00:00:00Z' },
  );
  const last = pod(
    { containerStatuses: [ended({ exitCode: 3 })] },
    { creationTimestamp: '2026-01-01T00:01:00Z' },
  );
  for (const pods of [
    [old, last],
    [last, old],
  ])
    expect(failureOf(backoff, pods, { 3: 'NoNewData' }).name).toBe('NoNewData');
});

test('the pod that a failure policy names tells, not those that went down with it', () => {
  const cause = pod({ containerStatuses: [ended({ exitCode: 3 })] }, { name: 'train-1-0' });
  const other = pod(
    { containerStatuses: code143 },
    { name: 'train-1-1', creationTimestamp: '2026-01-01T00:01:00Z' },
  );
  const message =
    'Container main for pod jobs/train-1-0 failed with exit code 3 matching FailJob rule at index 0';
  const policy = { ...backoff, reason: 'PodFailurePolicy', message };
  expect(failureOf(policy, [other, cause], { 3: 'NoNewData' }).name).toBe('NoNewData');
});

test.each([
  [3, 'NoNewData'],
  [4, 'GKE.JobFailed'],
])('code %i in the condition is %s when the pod is gone', (code, name) => {
  const message = `Container job for pod jobs/train-1-0 failed with exit code ${code} matching FailJob rule at index 0`;
  const failure = failureOf({ ...backoff, reason: 'PodFailurePolicy', message }, [], { 3: 'NoNewData' });
  expect([failure.name, failure.message]).toEqual([
    name,
    `Container job ended with code ${code}, and its pod train-1-0 was deleted.`,
  ]);
});

test('the code of a sidecar has no name', () => {
  const sidecar = pod({
    containerStatuses: [ended({ exitCode: 3 }, 'proxy'), ended({ exitCode: 1 }, 'job')],
  });
  const spec = { containers: [{ name: 'proxy' }, { name: 'job' }] };
  const failure = failureOf(backoff, [{ ...sidecar, spec }], { 3: 'NoNewData' });
  expect([failure.name, failure.message]).toEqual(['GKE.JobFailed', 'Container job ended with code 1.']);
});

test('a pod that the Job is taking down tells nothing while another does', () => {
  const cause = pod({ containerStatuses: [ended({ exitCode: 3 })] });
  const dying = { creationTimestamp: '2026-01-01T00:01:00Z', deletionTimestamp: '2026-01-01T00:02:00Z' };
  const failure = failureOf(backoff, [pod({ containerStatuses: code143 }, dying), cause], { 3: 'NoNewData' });
  expect(failure.name).toBe('NoNewData');
});

test('what a container wrote at its end is told, a thousand characters of it', () => {
  expect(failureOf(backoff, [exit(4, 'no such table.\n')], {}).message).toBe(
    'Container main ended with code 4: no such table.',
  );
  expect(failureOf(backoff, [exit(4, 'x '.repeat(2000))], {}).message.length).toBeLessThan(1_050);
});

describe('a pod that does not begin', () => {
  const born = '2026-01-01T00:00:00Z';
  const after = (seconds: number) => Date.parse(born) + seconds * 1000;
  const waiting = (reason: string): Pod =>
    pod(
      {
        phase: 'Pending',
        containerStatuses: [{ name: 'main', state: { waiting: { reason, message: 'why' } } }],
      },
      { creationTimestamp: born },
    );
  const unschedulable = pod(
    {
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' }],
    },
    { creationTimestamp: born },
  );

  test.each([
    ['ErrImagePull', 'GKE.ImagePull'],
    ['ImagePullBackOff', 'GKE.ImagePull'],
    ['CreateContainerConfigError', 'GKE.ConfigError'],
    ['CreateContainerError', 'GKE.ConfigError'],
    ['RunContainerError', 'GKE.ConfigError'],
  ])('%s is %s once it has lasted', (reason, name) => {
    expect(stuck(waiting(reason), 60, after(59))).toBeUndefined();
    expect(stuck(waiting(reason), 60, after(60))?.name).toBe(name);
    expect(stuck(waiting(reason), 0, after(0))?.name).toBe(name);
  });

  test('a name that is no image name is told at once', () => {
    const failure = stuck(waiting('InvalidImageName'), 600, after(1));
    expect([failure?.name, failure?.message]).toEqual([
      'GKE.ImagePull',
      'Container main does not start, InvalidImageName: why. The Job was deleted.',
    ]);
  });

  test('no node is told once it has lasted', () => {
    expect(stuck(unschedulable, 60, after(59))).toBeUndefined();
    expect(stuck(unschedulable, 60, after(60))?.name).toBe('GKE.Unschedulable');
  });

  test('the wait begins when the pod got its node', () => {
    const late = waiting('ErrImagePull');
    const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-01-01T01:00:00Z' };
    const onNode = { ...late, status: { ...late.status, conditions: [scheduled] } };
    expect(stuck(onNode, 60, after(3_659))).toBeUndefined();
    expect(stuck(onNode, 60, after(3_660))?.name).toBe('GKE.ImagePull');
  });

  test('a sidecar that restarts beside a running main container is left alone', () => {
    const status = {
      containerStatuses: [{ name: 'job', state: { running: {} } }],
      initContainerStatuses: [{ name: 'mesh', state: { waiting: { reason: 'ErrImagePull' } } }],
    };
    expect(
      stuck(pod({ phase: 'Running', ...status }, { creationTimestamp: born }), 60, after(3_600)),
    ).toBeUndefined();
  });

  test('one that begins, or waits behind a gate, or is being deleted, is left alone', () => {
    const gated = { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' };
    expect(stuck(waiting('ContainerCreating'), 0, after(900))).toBeUndefined();
    expect(stuck(pod({ conditions: [gated] }, { creationTimestamp: born }), 0, after(900))).toBeUndefined();
    const dying = { ...unschedulable, metadata: { ...unschedulable.metadata, deletionTimestamp: born } };
    expect(stuck(dying, 0, after(900))).toBeUndefined();
  });
});
