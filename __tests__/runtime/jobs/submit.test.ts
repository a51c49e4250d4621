import type { JobStatus } from '../../../lib/contracts/jobs';
import { EXECUTION, failure, RUN, submitRequest } from '../harness';
import { condition } from './job-objects';
import { harness, having, sent } from './job-life';

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
