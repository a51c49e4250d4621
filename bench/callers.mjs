import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { GkeCluster } = require('cdktf-multicloud/gke');
const { WorkloadIdentityBinding } = require('cdktf-multicloud/identity');
const { VertexAccess, VertexTrainingIdentity } = require('cdktf-multicloud/vertex');

const PROJECT = { id: 'books-dev', number: '100000000001' };
const LOCATION = 'us-central1';

/** Pods that all need the same of Vertex AI: to generate, to read models and to submit pipelines. */
export function addWorkloads(stack, _image, count) {
  const cluster = GkeCluster.fromAttributes(stack, 'cluster', {
    project: PROJECT,
    name: 'books',
    location: LOCATION,
  });
  const training = new VertexTrainingIdentity(stack, 'training', {
    project: PROJECT,
    location: LOCATION,
    accountId: 'training',
    reason: 'trains models',
  });
  for (let i = 0; i < count; i += 1) {
    const identity = new WorkloadIdentityBinding(stack, `identity-${i}`, {
      cluster,
      namespace: 'books',
      serviceAccountName: `caller-${i}`,
      reason: 'calls Vertex AI',
    });
    new VertexAccess(stack, `access-${i}`, {
      identity,
      project: PROJECT,
      location: LOCATION,
      reason: 'calls Vertex AI',
    })
      .generate()
      .readModels()
      .pipelines(training);
  }
}
