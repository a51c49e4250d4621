import type { TrainingStatus, TrainingTarget } from '../../../lib/contracts/training';
import { jobOf, pipelineJobId, specHash } from '../../../runtime/training/job';
import { failureOf, phaseOf } from '../../../runtime/training/outcome';
import { parseRequest } from '../../../runtime/training/request';
import { runOf } from '../../../runtime/shared/input/execution';
import { type Job } from '../../lanes/steps/vertex-server';
import { trainingRequest } from '../first-calls';
import { EXECUTION, failure, RUN } from '../harness';
import { MARKER } from '../token-servers';
import { lines, poll, target, vertex } from './training-fixtures';
import { clock, submitted, training } from './training-life';

describe('what a state machine asks for cannot change', () => {
  const hostile = {
    serviceAccount: 'owner@my-project.iam.gserviceaccount.com',
    network: 'projects/1/global/networks/other',
    pscInterfaceConfig: { networkAttachment: 'projects/p/regions/r/networkAttachments/other' },
    reservedIpRanges: ['other'],
  };
  const marks = { labels: { execution: 'another' }, displayName: 'another' };
  const runtimeConfig = { gcsOutputDirectory: 'gs://elsewhere', parameterValues: { a: 1 } };
  const made = (job: object, overrides: Partial<TrainingTarget> = {}) =>
    jobOf(parseRequest(trainingRequest({ job })) as never, runOf(EXECUTION), target(overrides));
  const networkAttachment = 'projects/p/regions/r/networkAttachments/vpc';

  test.each<[TrainingTarget['kind'], object]>([
    ['customJobs', { ...hostile, baseOutputDirectory: { outputUriPrefix: 'gs://elsewhere' } }],
    ['pipelineJobs', { ...hostile, ...marks, runtimeConfig }],
  ])('account, files, network and marks of %s', (kind, job) => {
    const text = JSON.stringify(made(job, { kind, networkAttachment }));
    expect(text).not.toMatch(/owner@|gs:\/\/elsewhere|another|other"/);
    expect(text).toContain('"serviceAccount":"trainer@my-project.iam.gserviceaccount.com"');
    expect(text).toContain(`gs://staged-files/${RUN}/7c9e6679-7425-40de-944b-e07fc1f90ae7`);
    expect(text).toContain(`"pscInterfaceConfig":{"networkAttachment":"${networkAttachment}"}`);
    expect(text).toContain(`"execution":"${RUN}"`);
    // A target without a network reaches none.
    expect(JSON.stringify(made(job, { kind }))).not.toMatch(/network|reservedIpRanges/i);
  });

  test('what else is asked for is asked for', () => {
    const workerPoolSpecs = [{ replicaCount: '1' }];
    expect(made({ workerPoolSpecs })).toMatchObject({ jobSpec: { workerPoolSpecs } });
    expect(made({ templateUri: 'gs://t', runtimeConfig }, { kind: 'pipelineJobs' })).toMatchObject({
      templateUri: 'gs://t',
      runtimeConfig: { parameterValues: { a: 1 } },
    });
  });
});

test('labels are such as Vertex AI takes, whatever the state machine is called', () => {
  const named = (stateMachine: string) => {
    const execution = EXECUTION.replace('Nightly', stateMachine);
    const request = parseRequest(trainingRequest({ execution })) as never;
    return (jobOf(request, runOf(execution), target()) as { labels: Record<string, string> }).labels;
  };
  for (const name of ['Nightly', 'nightly', 'N'.repeat(80), 'été.1']) {
    for (const value of Object.values(named(name))) expect(value).toMatch(/^[a-z0-9_-]{1,63}$/);
  }
  expect(named('Nightly').state_machine).not.toBe(named('nightly').state_machine);
});

test('one try has one id, and another content another hash, whatever the order of its fields', () => {
  const of = (overrides: object) => parseRequest(trainingRequest(overrides)) as never;
  expect(pipelineJobId(of({}))).toMatch(/^run-[0-9a-f]{32}$/);
  expect(pipelineJobId(of({}))).toBe(pipelineJobId(of({ timeoutSeconds: 9 })));
  expect(pipelineJobId(of({ step: 'Other' }))).not.toBe(pipelineJobId(of({})));
  expect(specHash(of({ job: { a: 1, b: [2] } }))).toBe(specHash(of({ job: { b: [2], a: 1 } })));
  expect(specHash(of({ job: { a: 1 } }))).not.toBe(specHash(of({ job: { a: 2 } })));
});

test('a job of the same try with another content is a conflict', async () => {
  const train = training({ kind: 'pipelineJobs' });
  await train(trainingRequest());
  const error = await failure(train(trainingRequest({ job: { other: true } })));
  expect(error.name).toBe('Vertex.JobConflict');
  expect(vertex.jobs.size).toBe(1);
});

test('a custom job whose answer was lost is not asked for again, but found by the next call', async () => {
  vertex.losesNext = true;
  const train = training();
  expect((await failure(train(trainingRequest()))).name).toBe('Vertex.ApiUnavailable');
  expect(vertex.jobs.size).toBe(1);
  expect(await train(trainingRequest())).toMatchObject({ job: [...vertex.jobs.keys()][0] });
  expect(vertex.jobs.size).toBe(1);
});

test('a pipeline, which has an id, is asked for again at once', async () => {
  vertex.losesNext = true;
  const train = training({ kind: 'pipelineJobs' });
  expect(await train(trainingRequest())).toMatchObject({ job: [...vertex.jobs.keys()][0] });
  expect(vertex.jobs.size).toBe(1);
});

test('a custom job is asked for again where Vertex AI says that it did nothing yet', async () => {
  // The first is for the list.
  vertex.refusals.push(429, 429);
  expect(await training()(trainingRequest())).toMatchObject({ done: false });
  expect(vertex.jobs.size).toBe(1);
});

test('a job that runs is waited for, longer each time', async () => {
  const status = await submitted();
  expect(status).toMatchObject({ done: false, waitSeconds: 30, phase: 'PENDING' });
  const next = (await training()(poll(status))) as TrainingStatus;
  expect(next).toMatchObject({ done: false, waitSeconds: 45, phase: 'RUNNING' });
  expect(await training()(poll({ ...next, waitSeconds: 290 }))).toMatchObject({ waitSeconds: 300 });
});

test('an end that was seen is given back without another look', async () => {
  const end = { done: true, job: 'x', waitSeconds: 0, phase: 'SUCCEEDED', result: { a: 1 } };
  expect(await training()(poll(end))).toEqual(end);
  expect(vertex.seen).toEqual([]);
});

test('a job that takes longer than the step waits is cancelled, and says where to look', async () => {
  const status = await submitted();
  clock.ahead = 4_801_000;
  const error = await failure(training()(poll(status)));
  expect(error.name).toBe('Vertex.DeadlineExceeded');
  expect(error.message).toMatch(
    /timed out after 4800 seconds, when the job was RUNNING\. The job was cancelled\./,
  );
  expect(error.message).toContain(EXECUTION);
  expect(error.message).toContain(
    'https://console.cloud.google.com/vertex-ai/training/us-central1/training/',
  );
  expect([...vertex.jobs.values()].map(({ state }) => state)).toEqual(['CANCELLED']);
});

test('a clean-up leaves jobs that were created after the end of the execution', async () => {
  const train = training();
  await train(trainingRequest());
  const [name] = [...vertex.jobs.keys()];
  const page = (createTime: string) => ({
    status: 200,
    body: { customJobs: [{ name, state: 'RUNNING', createTime }] },
  });
  const request = { action: 'cancel', execution: EXECUTION, createdBefore: '2026-01-01T00:10:00Z' };
  vertex.refusals.push(page('2026-01-01T00:09:57Z'));
  expect(await train(request)).toEqual({ cancelled: [] });
  vertex.refusals.push(page('2026-01-01T00:09:54Z'));
  expect(await train(request)).toEqual({ cancelled: [name] });
});

test('a clean-up cancels what runs, of this execution alone', async () => {
  const train = training();
  await train(trainingRequest());
  await train(trainingRequest({ attempt: '11111111-7425-40de-944b-e07fc1f90ae7' }));
  const other = EXECUTION.replace(RUN, '22222222-7425-40de-944b-e07fc1f90ae7');
  await train(trainingRequest({ execution: other }));
  const [ended, running, others] = [...vertex.jobs.values()] as [Job, Job, Job];
  ended.state = 'SUCCEEDED';
  running.state = 'RUNNING';
  expect(await train({ action: 'cancel', execution: EXECUTION })).toEqual({ cancelled: [running.name] });
  expect([ended.state, running.state, others.state]).toEqual(['SUCCEEDED', 'CANCELLED', 'PENDING']);
  expect(await train({ action: 'cancel', execution: EXECUTION })).toEqual({ cancelled: [] });
});

test.each([
  ['another machine', EXECUTION.replace(':Nightly:', ':Hourly:')],
  ['another account', EXECUTION.replace('123456789012', '210987654321')],
  ['another region', EXECUTION.replace('eu-west-1', 'us-east-1')],
])('a clean-up leaves jobs of an execution with an equal name in %s', async (_, other) => {
  const train = training();
  await train(trainingRequest({ execution: other }));
  const [job] = [...vertex.jobs.values()] as [Job];
  expect(await train({ action: 'cancel', execution: EXECUTION })).toEqual({ cancelled: [] });
  expect(job.state).toBe('PENDING');
});

test('what Vertex AI says is told without a token, and logged with the execution', async () => {
  const status = await submitted();
  vertex.progress = (job) => {
    job.state = 'FAILED';
    job.error = { code: 9, message: `env: TOKEN=ya29.${MARKER}` };
  };
  const error = await failure(training()(poll(status)));
  expect(error.name).toBe('Vertex.JobFailed');
  expect(`${error.stack}${JSON.stringify(lines)}`).not.toContain(MARKER);
  expect(lines.at(-1)).toMatchObject({
    execution: EXECUTION,
    run: RUN,
    step: 'Train',
    error: 'Vertex.JobFailed',
  });
});

describe('a job that ended is named by how', () => {
  const codes = { 3: 'NoNewData', 137: 'Killed' };
  test.each<[string, string, { code?: number; message?: string } | undefined, string | undefined]>([
    ['JOB_STATE_SUCCEEDED', 'SUCCEEDED', undefined, undefined],
    ['PIPELINE_STATE_RUNNING', 'RUNNING', undefined, undefined],
    ['', 'UNKNOWN', undefined, undefined],
    ['JOB_STATE_FAILED', 'FAILED', undefined, 'Vertex.JobFailed'],
    ['JOB_STATE_FAILED', 'FAILED', { message: 'exited with a non-zero status of 3.' }, 'NoNewData'],
    ['JOB_STATE_FAILED', 'FAILED', { message: 'failed with non-zero exit code: 3' }, 'NoNewData'],
    ['JOB_STATE_FAILED', 'FAILED', { message: 'exited with a non-zero status of 4.' }, 'Vertex.JobFailed'],
    [
      'JOB_STATE_FAILED',
      'FAILED',
      { message: 'ran out of memory and exited with a non-zero status of 137(SIGKILL).' },
      'Killed',
    ],
    ['JOB_STATE_FAILED', 'FAILED', { message: 'ran out of memory' }, 'Vertex.OOMKilled'],
    [
      'JOB_STATE_FAILED',
      'FAILED',
      { code: 8, message: 'Resources are insufficient.' },
      'Vertex.Unschedulable',
    ],
    ['JOB_STATE_CANCELLED', 'CANCELLED', undefined, 'Vertex.Cancelled'],
    ['PIPELINE_STATE_CANCELLING', 'CANCELLING', undefined, 'Vertex.Cancelled'],
    ['JOB_STATE_EXPIRED', 'EXPIRED', undefined, 'Vertex.DeadlineExceeded'],
  ])('%s (%s): %j is %s', (state, phase, error, name) => {
    const job = { name: 'x', state, error };
    expect(phaseOf(job)).toBe(phase);
    expect(failureOf(job, codes)?.name).toBe(name);
  });

  test('and what is said of it is cut', () => {
    const { message } = failureOf(
      { name: 'x', state: 'JOB_STATE_FAILED', error: { message: 'x'.repeat(9_999) } },
      {},
    )!;
    expect(message.length).toBeLessThan(1_100);
  });
});
