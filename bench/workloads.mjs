import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { GkeCluster, Workload } = require('cdktf-multicloud/gke');
const { WorkloadIdentityBinding } = require('cdktf-multicloud/identity');

const PROJECT = { id: 'books-dev', number: '100000000001' };

/** Services as the library makes them: an identity with its account, a secret that it reads, a workload. */
export function addWorkloads(stack, image, count) {
  const cluster = GkeCluster.fromAttributes(stack, 'cluster', {
    project: PROJECT,
    name: 'books',
    location: 'us-central1',
  });
  for (let i = 0; i < count; i += 1) {
    const name = `service-${i}`;
    const identity = new WorkloadIdentityBinding(stack, `identity-${i}`, {
      cluster,
      namespace: 'books',
      serviceAccountName: name,
      googleServiceAccount: { accountId: name },
      reason: 'serves books',
      owner: 'team-books',
    });
    identity.grants.secretAccessor(
      { project: PROJECT.id, secretId: `password-${i}` },
      { reason: 'reads its password' },
    );
    new Workload(stack, `workload-${i}`, { name, identity, image, port: 8000 });
  }
}
