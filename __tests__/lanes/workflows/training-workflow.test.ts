import { TriggeredJob } from '../../../lib/vertex/training-job';
import { trainingWorkflow, type TrainingWorkflowOptions } from '../../../lib/vertex/training-workflow';
import { emulatorMissing, runWorkflow } from './emulator';
import { VertexServer, type Behaviour } from './vertex-server';

const missing = emulatorMissing();
// Jest keeps what a file prints to itself when all of its tests are skipped.
if (missing) process.stderr.write(`skipped: ${missing}\n`);
const executed = missing ? test.skip : test;

const DIGEST = '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945';
const common = {
  projectId: 'my-project',
  location: 'us-central1',
  name: 'retrain',
  reason: 'ranks the shelf with what was sold yesterday',
  serviceAccount: 'trainer@my-project.iam.gserviceaccount.com',
  bucket: 'my-project-trainer-staging',
  deadLetterTopic: 'projects/my-project/topics/retrain-dead-letter',
  images: ['us-docker.pkg.dev/my-project/images/books'],
  pollSeconds: 1,
  timeoutSeconds: 30,
};
const pipeline: TrainingWorkflowOptions = {
  ...common,
  job: TriggeredJob.pipeline({
    templateUri: 'https://us-central1-kfp.pkg.dev/my-project/pipelines/rank/v1',
    parameters: { epochs: 3 },
    imageParameter: 'image',
  }),
};
const customJob: TrainingWorkflowOptions = {
  ...common,
  job: TriggeredJob.custom({
    machineType: 'n1-standard-8',
    accelerator: { type: 'NVIDIA_TESLA_T4', count: 1 },
    args: ['--epochs=3'],
    environment: { DATASET: 'sales' },
  }),
};
const kinds = [
  ['pipeline', pipeline],
  ['custom job', customJob],
] as const;

/** The envelope in which Eventarc hands over a Pub/Sub message. */
const envelope = (message: object) => ({
  data: { message: { data: Buffer.from(JSON.stringify(message)).toString('base64') } },
});
const deployment = (image: string) =>
  envelope({
    protoPayload: {
      methodName: 'io.k8s.apps.v1.deployments.update',
      response: {
        metadata: { name: 'fastapi.books', generation: 7 },
        spec: { template: { spec: { containers: [{ name: 'main', image }] } } },
      },
    },
  });
const IMAGE = `us-docker.pkg.dev/my-project/images/books@sha256:${DIGEST}`;

let server: VertexServer;
let address: string;

async function start(behaviour: Behaviour = {}): Promise<void> {
  server = new VertexServer(behaviour);
  address = await server.start();
}

afterEach(async () => server?.stop());

executed.each(kinds)('a deployment starts one %s and waits for its end', async (_, options) => {
  await start({ running: 2 });
  const run = await runWorkflow(trainingWorkflow(options), deployment(IMAGE), address);
  expect(run).toMatchObject({ failed: false, output: expect.stringContaining('SUCCEEDED') });
  expect(server.submissions).toHaveLength(1);
  expect(server.deadLetters).toEqual([]);
});

executed('the pipeline runs as its account, with the image, the labels and the reason', async () => {
  await start();
  await runWorkflow(trainingWorkflow(pipeline), deployment(IMAGE), address);
  const [submission] = server.submissions;
  expect(submission!.path).toBe(
    `/v1/projects/my-project/locations/us-central1/pipelineJobs?pipelineJobId=retrain-${DIGEST.slice(0, 32)}`,
  );
  expect(submission!.headers['x-goog-request-reason']).toBe(common.reason);
  expect(submission!.headers['user-agent']).toContain('trigger/retrain');
  expect(submission!.body).toEqual({
    displayName: 'retrain: ranks the shelf with what was sold yesterday',
    labels: {
      trigger: 'retrain',
      deployment: 'fastapi-books',
      deployment_revision: '7',
      image_digest: DIGEST.slice(0, 63),
      execution: expect.stringMatching(/^[-a-z0-9]{36}$/),
    },
    serviceAccount: common.serviceAccount,
    templateUri: 'https://us-central1-kfp.pkg.dev/my-project/pipelines/rank/v1',
    runtimeConfig: {
      gcsOutputDirectory: 'gs://my-project-trainer-staging/retrain',
      parameterValues: { epochs: 3, image: IMAGE },
    },
  });
});

executed('the custom job runs the image of the deployment as its account', async () => {
  await start();
  await runWorkflow(trainingWorkflow(customJob), deployment(IMAGE), address);
  expect(server.submissions[0]!.body).toMatchObject({
    labels: { trigger: 'retrain', image_digest: DIGEST.slice(0, 63) },
    jobSpec: {
      serviceAccount: common.serviceAccount,
      scheduling: { timeout: '30s' },
      workerPoolSpecs: [
        {
          replicaCount: '1',
          machineSpec: {
            machineType: 'n1-standard-8',
            acceleratorType: 'NVIDIA_TESLA_T4',
            acceleratorCount: 1,
          },
          containerSpec: {
            imageUri: IMAGE,
            args: ['--epochs=3'],
            env: [
              { name: 'DATASET', value: 'sales' },
              { name: 'REQUEST_REASON', value: common.reason },
              { name: 'DEPLOYMENT_NAME', value: 'fastapi-books' },
              { name: 'DEPLOYMENT_REVISION', value: '7' },
              { name: 'DEPLOYMENT_IMAGE', value: IMAGE },
            ],
          },
        },
      ],
    },
  });
});

executed.each(kinds)('the same message again starts no second %s', async (_, options) => {
  await start();
  await runWorkflow(trainingWorkflow(options), deployment(IMAGE), address);
  const again = await runWorkflow(trainingWorkflow(options), deployment(IMAGE), address);
  expect(again).toMatchObject({ failed: false, output: expect.stringContaining('duplicate') });
  expect(server.jobs).toHaveLength(1);
  expect(server.deadLetters).toEqual([]);
});

executed.each(kinds)('another image starts another %s', async (_, options) => {
  await start();
  await runWorkflow(trainingWorkflow(options), deployment(IMAGE), address);
  await runWorkflow(trainingWorkflow(options), deployment(IMAGE.replace('4f53', 'aaaa')), address);
  expect(server.jobs).toHaveLength(2);
});

executed.each(kinds)(
  'a %s that fails fails the workflow and is kept in the dead-letter topic',
  async (_, options) => {
    await start({ ends: 'FAILED' });
    const run = await runWorkflow(trainingWorkflow(options), deployment(IMAGE), address);
    expect(run.failed).toBe(true);
    expect(server.deadLetters).toEqual([
      expect.objectContaining({
        event: deployment(IMAGE),
        error: expect.objectContaining({
          error: 'JOB_FAILED',
          detail: 'the training container ended with exit code 1',
        }),
      }),
    ]);
  },
);

executed.each(kinds)('bursts of 429 and 503 are waited out without a second %s', async (_, options) => {
  await start({ troubles: [429, 503, 429] });
  const run = await runWorkflow(trainingWorkflow(options), deployment(IMAGE), address);
  expect(run).toMatchObject({ failed: false, output: expect.stringContaining('SUCCEEDED') });
  expect(server.jobs).toHaveLength(1);
});

executed.each(kinds)('a %s whose answer was lost is followed, not started again', async (_, options) => {
  await start({ lostAnswers: 1 });
  const run = await runWorkflow(trainingWorkflow(options), deployment(IMAGE), address);
  expect(run).toMatchObject({ failed: false, output: expect.stringContaining('SUCCEEDED') });
  expect(server.jobs).toHaveLength(1);
});

executed('what is forbidden is not tried again', async () => {
  await start({ troubles: [403] });
  const run = await runWorkflow(trainingWorkflow(pipeline), deployment(IMAGE), address);
  expect(run.failed).toBe(true);
  expect(server.submissions).toHaveLength(1);
  expect(server.deadLetters).toEqual([
    expect.objectContaining({ error: expect.objectContaining({ code: 403 }) }),
  ]);
});

executed.each(kinds)('a %s that does not end in time is cancelled', async (_, options) => {
  await start({ running: 1_000 });
  const run = await runWorkflow(
    trainingWorkflow({ ...options, timeoutSeconds: 2 }),
    deployment(IMAGE),
    address,
  );
  expect(run.failed).toBe(true);
  expect(server.seen.filter(({ path }) => path.endsWith(':cancel'))).toHaveLength(1);
  expect(server.deadLetters).toEqual([
    expect.objectContaining({ error: expect.objectContaining({ error: 'JOB_TIMED_OUT' }) }),
  ]);
});

executed('a pushed image starts a job by its digest', async () => {
  await start();
  const run = await runWorkflow(
    trainingWorkflow(pipeline),
    envelope({ action: 'INSERT', digest: IMAGE, tag: 'us-docker.pkg.dev/my-project/images/books:v7' }),
    address,
  );
  expect(run.failed).toBe(false);
  expect(server.submissions[0]!.body.labels).toMatchObject({
    deployment: 'none',
    image_digest: DIGEST.slice(0, 63),
  });
});

executed.each([
  ['of another image', { action: 'INSERT', digest: IMAGE.replace('books@', 'films@') }],
  ['that was deleted', { action: 'DELETE', digest: IMAGE }],
])('a notice of an image %s is ignored', async (_, message) => {
  await start();
  const run = await runWorkflow(trainingWorkflow(pipeline), envelope(message), address);
  expect(run).toMatchObject({ failed: false, output: expect.stringContaining('ignored') });
  expect(server.submissions).toEqual([]);
});

executed('a deployment by tag is told apart by its revision', async () => {
  await start();
  await runWorkflow(
    trainingWorkflow(pipeline),
    deployment('us-docker.pkg.dev/my-project/images/books:v7'),
    address,
  );
  expect(server.submissions[0]!.body.labels).toMatchObject({ image_digest: 'fastapi-books-7' });
});

executed('a message that is none is kept in the dead-letter topic', async () => {
  await start();
  const run = await runWorkflow(trainingWorkflow(pipeline), envelope({ hello: 'world' }), address);
  expect(run.failed).toBe(true);
  expect(server.submissions).toEqual([]);
  expect(server.deadLetters).toHaveLength(1);
});
