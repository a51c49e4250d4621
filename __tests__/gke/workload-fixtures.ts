import { type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { Workload } from '../../lib/gke/workload';
import type { WorkloadProps } from '../../lib/gke/workload-props';
import type { WorkloadIdentityBinding } from '../../lib/identity/google/workload-identity-binding';
import { resource, testStack, type Json } from '../synth';

export type Props = Partial<Record<keyof WorkloadProps, unknown>>;

export const image = `us-docker.pkg.dev/books/images/web@sha256:${'0'.repeat(64)}`;

export function identityIn(stack: TerraformStack, more: object = {}): WorkloadIdentityBinding {
  const project = { id: 'my-project', number: '1' };
  return GkeCluster.fromAttributes(stack, 'cluster', {
    project,
    name: 'books',
    location: 'us-central1',
  }).addWorkloadIdentity('reader', {
    namespace: 'books',
    serviceAccountName: 'reader',
    reason: 'reads the catalogue',
    kubernetesServiceAccount: 'unmanaged',
    ...more,
  });
}

export function workload(props: Props = {}, stack = testStack(), identity: unknown = identityIn(stack)) {
  new Workload(stack, 'web', { name: 'web', identity, image, port: 8000, ...props } as WorkloadProps);
  return stack;
}

export const deployment = (props: Props = {}) => resource(workload(props), 'kubernetes_deployment_v1').spec!;
export const pod = (props: Props = {}) => deployment(props).template!.spec!;
export const container = (props: Props = {}) => (pod(props).container as unknown as Json[])[0]!;
export const RESTARTED = 'spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]';
export const POD = 'spec[0].template[0].spec[0]';
