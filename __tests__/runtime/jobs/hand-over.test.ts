import type { DeliverTokenRequest } from '../../../lib/contracts/jobs';
import type { ApiReply, ApiRequest } from '../api-stand-in';
import { EXECUTION, failure, Harness, RUN } from '../harness';
import { MARKER } from '../token-servers';

/** A task token as Step Functions makes them. */
const TASK_TOKEN = `AQCEAAAAKgAAAAMAAAAA${MARKER}${'b/+='.repeat(60)}`;
/** As it stands in a Secret. */
const stored = Buffer.from(TASK_TOKEN).toString('base64');
const SECRETS = '/api/v1/namespaces/jobs/secrets';
const JOB = '/apis/batch/v1/namespaces/jobs/jobs/train-1';

let harness: Harness;
beforeEach(async () => {
  harness = new Harness();
  await harness.start();
});
afterEach(() => harness.stop());

const status = {
  done: false,
  job: 'train-1',
  uid: 'u1',
  waitSeconds: 10,
  phase: 'Pending',
} as const;
const request = (overrides: Partial<DeliverTokenRequest> = {}): DeliverTokenRequest => ({
  action: 'handOver',
  execution: EXECUTION,
  step: 'Train',
  attempt: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  status,
  token: TASK_TOKEN,
  ...overrides,
});
const sent = () => harness.api.requests.map(({ method, path }) => `${method} ${path}`);

/** Answers by method and path; what is not named here went well. */
function answering(replies: Readonly<Record<string, ApiReply | ((request: ApiRequest) => ApiReply)>>): void {
  harness.api.behaviour = (asked) => {
    const reply = replies[`${asked.method} ${asked.path}`] ?? { status: 200, body: {} };
    return typeof reply === 'function' ? reply(asked) : reply;
  };
}

test('makes a Secret that goes when its Job goes, and answers what it was told', async () => {
  answering({});
  expect(await harness.bridge()(request())).toEqual(status);
  expect(sent()).toEqual([`POST ${SECRETS}`]);
  expect(harness.api.requests[0]!.body).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'train-1',
      namespace: 'jobs',
      labels: {
        'cdktf-multicloud.dev/execution': RUN,
        'cdktf-multicloud.dev/state-machine': 'Nightly',
        'cdktf-multicloud.dev/target': 'training',
      },
      annotations: {
        'cdktf-multicloud.dev/execution-arn': EXECUTION,
        'cdktf-multicloud.dev/step': 'Train',
      },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'train-1', uid: 'u1' }],
    },
    type: 'cdktf-multicloud.dev/task-token',
    stringData: { token: TASK_TOKEN },
  });
});

test('takes the place of a token that another try of the state left, and reads none', async () => {
  answering({ [`POST ${SECRETS}`]: { status: 409, body: { kind: 'Status', reason: 'AlreadyExists' } } });
  expect(await harness.bridge()(request())).toEqual(status);
  expect(sent()).toEqual([`POST ${SECRETS}`, `PUT ${SECRETS}/train-1`]);
  const [made, replaced] = harness.api.requests.map(({ body }) => body);
  expect(replaced).toEqual(made);
});

test.each<[number, string]>([
  [422, 'GKE.JobRejected'],
  [404, 'GKE.JobRejected'],
])('deletes the Job when the answer is %i, since its pods would wait for ever', async (code, name) => {
  answering({
    [`POST ${SECRETS}`]: { status: code, body: { kind: 'Status', message: `no: ${TASK_TOKEN}` } },
  });
  const error = await failure(harness.bridge()(request()));
  expect(error.name).toBe(name);
  expect(sent()).toEqual([`POST ${SECRETS}`, `DELETE ${JOB}`]);
  const { body, query } = harness.api.requests[1]!;
  // Not another Job of its name, and not without its pods.
  expect(JSON.stringify([body, [...query]])).toMatch(/u1.*Foreground|Foreground.*u1/);
});

test('a Job that is gone by then changes nothing about the error', async () => {
  answering({
    [`POST ${SECRETS}`]: { status: 422 },
    [`DELETE ${JOB}`]: { status: 404 },
  });
  expect((await failure(harness.bridge()(request()))).name).toBe('GKE.JobRejected');
});

test.each([
  [500, 'GKE.ApiUnavailable'],
  [503, 'GKE.ApiUnavailable'],
  [429, 'GKE.ApiThrottled'],
  [401, 'GKE.AuthFailed'],
  [403, 'GKE.Forbidden'],
])('leaves the Job alone when the answer is %i, which may pass', async (code, name) => {
  answering({ [`POST ${SECRETS}`]: { status: code, body: {} } });
  const error = await failure(harness.bridge()(request()));
  expect(error.name).toBe(name);
  expect(sent().filter((each) => each.startsWith('DELETE'))).toEqual([]);
});

test('a burst of trouble is waited out, and the token is handed over once', async () => {
  let times = 0;
  answering({ [`POST ${SECRETS}`]: () => ({ status: (times += 1) < 3 ? 503 : 201, body: {} }) });
  expect(await harness.bridge()(request())).toEqual(status);
  expect(sent()).toEqual(Array(3).fill(`POST ${SECRETS}`));
});

test.each([200, 403, 409, 422, 500])(
  'the token is in no log and no error, whatever is answered (%i)',
  async (code) => {
    answering({
      [`POST ${SECRETS}`]: {
        status: code,
        body: { message: `no: ${JSON.stringify(TASK_TOKEN)}, ${stored}` },
      },
    });
    const outcome = await harness
      .bridge()(request())
      .catch((error: Error) => error);
    const told = `${(outcome as Error).stack ?? ''}${JSON.stringify(outcome)}${JSON.stringify(harness.lines)}`;
    expect(told).not.toContain(MARKER);
    expect(told).not.toContain('AQCEAAAAKgAAAAMAAAAA');
    expect(told).not.toContain(stored.slice(0, 40));
    expect(harness.lines.at(-1)).toMatchObject({ action: 'handOver', run: RUN });
  },
);

test.each<[string, object]>([
  ['token is required', { token: undefined }],
  ['token must not be empty', { token: '' }],
  ['attempt must be a UUID', { attempt: 'x' }],
  ['status.job must be a DNS label', { status: { ...status, job: '../../x' } }],
  ['status.uid is required', { status: { ...status, uid: undefined } }],
])('is refused: %s', async (message, overrides) => {
  const error = await failure(harness.bridge()(request(overrides)));
  expect(error.name).toBe('GKE.BadRequest');
  expect(error.message).toContain(message);
  expect(harness.api.requests).toEqual([]);
});
