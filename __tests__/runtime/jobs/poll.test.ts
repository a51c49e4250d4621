import { failure, pollRequest } from '../harness';
import { JOBS, PODS, condition, job, ownerReferences } from './job-objects';
import { harness, having, poll, sent } from './job-life';

describe('poll', () => {
  test.each([
    ['Suspended', { spec: { suspend: true } }],
    ['Pending', { status: { active: 0 } }],
    ['Running', { status: { active: 1, ready: 1 } }],
    ['Running', { status: { active: 1, ready: 1, ...condition('FailureTarget') } }],
  ])('%s: not yet, look again later', async (phase, rest) => {
    having(job(rest));
    expect(await poll()).toEqual({ done: false, job: 'train-1', uid: 'u1', waitSeconds: 15, phase });
  });

  test('waits grow up to the most, in whole seconds', async () => {
    having(job({}));
    const schedule = { initialSeconds: 7, factor: 1.5, maxSeconds: 20 };
    const after = async (waitSeconds: number) =>
      (await poll({ schedule, status: { ...pollRequest().status, waitSeconds } })).waitSeconds;
    expect([await after(0), await after(7), await after(11), await after(20)]).toEqual([7, 11, 17, 20]);
  });

  test.each(['Suspended', 'Pending'])(
    'a Job that is %s when the step is given up is deleted',
    async (phase) => {
      const creationTimestamp = new Date(Date.now() - 61_000).toISOString();
      const metadata = { name: 'train-1', uid: 'u1', creationTimestamp };
      having(job({ metadata, spec: { suspend: phase === 'Suspended' } }));
      expect(await poll({ timeoutSeconds: 60 })).toEqual({
        done: false,
        job: 'train-1',
        uid: 'u1',
        waitSeconds: 10,
        phase: 'Ending',
        ending: {
          error: 'GKE.DeadlineExceeded',
          cause: `The Job did not end within timeoutSeconds (60), its phase was ${phase}. The Job was deleted.`,
        },
      });
      expect(sent('DELETE')).toHaveLength(1);
    },
  );

  test('a failed Job is waited for until its last pod has ended', async () => {
    having(job({ status: { ...condition('Failed'), terminating: 1 } }));
    expect(await poll()).toMatchObject({ done: false, phase: 'Ending' });
  });

  test('pods of others tell nothing, whatever their labels', async () => {
    const pod = succeeded('{"approved":true}');
    const foreign = { ...pod, metadata: { ...pod.metadata, ownerReferences: [] } };
    having({ ...job({ status: condition('Complete') }), [PODS]: { items: [foreign] } });
    expect((await poll()).result).toMatchObject({ output: null, outputStatus: 'Lost' });
    expect(sent('GET')[1]!.query.get('labelSelector')).toBe('batch.kubernetes.io/controller-uid=u1');
  });

  test('what an earlier poll saw done is done, also when the Job is gone by now', async () => {
    having({});
    const status = { ...pollRequest().status, done: true, waitSeconds: 0, result: { job: 'train-1' } };
    expect(await poll({ status })).toEqual(status);
    expect(sent('GET')).toHaveLength(0);
  });

  const succeeded = (message?: string) => ({
    metadata: { name: 'p', uid: 'p', ownerReferences },
    spec: { containers: [{ name: 'main' }, { name: 'side' }] },
    status: {
      phase: 'Succeeded',
      containerStatuses: [
        { name: 'side', state: { terminated: { exitCode: 0, message: 'side' } } },
        { name: 'main', state: { terminated: { exitCode: 0, message } } },
      ],
    },
  });

  test.each([
    ['{"rows":3}', { output: { rows: 3 }, message: null, outputStatus: 'Json' }],
    ['"9007199254740993"', { output: '9007199254740993', message: null, outputStatus: 'Json' }],
    ['{"rows":1e3}', { output: { rows: 1000 }, message: null, outputStatus: 'Json' }],
    ['3 rows', { output: null, message: '3 rows', outputStatus: 'Text' }],
    ['[9007199254740993]', { output: null, message: '[9007199254740993]', outputStatus: 'Inexact' }],
    [
      `["${'x'.repeat(4_094)}`,
      { output: null, message: `["${'x'.repeat(4_094)}`, outputStatus: 'Truncated' },
    ],
    [undefined, { output: null, message: null, outputStatus: 'Empty' }],
  ])('what the first container wrote, %j, is the result', async (message, expected) => {
    having({ ...job({ status: condition('Complete') }), [PODS]: { items: [succeeded(message)] } });
    expect((await poll()).result).toMatchObject(expected);
  });

  test('a complete Job is complete without its pods', async () => {
    const times = { startTime: '2026-01-01T00:00:00Z', completionTime: '2026-01-01T01:00:00Z' };
    having({
      ...job({ status: { ...condition('Complete'), ...times, succeeded: 1 } }),
      [PODS]: { items: [] },
    });
    expect(await poll()).toMatchInlineSnapshot(`
     {
       "done": true,
       "job": "train-1",
       "phase": "Complete",
       "result": {
         "attempt": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
         "cluster": "projects/my-project/locations/europe-west1/clusters/main",
         "completedIndexes": null,
         "completionTime": "2026-01-01T01:00:00Z",
         "failed": 0,
         "failedIndexes": null,
         "job": "train-1",
         "logsUrl": "https://console.cloud.google.com/logs/query;query=resource.type%3D%22k8s_container%22%0Aresource.labels.project_id%3D%22my-project%22%0Aresource.labels.location%3D%22europe-west1%22%0Aresource.labels.cluster_name%3D%22main%22%0Aresource.labels.namespace_name%3D%22jobs%22%0Alabels.%22k8s-pod%2Fbatch_kubernetes_io%2Fjob-name%22%3D%22train-1%22?project=my-project",
         "message": null,
         "namespace": "jobs",
         "output": null,
         "outputStatus": "Lost",
         "startTime": "2026-01-01T00:00:00Z",
         "succeeded": 1,
       },
       "uid": "u1",
       "waitSeconds": 0,
     }
    `);
  });

  test('an Indexed Job gives its indexes and no output', async () => {
    const status = { ...condition('Complete'), succeeded: 3, completedIndexes: '0-2', failedIndexes: '3' };
    having({ ...job({ spec: { completionMode: 'Indexed' }, status }), [PODS]: { items: [succeeded('{}')] } });
    expect((await poll()).result).toMatchObject({
      output: null,
      completedIndexes: '0-2',
      failedIndexes: '3',
    });
  });

  test('a Job that is gone, or whose name another has, is not found', async () => {
    having({});
    expect((await failure(poll())).name).toBe('GKE.JobNotFound');
    having({ [`${JOBS}/train-1`]: { metadata: { name: 'train-1', uid: 'u2' } } });
    expect((await failure(poll())).message).toContain('Another Job has its name.');
  });

  test('a failed Job fails as its pod says', async () => {
    const pod = {
      metadata: { name: 'p', uid: 'p', ownerReferences },
      status: {
        phase: 'Failed',
        containerStatuses: [{ name: 'main', state: { terminated: { exitCode: 3, message: 'nothing new' } } }],
      },
    };
    having({ ...job({ status: condition('Failed', 'BackoffLimitExceeded') }), [PODS]: { items: [pod] } });
    const error = await failure(poll());
    expect(error.name).toBe('NoNewData');
    expect(error.message).toMatch(
      /^Container main ended with code 3: nothing new\. Job train-1 in namespace jobs/,
    );
  });

  test('a Job that would wait for ever is deleted, pods and all, and no other in its place', async () => {
    const pod = {
      metadata: { name: 'p', uid: 'p', ownerReferences, creationTimestamp: new Date().toISOString() },
      status: { containerStatuses: [{ name: 'main', state: { waiting: { reason: 'InvalidImageName' } } }] },
    };
    having({ ...job({ status: { active: 1 } }), [PODS]: { items: [pod] } });
    expect((await poll()).ending?.error).toBe('GKE.ImagePull');
    expect(sent('DELETE').map(({ path, body }) => [path, body])).toEqual([
      [
        `${JOBS}/train-1`,
        {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          propagationPolicy: 'Foreground',
          preconditions: { uid: 'u1' },
        },
      ],
    ]);
  });
});

describe('the log of a failed call', () => {
  const logged = () => JSON.stringify(harness.lines);
  const failedPod = (message: string) => ({
    metadata: { name: 'train-1-x', uid: 'p', ownerReferences },
    status: {
      phase: 'Failed',
      containerStatuses: [{ name: 'main', state: { terminated: { exitCode: 1, message } } }],
    },
  });

  test('has the length of the termination message, and the error has its text', async () => {
    having({
      ...job({ status: condition('Failed', 'BackoffLimitExceeded') }),
      [PODS]: { items: [failedPod('Order of Ada Lovelace is invalid.')] },
    });
    const error = await failure(harness.bridge()(pollRequest()));
    expect(error.message).toContain('ended with code 1: Order of Ada Lovelace is invalid.');
    expect(logged()).not.toContain('Ada');
    expect(logged()).toContain('ended with code 1: [32 characters].');
  });

  test('has the length of an event, also when the Job is gone', async () => {
    const cause = 'Kubernetes created no pod: account "ada" not found.';
    having({});
    const status = { ...pollRequest().status, ending: { error: 'GKE.NoPods', cause } };
    const error = await failure(harness.bridge()(pollRequest({ status })));
    expect(error.message).toContain('account "ada" not found');
    expect(logged()).not.toContain('ada');
    expect(logged()).toContain('[51 characters]');
  });
});
