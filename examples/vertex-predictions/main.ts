import { GoogleBetaProvider } from '@cdktf/provider-google-beta/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { GoogleAuditTrail } from 'cdktf-multicloud/audit';
import { skipStackTraces } from 'cdktf-multicloud/core';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, GkeKubernetesProvider, IsolatedNamespace, Workload } from 'cdktf-multicloud/gke';
import { WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import {
  TrainingTrigger,
  TriggeredJob,
  VertexAccess,
  VertexCallback,
  VertexEndpoint,
  VertexTrainingIdentity,
} from 'cdktf-multicloud/vertex';

skipStackTraces();

const location = 'us-central1';
const app = new App();

for (const [name, number] of [
  ['dev', '200000000001'],
  ['staging', '200000000002'],
  ['prod', '200000000003'],
] as const) {
  const project = { id: `shelf-${name}`, number };
  const stack = new TerraformStack(app, `${name}-predictions`);
  new GoogleProvider(stack, 'google', { project: project.id, region: location });
  const googleBetaProvider = new GoogleBetaProvider(stack, 'google-beta', { project: project.id });
  Defaults.of(stack).set({ project, location, owner: 'team-recommendations' });
  const cluster = GkeCluster.fromAttributes(stack, 'cluster', { name: 'shelf' });
  new GkeKubernetesProvider(stack, 'gke', { cluster });
  const namespace = new IsolatedNamespace(stack, 'namespace', { name: 'shelf' });

  // The service predicts on one endpoint, as itself: no account, no key, one permission.
  const endpoint = new VertexEndpoint(stack, 'endpoint', {
    displayName: 'shelf ranking',
    reason: 'serves the model that ranks the shelf',
  });
  const ranker = new WorkloadIdentityBinding(stack, 'ranker', {
    cluster,
    namespace: namespace.name,
    serviceAccountName: 'ranker',
    reason: 'ranks the shelf',
  });
  new VertexAccess(stack, 'ranker-access', {
    identity: ranker,
    googleBetaProvider,
    reason: 'ranks the shelf',
  }).predict(endpoint);

  // The trainer submits pipelines that run as an account with a dedicated bucket.
  const training = new VertexTrainingIdentity(stack, 'training', {
    accountId: 'shelf-training',
    reason: 'trains the model that ranks the shelf',
  });
  const trainer = new WorkloadIdentityBinding(stack, 'trainer', {
    cluster,
    namespace: namespace.name,
    serviceAccountName: 'trainer',
    reason: 'trains the model by hand',
  });
  new VertexAccess(stack, 'trainer-access', {
    identity: trainer,
    reason: 'trains the model',
  })
    .pipelines(training)
    .readModels();

  // Training jobs ask the service for what was sold, through the VPC.
  const callback = new VertexCallback(stack, 'callback', {
    name: 'shelf',
    runAs: training,
    audience: 'https://ranker.shelf.svc',
    namespace,
    workloadName: 'ranker',
    port: 8000,
    privatePath: {
      network: `projects/${project.id}/global/networks/shelf`,
      cidr: '10.9.0.0/26',
      nodeServiceAccountEmail: `shelf-nodes@${project.id}.iam.gserviceaccount.com`,
    },
    reason: 'training jobs read what was sold',
  });

  // A new image of the service, once it is deployed, trains the model again.
  new TrainingTrigger(stack, 'retrain', {
    name: 'retrain-shelf',
    runAs: training,
    deployments: { cluster, namespace: namespace.name, labels: { retrain: 'shelf' } },
    job: TriggeredJob.pipeline({
      templateUri: `https://${location}-kfp.pkg.dev/${project.id}/pipelines/rank/v1`,
    }),
    networkAttachment: callback.networkAttachment,
    reason: 'ranks the shelf by what the new release sells',
  });

  new Workload(stack, 'ranker-service', {
    name: 'ranker',
    identity: ranker,
    image: `${location}-docker.pkg.dev/shelf-shared/images/ranker@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945`,
    port: 8000,
    labels: { retrain: 'shelf' },
    environment: { VERTEX_ENDPOINT: endpoint.resourceName, ...callback.environment },
    requestReason: 'ranks the shelf',
  });

  new GoogleAuditTrail(stack, 'audit', { retentionDays: name === 'prod' ? 400 : 30 });
}

app.synth();
