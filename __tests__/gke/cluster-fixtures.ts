import { type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import type { GkeClusterProps } from '../../lib/gke/gke-cluster-props';
import { GkeNetwork } from '../../lib/gke/gke-network';
import { resource, testStack, type Json } from '../synth';

export type Props = Partial<Record<keyof GkeClusterProps, unknown>>;

export const project = { id: 'my-project', number: '123456789012' };

export const network = GkeNetwork.fromAttributes(testStack(), 'network', {
  network: 'default',
  subnetwork: 'default',
});

export const pools = { mode: 'standard', nodePools: [{ name: 'default-pool' }] };

export function cluster(stack: TerraformStack, props: Props = {}): GkeCluster {
  return new GkeCluster(stack, 'cluster', {
    project,
    name: 'books',
    location: 'us-central1',
    network,
    ...props,
  } as GkeClusterProps);
}

export function made(props: Props = {}): Json {
  const stack = testStack();
  cluster(stack, props);
  return resource(stack, 'google_container_cluster');
}
