import { createHash } from 'node:crypto';
import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { VertexTrainingStep } from '../../../lib/orchestration/training/vertex-training-step';
import type { VertexTrainingStepProps } from '../../../lib/orchestration/training/vertex-training-step-props';
import type { TrainingTarget } from '../../../lib/contracts/training';
import { VertexTrainingTarget } from '../../../lib/orchestration/training/vertex-training-target';
import { VertexJob } from '../../../lib/orchestration/training/vertex-job';
import { VertexTrainingIdentity } from '../../../lib/vertex/vertex-training-identity';
import { account, IMAGE, orchestrationStack, project } from '../../orchestration/fixtures';
import { MARKER } from '../../runtime/token-servers';
import { Functions, withNode22 } from './functions';
import { VertexServer, type Job } from './vertex-server';

const stack = orchestrationStack();
const common = {
  account,
  federation: new AwsToGoogleFederation(stack, 'federation', {
    project,
    account,
    poolId: 'aws-roles',
    reason: 'lets state machines train',
  }),
  project,
  location: 'us-central1',
  runAs: new VertexTrainingIdentity(stack, 'identity', {
    project,
    location: 'us-central1',
    accountId: 'trainer',
    reason: 'runs trainings',
  }),
  reason: 'trains the recommender',
};
const custom = new VertexTrainingTarget(stack, 'custom', { ...common, name: 'custom', kind: 'customJob' });
const pipeline = new VertexTrainingTarget(stack, 'pipeline', {
  ...common,
  name: 'pipeline',
  kind: 'pipelineJob',
});

const customJob = VertexJob.custom({
  image: IMAGE,
  machineType: 'n1-standard-8',
  gpus: { type: 'NVIDIA_TESLA_T4', count: 1 },
  argsPath: "States.Array('--date', $.date)",
  environment: { MODE: 'full', 'DATE.$': '$.date' },
});
function machine(name: string, props: Partial<VertexTrainingStepProps>): void {
  const step = new VertexTrainingStep('Train', { target: custom, job: customJob, ...props });
  step.catch('NoNewData', new PassStep('Nothing new'));
  new StepFunctionsOrchestrator(stack, `machine-${name}`, {
    name,
    account,
    definition: step.next(new PassStep('Deploy')),
    reason: 'is run by the tests',
  });
}
machine('custom', { exitCodes: { 3: 'NoNewData' }, deadlineSeconds: 7_200 });
machine('pipeline', {
  target: pipeline,
  job: VertexJob.pipeline({
    templateUri: 'https://us-central1-kfp.pkg.dev/my-project/pipelines/train/v1',
    parameters: { 'date.$': '$.date', epochs: 3 },
  }),
  resultSelector: { 'files.$': '$.outputUri' },
});

withNode22('trainings on Vertex AI, by the built bundle', () => {
  const functions = new Functions(stack);
  const vertex = new VertexServer((token) => functions.knows(token));
  const input = { date: '2026-11-21' };
  beforeAll(async () => {
    await vertex.start();
    functions.start();
    for (const name of ['custom-training', 'custom-training-cleanup', 'pipeline-training']) {
      await functions.deploy(name, {
        variable: 'TRAINING_TARGET',
        bundle: 'training',
        setting: (given: TrainingTarget, tokens) => ({
          ...given,
          endpoint: vertex.url,
          credentials: { ...given.credentials, token_url: `${tokens.url}/google-sts/v1/token` },
        }),
      });
    }
  });
  afterAll(async () => {
    await functions.stop();
    await vertex.stop();
  });
  beforeEach(() => {
    vertex.jobs.clear();
    vertex.seen.length = 0;
    vertex.progress = (job) => (job.state = job.state === 'PENDING' ? 'RUNNING' : 'SUCCEEDED');
  });
  const endsAs = (state: string, error?: Job['error']) => {
    vertex.progress = (job) => Object.assign(job, { state, error });
  };

  test('a custom job runs as the account of the target, and its end goes on', async () => {
    const { execution, output, error, history } = await functions.run('custom', input);
    expect(error).toBeUndefined();
    expect(history).toContain('Deploy');
    const [job] = [...vertex.jobs.values()] as [Job];
    const run = execution.split(':').at(-1)!;
    expect(job.labels).toEqual({
      execution: run,
      execution_hash: createHash('sha256').update(execution).digest('hex').slice(0, 32),
      attempt: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      state_machine: 'custom',
      target: 'custom',
      spec_hash: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
    expect(job.body).toMatchObject({
      displayName: 'Train: trains the recommender',
      jobSpec: {
        serviceAccount: 'trainer@my-project.iam.gserviceaccount.com',
        baseOutputDirectory: {
          outputUriPrefix: `gs://my-project-trainer-staging/${run}/${job.labels.attempt}`,
        },
        scheduling: { timeout: '7200s' },
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
              args: ['--date', '2026-11-21'],
              env: [
                { name: 'MODE', value: 'full' },
                { name: 'DATE', value: '2026-11-21' },
              ],
            },
          },
        ],
      },
    });
    expect(output).toMatchObject({
      job: job.name,
      outputUri: `gs://my-project-trainer-staging/${run}/${job.labels.attempt}`,
    });
    const { headers } = vertex.seen.at(-1)!;
    expect(headers['x-goog-request-reason']).toBe(`run=${run};target=custom;reason=trains the recommender`);
  });

  test('a pipeline is given an id of our choice, and the account of the target', async () => {
    const { output, error } = await functions.run('pipeline', input);
    expect(error).toBeUndefined();
    const [job] = [...vertex.jobs.values()] as [Job];
    expect(job.name).toMatch(/\/pipelineJobs\/run-[0-9a-f]{32}$/);
    expect(job.body).toMatchObject({
      serviceAccount: 'trainer@my-project.iam.gserviceaccount.com',
      templateUri: 'https://us-central1-kfp.pkg.dev/my-project/pipelines/train/v1',
      runtimeConfig: {
        gcsOutputDirectory: expect.stringMatching(/^gs:\/\/my-project-trainer-staging\//) as string,
        parameterValues: { date: '2026-11-21', epochs: 3 },
      },
    });
    expect(output).toEqual({ files: expect.stringMatching(/^gs:\/\//) as string });
  });

  test.each(['custom', 'pipeline'])(
    'a submit of "%s" whose answer was lost makes no second job',
    async (name) => {
      vertex.losesNext = true;
      const { error } = await functions.run(name, input);
      // A repeated request is sent by the function itself, and by the state machine after it.
      expect(error).toBeUndefined();
      expect(vertex.jobs.size).toBe(1);
    },
  );

  const failed = (message: string, code = 9) => ['FAILED', { code, message }] as const;
  test.each<[string, string, Job['error'] | undefined]>([
    ['Vertex.JobFailed', ...failed('The replica workerpool0-0 exited with a non-zero status of 1.')],
    [
      'Vertex.OOMKilled',
      ...failed('Replica workerpool0-0 ran out of memory and exited with a non-zero status of 137(SIGKILL).'),
    ],
    ['Vertex.Cancelled', 'CANCELLED', undefined],
    ['Vertex.DeadlineExceeded', 'EXPIRED', { code: 4, message: 'The job timed out.' }],
  ])('%s is what a job ends with that is so named', async (name, state, error) => {
    endsAs(state, error);
    const ended = await functions.run('custom', input);
    expect(ended.error).toMatchObject({ name });
    const { errorMessage } = JSON.parse(ended.error!.cause) as { errorMessage: string };
    expect(errorMessage).toContain(ended.execution);
    expect(errorMessage).toContain([...vertex.jobs.keys()][0]);
    expect(ended.history).not.toContain('Deploy');
  });

  test('an exit code has the name that the step gives it', async () => {
    endsAs(...failed('The replica workerpool0-0 exited with a non-zero status of 3.'));
    expect((await functions.run('custom', input)).history).toContain('Nothing new');
  });

  test('a lack of machines is tried again with another job', async () => {
    vertex.progress = (job) => {
      if (vertex.jobs.size > 1) job.state = 'SUCCEEDED';
      else
        Object.assign(job, { state: 'FAILED', error: { code: 8, message: 'Resources are insufficient.' } });
    };
    const { error } = await functions.run('custom', input);
    expect(error).toBeUndefined();
    expect(new Set([...vertex.jobs.values()].map(({ labels }) => labels.attempt)).size).toBe(2);
  });

  test('a rejected job is Vertex.JobRejected at once', async () => {
    // The first response is for the list.
    vertex.refusals.push({ status: 200, body: {} }, 400);
    const { error, history } = await functions.run('custom', input);
    expect(error).toMatchObject({ name: 'Vertex.JobRejected' });
    expect(history).not.toContain('Deploy');
  });

  test.each([
    [401, 'Vertex.AuthFailed', 1_000],
    [403, 'Vertex.Forbidden', 1_000],
  ])('a lasting refusal with %i is %s', async (status, name, times) => {
    vertex.refusals.push(...Array<number>(times).fill(status));
    const { error, history } = await functions.run('custom', input);
    expect(error).toMatchObject({ name });
    expect(history).not.toContain('Deploy');
    vertex.refusals.length = 0;
  });

  test('IAM that propagates is waited out', async () => {
    vertex.refusals.push(401, 403, 403);
    expect((await functions.run('custom', input)).error).toBeUndefined();
  });

  test('bursts of 429 and 503 are waited out', async () => {
    vertex.refusals.push(429, 503, 503, 429, 503, 503);
    expect((await functions.run('custom', input)).error).toBeUndefined();
    expect(vertex.jobs.size).toBe(1);
  });

  test('a job that is gone is named', async () => {
    vertex.progress = () => vertex.jobs.clear();
    await functions.run('custom', input);
    vertex.progress = (job) => {
      job.state = 'RUNNING';
      vertex.jobs.clear();
    };
    const { error } = await functions.run('custom', input);
    expect(error).toMatchObject({ name: 'Vertex.JobNotFound' });
  });

  test('an execution that is aborted has its jobs cancelled, and no others', async () => {
    vertex.progress = (job) => (job.state = 'RUNNING');
    const other = functions.begin('custom', { input });
    const { execution, abort, ended } = functions.begin('custom', { input });
    await until(() => vertex.jobs.size === 2);
    abort();
    await ended;
    const { result } = await functions
      .lambda('custom-training-cleanup')
      .invoke({ action: 'cancel', execution });
    expect(result).toMatchObject({ cancelled: [expect.any(String)] });
    const states = [...vertex.jobs.values()].map(({ labels, state }) => [labels.execution, state]);
    expect(new Map(states as [string, string][]).get(execution.split(':').at(-1)!)).toBe('CANCELLED');
    expect(new Map(states as [string, string][]).get(other.execution.split(':').at(-1)!)).not.toBe(
      'CANCELLED',
    );
    other.abort();
    await other.ended;
  });

  test('no token is in a log', () => {
    expect(functions.logs).toContain('"phase":"SUCCEEDED"');
    expect(functions.logs).not.toContain(MARKER);
    expect(functions.history).not.toContain(MARKER);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !holds(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  if (!holds()) throw new Error('it did not come to hold');
}
