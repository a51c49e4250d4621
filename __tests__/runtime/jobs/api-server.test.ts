import type { ApiReply } from '../api-stand-in';
import { EXECUTION, failure, Harness, pollRequest, submitRequest } from '../harness';

let harness: Harness;
const made = { status: 201, body: { metadata: { uid: 'u1' } } };

beforeEach(async () => {
  harness = new Harness();
  await harness.start();
});
afterEach(() => harness.stop());

/** Answers in turn, and then the last for ever. */
function inTurn(...replies: (ApiReply | 'drop')[]): void {
  harness.api.behaviour = () => (replies.length > 1 ? replies.shift()! : replies[0]!);
}

test('a burst of 429 and 5xx is waited out with growing pauses, each a line in the log', async () => {
  inTurn({ status: 429 }, { status: 503 }, { status: 500 }, made);
  await harness.bridge()(submitRequest());
  expect(harness.sleeps).toEqual([100, 200, 400]);
  expect(harness.lines.map(({ level, what }) => [level, what])).toEqual([
    ['warn', 'asked to slow down'],
    ['warn', 'answered 503'],
    ['warn', 'answered 500'],
    ['info', undefined],
  ]);
});

test('a dropped socket is tried again', async () => {
  inTurn('drop', made);
  await harness.bridge()(submitRequest());
  expect(harness.api.requests).toHaveLength(2);
});

test('the server says how long to wait, and ten seconds is the most', async () => {
  inTurn(
    { status: 429, headers: { 'retry-after': '2' } },
    { status: 503, headers: { 'retry-after': '120' } },
    made,
  );
  await harness.bridge()(submitRequest());
  expect(harness.sleeps).toEqual([2_000, 10_000]);
});

test('a call as a whole ends in 45 seconds', async () => {
  harness.tokens.trouble('aws-sts', { status: 503, times: 3, headers: { 'retry-after': '10' } });
  harness.tokens.trouble('google-sts', { status: 503, times: 3, headers: { 'retry-after': '10' } });
  const error = await failure(harness.bridge()(submitRequest()));
  expect(error.name).toBe('GKE.ApiUnavailable');
  expect(harness.ahead).toBe(40_000);
});

test.each([
  [{ status: 429 }, 'GKE.ApiThrottled', 'asked to slow down; tries: 4'],
  [{ status: 502 }, 'GKE.ApiUnavailable', 'answered 502; tries: 4'],
  ['drop', 'GKE.ApiUnavailable', 'did not answer (ECONNRESET); tries: 4'],
] as const)('%j all along fails as %s', async (reply, name, message) => {
  inTurn(reply);
  const error = await failure(harness.bridge()(submitRequest()));
  expect(error.name).toBe(name);
  expect(error.message).toContain(message);
});

test.each([
  [403, 'GKE.Forbidden'],
  [404, 'GKE.JobRejected'],
  [400, 'GKE.JobRejected'],
  [422, 'GKE.JobRejected'],
  [410, 'GKE.ApiUnavailable'],
])('a submit that is answered with %i fails as %s, with what the server said', async (status, name) => {
  inTurn({ status, body: { kind: 'Status', message: 'jobs.batch "train" is refused by policy "images"' } });
  const error = await failure(harness.bridge()(submitRequest()));
  expect(error.name).toBe(name);
  expect(error.message).toContain('jobs.batch "train" is refused by policy "images"');
});

test('a page in place of JSON is no answer', async () => {
  inTurn({ status: 200, body: '<html>' });
  expect((await failure(harness.bridge()(pollRequest()))).name).toBe('GKE.ApiUnavailable');
});

test('an authority that did not sign the certificate of the server is not asked', async () => {
  const { cluster } = harness.target();
  const error = await failure(
    harness.bridge({ cluster: { ...cluster, certificateAuthority: undefined } })(submitRequest()),
  );
  expect(error.name).toBe('GKE.ApiUnavailable');
  expect(error.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
  expect(harness.api.requests).toEqual([]);
});

test('an error says what happened to which Job, where, and where its logs are', async () => {
  harness.api.behaviour = ({ path }) =>
    path.endsWith('/pods') ? { status: 200, body: { items: [] } } : { status: 404 };
  const error = await failure(harness.bridge()(pollRequest()));
  expect(error.message).toMatchInlineSnapshot(
    `"The Job was deleted before the step detected its end. Job train-1 in namespace jobs of projects/my-project/locations/europe-west1/clusters/main, execution arn:aws:states:eu-west-1:123456789012:execution:Nightly:0f8fad5b-d9cb-469f-a165-70867728950e. Logs: https://console.cloud.google.com/logs/query;query=resource.type%3D%22k8s_container%22%0Aresource.labels.project_id%3D%22my-project%22%0Aresource.labels.location%3D%22europe-west1%22%0Aresource.labels.cluster_name%3D%22main%22%0Aresource.labels.namespace_name%3D%22jobs%22%0Alabels.%22k8s-pod%2Fbatch_kubernetes_io%2Fjob-name%22%3D%22train-1%22?project=my-project"`,
  );
  expect(error.stack).toBe(`GKE.JobNotFound: ${error.message}`);
  expect(Object.keys(error)).toEqual(['name']);
});

test('each call is one line that says what came of it', async () => {
  inTurn(made);
  await harness.bridge()(submitRequest());
  expect(harness.lines).toEqual([
    {
      level: 'info',
      message: 'answered',
      target: 'training',
      action: 'submit',
      execution: EXECUTION,
      run: expect.any(String),
      step: 'Train',
      attempt: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      job: expect.stringMatching(/^train-[0-9a-f]{10}$/),
      phase: 'Pending',
      milliseconds: expect.any(Number),
    },
  ]);
});

/** Responses of a server that is not the API server, or about another object. */
const LEASE = { name: 'other', group: 'coordination.k8s.io', kind: 'leases' };
const FOREIGN: readonly [string, ApiReply][] = [
  [
    'an object of another kind',
    { status: 200, body: { kind: 'Lease', metadata: { name: 'train-1', uid: 'x' } } },
  ],
  ['a list of another kind', { status: 200, body: { kind: 'LeaseList', metadata: {}, items: [] } }],
  ['an object without a kind', { status: 200, body: '{"metadata":{"name":"train-1","uid":"x"},"items":[]}' }],
  ['a Job of another name', { status: 200, body: { kind: 'Job', metadata: { name: 'other', uid: 'x' } } }],
  ['404 of another object', { status: 404, body: { kind: 'Status', details: LEASE } }],
  ['404 of no object', { status: 404, body: { kind: 'Status', details: {} } }],
  ['409 of another object', { status: 409, body: { kind: 'Status', details: LEASE } }],
];

describe.each(FOREIGN)('%s decides nothing', (_, reply) => {
  const failed = async (event: unknown) => {
    inTurn(reply);
    return (await failure(harness.bridge()(event))).name;
  };

  test('of a Job that is created', async () => {
    expect(await failed(submitRequest())).toBe('GKE.ApiUnavailable');
  });

  test('of a Job that is polled', async () => {
    expect(await failed(pollRequest())).toBe('GKE.ApiUnavailable');
  });

  test('of a clean-up', async () => {
    expect(await failed({ action: 'cancel', execution: EXECUTION })).toBe('GKE.ApiUnavailable');
  });
});
