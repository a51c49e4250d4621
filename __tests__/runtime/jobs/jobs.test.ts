import type { JobStatus } from '../../../lib/contracts/jobs';
import type { ApiRequest } from '../api-stand-in';
import { EXECUTION, failure, Harness, pollRequest, RUN, submitRequest } from '../harness';

let harness: Harness;

beforeEach(async () => {
  harness = new Harness();
  await harness.start();
});
afterEach(() => harness.stop());

/** What the API server has, by path; a POST makes. */
function having(objects: Readonly<Record<string, unknown>>): void {
  harness.api.behaviour = ({ method, path, body }) => {
    const object = objects[path] ?? (path === PODS || path === EVENTS ? { items: [] } : undefined);
    if (method === 'POST') {
      const { metadata } = body as { metadata: { name: string } };
      return { status: 201, body: { metadata: { ...metadata, uid: 'u1' } } };
    }
    return object === undefined ? { status: 404 } : { status: 200, body: object };
  };
}

const sent = (method: string) => harness.api.requests.filter((request) => request.method === method);
const JOBS = '/apis/batch/v1/namespaces/jobs/jobs';
const PODS = '/api/v1/namespaces/jobs/pods';
const EVENTS = '/api/v1/namespaces/jobs/events';
const job = (rest: object) => ({
  [`${JOBS}/train-1`]: { metadata: { name: 'train-1', uid: 'u1' }, ...rest },
});
/** Of a pod that the Job `u1` made. */
const ownerReferences = [{ kind: 'Job', uid: 'u1', controller: true }];
const condition = (type: string, reason?: string) => ({ conditions: [{ type, status: 'True', reason }] });

describe('submit', () => {
  test('makes the Job with the marks of its run, on the pods too', async () => {
    having({});
    const spec = { backoffLimit: 0, ...submitRequest().job.spec };
    await harness.bridge({ owner: 'ml', ticket: 'ML-1' })(
      submitRequest({ job: { metadata: { labels: { team: 'ml' } }, spec } }),
    );
    expect(sent('POST')[0]!.body).toMatchInlineSnapshot(`
     {
       "apiVersion": "batch/v1",
       "kind": "Job",
       "metadata": {
         "annotations": {
           "cdktf-multicloud.dev/attempt": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
           "cdktf-multicloud.dev/execution-arn": "arn:aws:states:eu-west-1:123456789012:execution:Nightly:0f8fad5b-d9cb-469f-a165-70867728950e",
           "cdktf-multicloud.dev/owner": "ml",
           "cdktf-multicloud.dev/reason": "Nightly training",
           "cdktf-multicloud.dev/spec-hash": "0e79ad5ebbf1101d3c3bc312514afc77f71aa6a74bdb9738c78c2b13093b7f64",
           "cdktf-multicloud.dev/step": "Train",
           "cdktf-multicloud.dev/ticket": "ML-1",
         },
         "labels": {
           "cdktf-multicloud.dev/execution": "0f8fad5b-d9cb-469f-a165-70867728950e",
           "cdktf-multicloud.dev/state-machine": "Nightly",
           "cdktf-multicloud.dev/target": "training",
           "team": "ml",
         },
         "name": "train-5d5bf4c27a",
         "namespace": "jobs",
       },
       "spec": {
         "backoffLimit": 0,
         "template": {
           "metadata": {
             "annotations": {
               "cdktf-multicloud.dev/attempt": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
               "cdktf-multicloud.dev/execution-arn": "arn:aws:states:eu-west-1:123456789012:execution:Nightly:0f8fad5b-d9cb-469f-a165-70867728950e",
               "cdktf-multicloud.dev/owner": "ml",
               "cdktf-multicloud.dev/reason": "Nightly training",
               "cdktf-multicloud.dev/spec-hash": "0e79ad5ebbf1101d3c3bc312514afc77f71aa6a74bdb9738c78c2b13093b7f64",
               "cdktf-multicloud.dev/step": "Train",
               "cdktf-multicloud.dev/ticket": "ML-1",
             },
             "labels": {
               "cdktf-multicloud.dev/execution": "0f8fad5b-d9cb-469f-a165-70867728950e",
               "cdktf-multicloud.dev/state-machine": "Nightly",
               "cdktf-multicloud.dev/target": "training",
             },
           },
           "spec": {
             "containers": [
               {
                 "image": "trainer",
                 "name": "main",
               },
             ],
             "restartPolicy": "Never",
           },
         },
       },
     }
    `);
  });

  test('the user cannot set the marks of another run', async () => {
    having({});
    const labels = { 'cdktf-multicloud.dev/execution': 'another' };
    await harness.bridge()(submitRequest({ job: { ...submitRequest().job, metadata: { labels } } }));
    expect(JSON.stringify(sent('POST')[0]!.body)).not.toContain('another');
  });

  const nameOf = async (overrides: Parameters<typeof submitRequest>[0]) => {
    having({});
    return ((await harness.bridge()(submitRequest(overrides))) as JobStatus).job;
  };

  test('two calls of one try name one Job, two tries name two', async () => {
    const first = await nameOf({});
    expect(await nameOf({})).toBe(first);
    expect(await nameOf({ attempt: '11111111-7425-40de-944b-e07fc1f90ae7' })).not.toBe(first);
    expect(await nameOf({ step: 'Score' })).not.toBe(first);
  });

  test('a long name is cut and stays a DNS label, with room for the index of a pod', async () => {
    const name = `${'a'.repeat(51)}-${'b'.repeat(11)}`;
    expect(await nameOf({ name })).toMatch(/^a{51}-[0-9a-f]{10}$/);
    const spec = { ...submitRequest().job.spec, completionMode: 'Indexed', completions: 1000 };
    expect(`${await nameOf({ name, job: { spec } })}-999`).toHaveLength(63);
  });

  test('a state machine whose name is no label value gets a hash', async () => {
    having({});
    await harness.bridge()(submitRequest({ execution: EXECUTION.replace('Nightly', `${'N'.repeat(70)}é`) }));
    const { metadata } = sent('POST')[0]!.body as { metadata: { labels: Record<string, string> } };
    expect(metadata.labels['cdktf-multicloud.dev/state-machine']).toMatch(/^N{52}-[0-9a-f]{10}$/);
  });

  test('the child of a Distributed Map belongs to the state machine of the map', async () => {
    having({});
    await harness.bridge()(submitRequest({ execution: EXECUTION.replace('Nightly', 'Nightly/Each') }));
    const { metadata } = sent('POST')[0]!.body as { metadata: { labels: Record<string, string> } };
    expect(metadata.labels).toMatchObject({
      'cdktf-multicloud.dev/state-machine': 'Nightly',
      'cdktf-multicloud.dev/execution': RUN,
    });
  });

  test('the Job of a call whose answer was lost is adopted, even when it has ended', async () => {
    having({});
    const bridge = harness.bridge();
    await bridge(submitRequest());
    const made = sent('POST')[0]!.body as { metadata: object };
    harness.api.behaviour = ({ method }) =>
      method === 'POST'
        ? { status: 409 }
        : { status: 200, body: { metadata: { ...made.metadata, uid: 'u1' }, status: condition('Complete') } };
    expect(await bridge(submitRequest())).toMatchObject({
      done: false,
      uid: 'u1',
      waitSeconds: 10,
      phase: 'Complete',
    });
  });

  test('a Job of the same name with another content is a conflict', async () => {
    harness.api.behaviour = ({ method }) =>
      method === 'POST' ? { status: 409 } : { status: 200, body: { metadata: { uid: 'u1' } } };
    expect((await failure(harness.bridge()(submitRequest()))).name).toBe('GKE.JobConflict');
  });
});

describe('poll', () => {
  const poll = (overrides = {}) => harness.bridge()(pollRequest(overrides)) as Promise<JobStatus>;

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

  describe('a Job that was given up', () => {
    const ending = { error: 'GKE.DeadlineExceeded', cause: 'The Job was deleted.' };
    const status = { ...pollRequest().status, phase: 'Ending', ending } as const;
    const pod = (phase: string) => ({
      metadata: { name: 'p', uid: 'p', ownerReferences },
      status: { phase },
    });
    const pending = { done: false, job: 'train-1', uid: 'u1', waitSeconds: 15, phase: 'Ending', ending };

    test('is waited for while its object exists', async () => {
      having(job({}));
      expect(await poll({ status })).toEqual(pending);
    });

    test('is waited for while a pod runs whose Job object is gone', async () => {
      having({ [PODS]: { items: [pod('Running')] } });
      expect(await poll({ status })).toEqual(pending);
    });

    test('fails with its error once its pods are gone', async () => {
      having({});
      const error = await failure(poll({ status }));
      expect([error.name, error.message.slice(0, 20)]).toEqual([ending.error, ending.cause]);
    });

    test('keeps its result when it completed first', async () => {
      having(job({ status: condition('Complete') }));
      expect(await poll({ status })).toMatchObject({ done: true, phase: 'Complete' });
    });
  });

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

  describe('a Job without pods', () => {
    const old = new Date(Date.now() - 601_000).toISOString();
    const events = (message: string) => ({
      [EVENTS]: { items: [{ reason: 'FailedCreate', message, lastTimestamp: old }] },
    });

    test.each([
      ['GKE.NoPods', 'serviceaccount "etl" not found'],
      ['GKE.QuotaExceeded', 'pods "x" is forbidden: exceeded quota: team'],
    ])('is %s with the reason of its event: %s', async (error, message) => {
      having({ ...job({ status: { startTime: old } }), ...events(message) });
      expect((await poll()).ending).toEqual({
        error,
        cause: `Kubernetes created no pod within pendingSeconds (600): ${message}. The Job was deleted.`,
      });
    });

    test('is waited for within pendingSeconds, and in a queue', async () => {
      having(job({ status: { startTime: new Date().toISOString() } }));
      expect(await poll()).toMatchObject({ phase: 'Pending' });
      having(job({ spec: { suspend: true }, status: { startTime: old } }));
      expect(await poll()).toMatchObject({ phase: 'Suspended' });
    });
  });

  describe('an Indexed Job that is wider than the cluster', () => {
    const old = new Date(Date.now() - 601_000).toISOString();
    const unschedulable = {
      metadata: { name: 'p', uid: 'p', ownerReferences, creationTimestamp: old },
      status: {
        phase: 'Pending',
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', lastTransitionTime: old },
        ],
      },
    };
    const ended = (finishedAt: string) => ({
      metadata: { name: 'q', uid: 'q', ownerReferences },
      status: {
        phase: 'Succeeded',
        containerStatuses: [{ name: 'job', state: { terminated: { exitCode: 0, finishedAt } } }],
      },
    });
    const spec = { completionMode: 'Indexed' };
    const answer = (ready: number, items: object[]) => {
      having({ ...job({ spec, status: { active: 2, ready, succeeded: 1 } }), [PODS]: { items } });
      return poll();
    };

    test('progresses while a pod is ready, or has just ended', async () => {
      expect(await answer(1, [unschedulable])).toMatchObject({ phase: 'Running' });
      const recent = ended(new Date().toISOString());
      expect((await answer(0, [unschedulable, recent])).ending).toBeUndefined();
    });

    test('is unschedulable when no pod runs and none has ended for pendingSeconds', async () => {
      expect((await answer(0, [unschedulable, ended(old)])).ending?.error).toBe('GKE.Unschedulable');
    });
  });

  test('a volume that does not mount is a configuration error with the warning of the kubelet', async () => {
    const old = new Date(Date.now() - 601_000).toISOString();
    const pod = {
      metadata: { name: 'p', uid: 'p', ownerReferences, creationTimestamp: old },
      status: { containerStatuses: [{ name: 'job', state: { waiting: { reason: 'ContainerCreating' } } }] },
    };
    const warning = { reason: 'FailedMount', message: 'secret "db" not found' };
    having({ ...job({ status: { active: 1 } }), [PODS]: { items: [pod] }, [EVENTS]: { items: [warning] } });
    expect((await poll()).ending).toEqual({
      error: 'GKE.ConfigError',
      cause: 'A volume of pod p does not mount, FailedMount: secret "db" not found. The Job was deleted.',
    });
    // Without the warning it is a slow image.
    having({ ...job({ status: { active: 1 } }), [PODS]: { items: [pod] } });
    expect((await poll()).ending).toBeUndefined();
  });

  test.each([
    ['a page', { status: 404, body: '<html>not found</html>' }],
    ['JSON of another server', { status: 404, body: { error: { code: 404 } } }],
    ['another reason', { status: 404, body: { kind: 'Status', reason: 'Gone' } }],
    ['an empty object', { status: 200, body: {} }],
    ['null', { status: 200, body: 'null' }],
    ['a redirect', { status: 302, body: {} }],
    ['a rejection', { status: 400 }],
  ])('%s in place of the Job decides nothing', async (_, reply) => {
    harness.api.behaviour = () => reply;
    expect((await failure(poll())).name).toBe('GKE.ApiUnavailable');
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

describe('cancel', () => {
  const items = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => ({
      metadata: { name: `job-${from + i}`, uid: `u${from + i}` },
    }));
  const list = ({ query }: ApiRequest) =>
    query.has('continue')
      ? { items: items(100, 103) }
      : { items: items(0, 100), metadata: { continue: 'next' } };

  test('deletes the Jobs of the execution, page by page', async () => {
    harness.api.behaviour = (request) =>
      request.method === 'GET' ? { status: 200, body: list(request) } : { status: 200 };
    const result = await harness.bridge()({ action: 'cancel', execution: EXECUTION });
    // Names are cut, so that the result of thousands fits into a payload.
    expect(result).toMatchObject({ deleted: { length: 100 }, deletedCount: 103, left: false });
    expect(sent('DELETE')).toHaveLength(103);
    expect(sent('GET')[0]!.query.get('labelSelector')).toBe(
      `cdktf-multicloud.dev/execution=${RUN},cdktf-multicloud.dev/state-machine=Nightly,cdktf-multicloud.dev/target=training`,
    );
  });

  test('one that is gone already is as good as deleted', async () => {
    harness.api.behaviour = ({ method }) =>
      method === 'GET' ? { status: 200, body: { items: items(0, 1) } } : { status: 404 };
    expect(await harness.bridge()({ action: 'cancel', execution: EXECUTION })).toEqual({
      deleted: ['job-0'],
      deletedCount: 1,
      left: false,
    });
  });

  const cancelOf = (jobs: object[], request = {}) => {
    harness.api.behaviour = ({ method }) =>
      method === 'GET' ? { status: 200, body: { items: jobs } } : { status: 200 };
    return harness.bridge()({ action: 'cancel', execution: EXECUTION, ...request });
  };
  const ARN = 'cdktf-multicloud.dev/execution-arn';
  const named = (name: string, rest: object = {}, metadata: object = {}) => ({
    metadata: { name, uid: name, creationTimestamp: '2026-01-01T00:00:00Z', ...metadata },
    ...rest,
  });

  test('ended Jobs stay, and Jobs that were created after the end of the execution', async () => {
    const jobs = [
      named('complete', { status: condition('Complete') }),
      named('failed', { status: condition('Failed') }),
      named('deleting', {}, { deletionTimestamp: '2026-01-01T00:00:01Z' }),
      named(
        'of-another-account',
        {},
        { annotations: { [ARN]: EXECUTION.replace('123456789012', '210987654321') } },
      ),
      named('of-a-redrive', {}, { creationTimestamp: '2026-01-01T00:10:00Z' }),
      named('within-clock-skew', {}, { creationTimestamp: '2026-01-01T00:09:57Z' }),
      named('left', {}, { annotations: { [ARN]: EXECUTION } }),
    ];
    expect(await cancelOf(jobs, { createdBefore: '2026-01-01T00:10:00Z' })).toEqual({
      deleted: ['left'],
      deletedCount: 1,
      left: false,
    });
    expect((await failure(cancelOf(jobs, { createdBefore: 'soon' }))).message).toMatch(
      /^The request is malformed: createdBefore: must be a time\./,
    );
  });

  test.each([
    ['a page', { status: 404, body: '<html>' }],
    ['a conflict about something else', { status: 409, body: { kind: 'Status', reason: 'Conflict' } }],
  ])('a Job is not deleted because of %s', async (_, reply) => {
    harness.api.behaviour = ({ method, path }) => {
      if (method === 'DELETE') return reply;
      return { status: 200, body: path.endsWith('left') ? named('left') : { items: [named('left')] } };
    };
    const error = await failure(harness.bridge()({ action: 'cancel', execution: EXECUTION }));
    expect(error.name).toBe('GKE.ApiUnavailable');
    expect(error.message).toContain('1 of 1 Jobs could not be deleted.');
  });

  test('a call that runs out of time tells that Jobs are left', async () => {
    harness.api.behaviour = ({ method }) => {
      if (method === 'GET') return { status: 200, body: { items: items(0, 120) } };
      harness.ahead += 700;
      return { status: 200 };
    };
    const result = await harness.bridge()({ action: 'cancel', execution: EXECUTION });
    expect(result).toMatchObject({ deletedCount: 50, left: true });
  });

  test('one that cannot be deleted does not keep the others', async () => {
    harness.api.behaviour = ({ method, path }) => {
      if (method === 'GET') return { status: 200, body: { items: items(0, 8) } };
      return path.endsWith('job-2') ? { status: 403, body: { message: 'not this one' } } : { status: 200 };
    };
    const error = await failure(harness.bridge()({ action: 'cancel', execution: EXECUTION }));
    expect(error.name).toBe('GKE.Forbidden');
    expect(error.message).toContain('1 of 8 Jobs could not be deleted.');
    expect(sent('DELETE')).toHaveLength(8);
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
