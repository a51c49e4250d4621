import { type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { WorkloadIdentityBinding } from '../../lib/identity/google/workload-identity-binding';
import type { WorkloadIdentityBindingProps } from '../../lib/identity/google/workload-identity-binding-props';

export const project = { id: 'my-project', number: '123456789012' };

const clusterOf = (stack: TerraformStack, id = 'cluster') =>
  GkeCluster.fromAttributes(stack, id, { project, name: 'books', location: 'us-central1' });

export function bind(
  stack: TerraformStack,
  props: Partial<Record<keyof WorkloadIdentityBindingProps, unknown>> = {},
  id = 'reader',
): WorkloadIdentityBinding {
  return new WorkloadIdentityBinding(stack, id, {
    cluster: stack.node.tryFindChild('cluster') ?? clusterOf(stack),
    namespace: 'books',
    serviceAccountName: 'reader',
    reason: 'reads the catalogue',
    ...props,
  } as WorkloadIdentityBindingProps);
}

export const IMPERSONATION = 'google_service_account_iam_member';
export const ACCOUNT = 'kubernetes_service_account_v1';
