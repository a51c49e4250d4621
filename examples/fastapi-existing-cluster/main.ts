import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { skipStackTraces } from 'cdktf-multicloud/core';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, GkeKubernetesProvider } from 'cdktf-multicloud/gke';
import { Guardrails } from 'cdktf-multicloud/guardrails';

skipStackTraces();

const project = { id: 'my-project', number: '123456789012' };
const app = new App();
Defaults.of(app).set({
  project,
  location: 'us-central1',
  reason: 'reads the covers of books',
  owner: 'team-books',
});

// gcloud container clusters update fastapi-cluster --workload-pool=my-project.svc.id.goog --region us-central1
const platform = new TerraformStack(app, 'existing-platform');
new GoogleProvider(platform, 'google', { project: project.id });
const adopted = GkeCluster.adopt(platform, 'cluster', { name: 'fastapi-cluster' });

// The adoption changes the workload pool alone. Other settings change later, one by one.
for (const rule of ['GKE003', 'GKE006', 'GKE007', 'GKE009', 'GKE010', 'GKE013', 'GKE018']) {
  Guardrails.of(platform).acknowledge(rule, {
    reason: 'the existing cluster keeps its settings until the move to private nodes',
    owner: 'team-platform',
    until: '2027-12-31',
  });
}

// A service account that a Helm chart made gets its identity: no Google service account, no shell script.
const workloads = new TerraformStack(app, 'existing-workloads');
workloads.addDependency(platform);
new GoogleProvider(workloads, 'google', { project: project.id });
new GkeKubernetesProvider(workloads, 'gke', { cluster: adopted });
const cluster = GkeCluster.fromAttributes(workloads, 'cluster', { name: adopted.name });
const books = cluster.addWorkloadIdentity('books', {
  namespace: 'books',
  serviceAccountName: 'fastapi-sa',
  kubernetesServiceAccount: 'annotate',
});
books.grants.bucketReader({ name: 'my-project-book-covers' });

app.synth();
