import { parseRequest } from '../../../runtime/jobs/request';
import { parseTarget } from '../../../runtime/jobs/target';
import { EXECUTION, pollRequest, ROLE, submitRequest } from '../harness';

test.each<[string, unknown]>([
  ['request must be an object', 'submit'],
  ['request must be an object', null],
  ['execution is required', {}],
  ['action must be "submit", "handOver", "poll" or "cancel"', { execution: EXECUTION, action: 'delete' }],
  ['execution must be the ARN of an execution', { ...submitRequest(), execution: 'arn:aws:states:x' }],
  [
    'execution must be the ARN of an execution',
    { ...submitRequest(), execution: EXECUTION.replace('execution', 'express') },
  ],
  ['execution must be a text', { ...submitRequest(), execution: 5 }],
  ['step must not be empty', { ...submitRequest(), step: '' }],
  ['attempt must be a UUID', { ...submitRequest(), attempt: '1' }],
  ['name must be a DNS label', { ...submitRequest(), name: 'Train' }],
  ['schedule is required', { ...submitRequest(), schedule: undefined }],
  [
    'schedule.factor must be a number of at least 1',
    { ...submitRequest(), schedule: { initialSeconds: 1, factor: '2' } },
  ],
  ['pendingSeconds must be a number of at least 0', { ...submitRequest(), pendingSeconds: -1 }],
  ['timeoutSeconds must be a number of at least 1', { ...submitRequest(), timeoutSeconds: 0 }],
  ['exitCodes must have codes from 0 to 255', { ...submitRequest(), exitCodes: { 256: 'Big' } }],
  ['exitCodes["3"] must be a text', { ...submitRequest(), exitCodes: { 3: 3 } }],
  ['job.spec.template is required', { ...submitRequest(), job: { spec: {} } }],
  [
    'job.spec.template.spec must be an object',
    { ...submitRequest(), job: { spec: { template: { spec: [] } } } },
  ],
  [
    'job.metadata.labels["a"] must be a text',
    { ...submitRequest(), job: { ...submitRequest().job, metadata: { labels: { a: 1 } } } },
  ],
  ['status.uid is required', { ...pollRequest(), status: { job: 'train-1' } }],
  ['status.job must be a DNS label', { ...pollRequest(), status: { job: '../secrets', uid: 'u' } }],
  ['request must have at most 262144 bytes', { ...submitRequest(), step: 'x'.repeat(262_144) }],
])('%s', (message, event) => {
  expect(() => parseRequest(event)).toThrow(
    expect.objectContaining({ name: 'GKE.BadRequest', message: expect.stringContaining(message) }),
  );
});

test('what is not part of a request is not read', () => {
  expect(parseRequest({ action: 'cancel', execution: EXECUTION, namespace: 'kube-system' })).toEqual({
    action: 'cancel',
    execution: EXECUTION,
  });
});

const target = {
  name: 'training',
  cluster: { id: 'projects/p/locations/l/clusters/c', host: 'gke-1.europe-west1.gke.goog' },
  namespace: 'jobs',
  roleArn: ROLE,
  credentials: { audience: 'a', subject_token_type: 't', token_url: 'u' },
  reason: 'why',
};

test('a target is read from the environment', () => {
  expect(parseTarget(JSON.stringify(target))).toEqual(target);
});

test.each<[string, string | undefined]>([
  ['JOB_TARGET is required', undefined],
  ['JOB_TARGET must be JSON', '{'],
  [
    'JOB_TARGET: cluster.host must be a host',
    JSON.stringify({ ...target, cluster: { ...target.cluster, host: 'a/b' } }),
  ],
  ['JOB_TARGET: roleArn must be the ARN of a role', JSON.stringify({ ...target, roleArn: 'x' })],
  ['JOB_TARGET: credentials is required', JSON.stringify({ ...target, credentials: undefined })],
])('%s', (message, json) => {
  expect(() => parseTarget(json)).toThrow(message);
});
