import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { GkeNodePool } from '../../../lib/gke/gke-node-pool';
import type { GkeNodePoolOptions } from '../../../lib/gke/node-pool/node-pool-options';
import { GoogleServiceAccount } from '../../../lib/identity/google/google-service-account';
import { resource, testStack } from '../../synth';

export type Props = Partial<Record<keyof GkeNodePoolOptions, unknown>>;

export function pool(props: Props = {}, stack = testStack()) {
  const project = { id: 'my-project' };
  const cluster = GkeCluster.fromAttributes(stack, 'cluster', {
    project,
    name: 'books',
    location: 'us-central1',
  });
  const email = 'nodes@my-project.iam.gserviceaccount.com';
  new GkeNodePool(stack, 'pool', {
    cluster,
    nodeServiceAccount: GoogleServiceAccount.fromEmail(stack, 'nodes', email),
    name: 'default-pool',
    ...props,
  } as never);
  return stack;
}

export const made = (props: Props) => resource(pool(props), 'google_container_node_pool');
export const l4 = { machineType: 'g2-standard-4', gpu: { type: 'nvidia-l4', count: 1 } };
export const a100 = { machineType: 'a2-highgpu-1g', gpu: { type: 'nvidia-tesla-a100', count: 1 } };
