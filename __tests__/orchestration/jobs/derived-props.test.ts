import { Defaults } from '../../../lib/defaults';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import { WorkloadIdentityBinding } from '../../../lib/identity/google/workload-identity-binding';
import { GkeJobTarget } from '../../../lib/orchestration/jobs/gke-job-target';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { refusal, resources, testStack, withAws } from '../../synth';

const project = { id: 'my-project', number: '123456789012' };
const account = { id: '210987654321', region: 'eu-west-1' };
const images = ['us-docker.pkg.dev/my-project/etl/*'];

function prepared() {
  const stack = withAws(testStack());
  Defaults.of(stack).set({ project, reason: 'loads', account: { ...account, id: '111122223333' } });
  const cluster = GkeCluster.fromAttributes(stack, 'cluster', { name: 'c', location: 'us-central1' });
  const federation = new AwsToGoogleFederation(stack, 'federation', { account, poolId: 'aws-etl' });
  const identity = new WorkloadIdentityBinding(stack, 'identity', {
    cluster,
    namespace: 'etl',
    additionalNamespaces: ['nightly'],
    serviceAccountName: 'loader',
  });
  return { stack, cluster, federation, identity };
}

test('a target derives name, account and service account, and they win over defaults', () => {
  const { stack, cluster, federation, identity } = prepared();
  const target = new GkeJobTarget(stack, 'jobs', { cluster, federation, identity, images });
  expect(target).toMatchObject({
    name: 'prod-jobs',
    account,
    namespace: 'etl',
    serviceAccountName: 'loader',
  });
  const names = resources(stack, 'aws_lambda_function').map((each) => each.function_name);
  expect(names).toEqual(['prod-jobs-gke-jobs', 'prod-jobs-gke-cleanup']);
});

test('a target can use another namespace of its identity', () => {
  const { stack, cluster, federation, identity } = prepared();
  const props = { cluster, federation, identity, images };
  expect(new GkeJobTarget(stack, 'jobs', { ...props, namespace: 'nightly' }).namespace).toBe('nightly');
});

test.each([
  [
    { namespace: 'books' },
    'prod/jobs: namespace must be one of the namespaces of the identity: etl, nightly (got "books"). Add the namespace to the identity, or use one of its namespaces.',
  ],
  [
    { serviceAccountName: 'other' },
    'prod/jobs: serviceAccountName must be omitted when identity is set (got "other"). Omit it.',
  ],
])('rejects %j beside an identity', (more, message) => {
  const { stack, cluster, federation, identity } = prepared();
  const make = () => new GkeJobTarget(stack, 'jobs', { cluster, federation, identity, images, ...more });
  expect(refusal(make).message).toBe(message);
});

test('a target without an identity and a service account is rejected', () => {
  const { stack, cluster, federation } = prepared();
  const make = () => new GkeJobTarget(stack, 'jobs', { cluster, federation, images });
  expect(refusal(make).problems.map(({ property }) => property)).toEqual(['namespace', 'serviceAccountName']);
});

test('a service target derives the account from the federation of its callers', () => {
  const { stack, federation } = prepared();
  const url = 'https://books.example.com';
  const target = new GkeServiceTarget(stack, 'books', {
    url,
    auth: ServiceAuth.googleIdToken({ federation, audience: url, project }),
  });
  expect(target).toMatchObject({ name: 'prod-books', account });
});
