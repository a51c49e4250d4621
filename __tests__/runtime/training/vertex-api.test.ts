import { trainingRequest } from '../first-calls';
import { EXECUTION, failure } from '../harness';
import { page, poll, vertex } from './training-fixtures';
import { submitted, training } from './training-life';
const unauthenticated = { status: 401, body: { error: { status: 'UNAUTHENTICATED' } } };

test('a token that was rejected is renewed, and the request repeated', async () => {
  const status = await submitted();
  vertex.refusals.push(unauthenticated);
  expect(await training()(poll(status))).toMatchObject({ phase: 'RUNNING' });
});

test('a second rejection is an error of its own', async () => {
  const status = await submitted();
  vertex.refusals.push(unauthenticated, unauthenticated);
  const error = await failure(training()(poll(status)));
  expect(error.name).toBe('Vertex.AuthFailed');
  expect(error.message).toContain('Vertex AI rejected the token and a new token (401).');
});

test.each<[string, { status: number; body: object | string }]>([
  ['a page', page(404)],
  ['a page that claims success', page(200)],
  ['an object that is no job', { status: 200, body: {} }],
  ['an empty value', { status: 200, body: 'null' }],
  ['a list', { status: 200, body: '[]' }],
  ['a 404 without a status', { status: 404, body: { error: { code: 404, message: 'Not Found' } } }],
  ['a rejection of the request', { status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } }],
])('%s in place of a job decides nothing', async (_, reply) => {
  const status = await submitted();
  vertex.refusals.push(reply);
  expect((await failure(training()(poll(status)))).name).toBe('Vertex.ApiUnavailable');
});

test('a list of another kind hides no job, so that no second job is created', async () => {
  const train = training();
  await train(trainingRequest());
  vertex.refusals.push({ status: 200, body: { kind: 'LeaseList', items: [] } });
  const error = await failure(train(trainingRequest()));
  expect(error.name).toBe('Vertex.ApiUnavailable');
  expect(error.message).toContain('The response of Vertex AI is not a list of jobs.');
  expect(vertex.jobs.size).toBe(1);
});

test.each([400, 404, 409])('a page with %i in place of a cancellation is no cancellation', async (status) => {
  const train = training();
  await train(trainingRequest());
  // The first response is for the list.
  const list = {
    status: 200,
    body: { customJobs: [{ name: [...vertex.jobs.keys()][0], state: 'RUNNING' }] },
  };
  vertex.refusals.push(list, page(status));
  const error = await failure(train({ action: 'cancel', execution: EXECUTION }));
  expect(error.name).toBe('Vertex.ApiUnavailable');
});

test.each([
  [404, 'NOT_FOUND'],
  [400, 'FAILED_PRECONDITION'],
])('a job that ended before its cancellation (%i %s) is no error', async (status, reason) => {
  const train = training();
  await train(trainingRequest());
  const name = [...vertex.jobs.keys()][0];
  const list = { status: 200, body: { customJobs: [{ name, state: 'RUNNING' }] } };
  vertex.refusals.push(list, { status, body: { error: { status: reason } } });
  expect(await train({ action: 'cancel', execution: EXECUTION })).toEqual({ cancelled: [name] });
});
