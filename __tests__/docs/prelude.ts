import { GkeCluster } from '../../lib/gke/gke-cluster';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import { Workload } from '../../lib/gke/workload';
import { AwsToGoogleFederation } from '../../lib/identity/federation/aws-to-google-federation';
import { WorkloadIdentityBinding } from '../../lib/identity/google/workload-identity-binding';
import { GkeJobTarget } from '../../lib/orchestration/jobs/gke-job-target';
import { testStack, withAws } from '../synth';

/*
 * What the code in the pages about orchestration has around it. A page that makes one of these itself has its own.
 */

/** All of it, in a stack of its own. */
export function around(name: string) {
  const stack = withAws(testStack(name));
  const account = { id: '210987654321', region: 'eu-west-1' };
  const reason = 'loads the warehouse';
  const project = { id: 'my-project', number: '123456789012' };
  const cluster = GkeCluster.fromAttributes(stack, 'doc-gke', {
    project,
    name: 'main',
    location: 'us-central1',
  });
  const namespace = new IsolatedNamespace(stack, 'doc-namespace', { name: 'etl' });
  const pods = new WorkloadIdentityBinding(stack, 'doc-pods', {
    cluster,
    namespace: namespace.name,
    serviceAccountName: 'etl',
    reason: 'reads and writes the staging bucket',
  });
  const federation = new AwsToGoogleFederation(stack, 'doc-federation', {
    project,
    account,
    poolId: 'aws-roles',
    reason: 'lets state machines start Jobs',
  });
  const images = 'us-docker.pkg.dev/my-project/etl';
  const image = `${images}/extract@sha256:${'a'.repeat(64)}`;
  const etl = new GkeJobTarget(stack, 'doc-etl', {
    name: 'doc-etl',
    cluster,
    namespace: namespace.name,
    serviceAccountName: pods.serviceAccountName,
    images: [`${images}/*`],
    account,
    federation,
    reason: 'loads the warehouse',
  });
  const scorer = new Workload(stack, 'doc-scorer', {
    name: 'scorer',
    identity: pods,
    image,
    port: 8_000,
  });
  const issuer = 'https://0a1b2c3d-4e5f-6789-abcd-ef0123456789.tokens.sts.global.api.aws';
  const envoy = `us-docker.pkg.dev/my-project/mirror/envoy@sha256:${'b'.repeat(64)}`;
  return {
    stack,
    reason,
    account,
    project,
    cluster,
    namespace,
    pods,
    identity: pods,
    federation,
    images,
    image,
    etl,
    scorer,
    issuer,
    envoy,
  };
}

export const {
  stack,
  reason,
  account,
  project,
  cluster,
  namespace,
  pods,
  identity,
  federation,
  images,
  image,
  etl,
  scorer,
  issuer,
  envoy,
} = around('docs');
