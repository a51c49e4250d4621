import { parseRequest } from '../../../runtime/training/request';
import { parseTarget } from '../../../runtime/training/target';
import { trainingRequest } from '../first-calls';
import { poll, target, tokens, vertex } from './training-fixtures';

beforeAll(() => Promise.all([tokens.start(), vertex.start()]));

afterAll(() => Promise.all([tokens.stop(), vertex.stop()]));

describe('a request is refused, by the name of its field', () => {
  const job = 'projects/my-project/locations/us-central1/customJobs/1';
  test.each<[string, unknown]>([
    ['request must be an object', []],
    ['execution must be the ARN', trainingRequest({ execution: 'x' })],
    ['action must be "submit", "poll" or "cancel"', trainingRequest({ action: 'delete' })],
    ['attempt must be a UUID', trainingRequest({ attempt: '1' })],
    ['job is required', trainingRequest({ job: undefined })],
    ['job must be an object', trainingRequest({ job: 'x' })],
    ['exitCodes must have codes', trainingRequest({ exitCodes: { x: 'y' } })],
    ['timeoutSeconds must be a number', trainingRequest({ timeoutSeconds: '1' })],
    ['status is required', poll(undefined)],
    ['status.job must be the full name of a job', poll({ job: '../endpoints/1', waitSeconds: 1 })],
    ['status.job must be the full name of a job', poll({ job: `${job}:cancel`, waitSeconds: 1 })],
    ['status.job must be the full name of a job', poll({ job: `${job}?x=1`, waitSeconds: 1 })],
    ['status.waitSeconds is required', poll({ job })],
  ])('%s', (message, event) => {
    expect(() => parseRequest(event)).toThrow(
      expect.objectContaining({
        name: 'Vertex.BadRequest',
        message: expect.stringContaining(message) as string,
      }),
    );
  });
});

test.each<[string, object | undefined]>([
  ['TRAINING_TARGET is required', undefined],
  ['TRAINING_TARGET: kind must be customJobs or pipelineJobs', { kind: 'models' }],
  ['TRAINING_TARGET: bucket is required', { bucket: undefined }],
  ['TRAINING_TARGET: runAs must not be empty', { runAs: '' }],
  ['TRAINING_TARGET: credentials must be an object', { credentials: 'x' }],
])('a setting is refused: %s', (message, overrides) => {
  const json = overrides && JSON.stringify({ ...target(), ...overrides });
  expect(() => parseTarget(json)).toThrow(`${message}.`);
});
