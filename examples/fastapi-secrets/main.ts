import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { skipStackTraces } from 'cdktf-multicloud/core';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, GkeKubernetesProvider, GkeNetwork, Workload } from 'cdktf-multicloud/gke';
import { Guardrails } from 'cdktf-multicloud/guardrails';
import { WorkloadIdentityBinding } from 'cdktf-multicloud/identity';

skipStackTraces();

const project = { id: 'my-project' };
const region = 'us-central1';
const app = new App();
Defaults.of(app).set({
  project,
  location: region,
  reason: 'the FastAPI application reads its secrets',
  owner: 'team-books',
});

// gcloud container clusters create fastapi-cluster --workload-pool=my-project.svc.id.goog --region us-central1
const platform = new TerraformStack(app, 'fastapi-platform');
new GoogleProvider(platform, 'google', { project: project.id, region });
const cluster = new GkeCluster(platform, 'cluster', {
  name: 'fastapi-cluster',
  network: GkeNetwork.fromAttributes(platform, 'network', { network: 'default', subnetwork: 'default' }),
  mode: 'standard',
  nodePools: [{ name: 'default-pool', autoscaling: { minNodes: 1, maxNodes: 3 } }],
  imageRepositories: [{ project: project.id, location: region, repositoryId: 'fastapi-repo' }],
});

const workloads = new TerraformStack(app, 'fastapi-workloads');
new GoogleProvider(workloads, 'google', { project: project.id, region });
new GkeKubernetesProvider(workloads, 'gke', { cluster });

// gcloud iam service-accounts create …, the ServiceAccount manifest and the workloadIdentityUser binding
const identity = new WorkloadIdentityBinding(workloads, 'identity', {
  cluster,
  namespace: 'default',
  serviceAccountName: 'fastapi-sa',
  googleServiceAccount: { accountId: 'fastapi-gke-sa', displayName: 'FastAPI GKE Service Account' },
  acknowledge: { defaultNamespace: 'the guide that this example follows deploys to the namespace default' },
});

// gcloud projects add-iam-policy-binding my-project … --role "roles/secretmanager.secretAccessor"
identity.grants.projectRole(project, 'roles/secretmanager.secretAccessor', {
  acknowledge: { projectWide: 'the guide that this example follows gives access to all secrets' },
});

// The Deployment manifest
new Workload(workloads, 'fastapi-books', {
  name: 'fastapi-books',
  identity,
  containerName: 'fastapi',
  image: 'us-central1-docker.pkg.dev/my-project/fastapi-repo/fastapi-books:latest',
  port: 8000,
  environment: { GCP_PROJECT: project.id },
  acknowledge: { imageByTag: 'the guide that this example follows deploys the tag latest' },
});

// The guide has no key of Cloud KMS and no namespace of the team.
const guide = { owner: 'team-books', until: '2027-12-31' };
Guardrails.of(cluster).acknowledge('GKE013', {
  ...guide,
  reason: 'the guide that this example follows has no key of Cloud KMS',
});
Guardrails.of(workloads).acknowledge('K8S005', {
  ...guide,
  reason: 'the guide that this example follows deploys to the namespace default',
});

app.synth();
