import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { skipStackTraces } from 'cdktf-multicloud/core';
import { GkeCluster, GkeKubernetesProvider } from 'cdktf-multicloud/gke';

skipStackTraces();

const project = { id: 'my-project', number: '123456789012' };
const app = new App();

// gcloud container clusters update fastapi-cluster --workload-pool=my-project.svc.id.goog --region us-central1
const platform = new TerraformStack(app, 'existing-platform');
new GoogleProvider(platform, 'google', { project: project.id });
const adopted = GkeCluster.adopt(platform, 'cluster', {
  project,
  name: 'fastapi-cluster',
  location: 'us-central1',
});

// A service account that a Helm chart made gets its identity: no Google service account, no shell script.
const workloads = new TerraformStack(app, 'existing-workloads');
workloads.addDependency(platform);
new GoogleProvider(workloads, 'google', { project: project.id });
new GkeKubernetesProvider(workloads, 'gke', { cluster: adopted });
const cluster = GkeCluster.fromAttributes(workloads, 'cluster', {
  project,
  name: adopted.name,
  location: adopted.location,
});
const books = cluster.addWorkloadIdentity('books', {
  namespace: 'books',
  serviceAccountName: 'fastapi-sa',
  kubernetesServiceAccount: 'annotate',
  reason: 'reads the covers of books',
  owner: 'team-books',
});
books.grants.bucketReader({ name: 'my-project-book-covers' });

app.synth();
