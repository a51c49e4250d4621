import { GoogleBetaProvider } from '@cdktf/provider-google-beta/lib/provider';
import type { TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import type { IGkeCluster } from '../../lib/gke/cluster';
import { GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import { WorkloadIdentityBinding } from '../../lib/identity/google/workload-identity-binding';
import { VertexEndpoint, type IVertexEndpoint } from '../../lib/vertex/vertex-endpoint';
import { VertexTrainingIdentity, type ITrainingIdentity } from '../../lib/vertex/vertex-training-identity';

export const project = { id: 'my-project', number: '123456789012' };
export const location = 'us-central1';
/** The pods of books/reader, as they are without an account. */
export const READER =
  'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/my-project.svc.id.goog/subject/ns/books/sa/reader';
export const TRAINER = 'trainer@my-project.iam.gserviceaccount.com';

/** The cluster of a stack, which exists. */
export function clusterIn(stack: TerraformStack): IGkeCluster {
  const known = stack.node.tryFindChild('cluster') as unknown as IGkeCluster | undefined;
  return known ?? GkeCluster.fromAttributes(stack, 'cluster', { project, name: 'books', location });
}

/** Pods that act as themselves, or as `googleServiceAccount`. */
export function reader(
  stack: TerraformStack,
  more: Partial<ConstructorParameters<typeof WorkloadIdentityBinding>[2]> = {},
  id = 'reader',
): WorkloadIdentityBinding {
  return new WorkloadIdentityBinding(stack, id, {
    cluster: clusterIn(stack),
    namespace: 'books',
    serviceAccountName: id,
    reason: 'ranks the shelf',
    ...more,
  });
}

/** An account and a bucket that exist: nothing of them is made. */
export function existingTraining(stack: TerraformStack, email = TRAINER): ITrainingIdentity {
  const id = email.replace(/[^a-z]/g, '-');
  const account = GoogleServiceAccount.fromEmail(stack, id, email, { reason: 'trains' });
  return VertexTrainingIdentity.fromAttributes(stack, `${id}-training`, {
    account,
    bucket: { name: 'staged-files' },
  });
}

/** An endpoint that exists. */
export function existingEndpoint(stack: TerraformStack, endpointId = '4242'): IVertexEndpoint {
  return VertexEndpoint.fromAttributes(stack, `endpoint-${endpointId}`, { project, location, endpointId });
}

/** A provider of google-beta. */
export function beta(stack: TerraformStack): GoogleBetaProvider {
  return new GoogleBetaProvider(stack, 'google-beta', { project: project.id });
}
