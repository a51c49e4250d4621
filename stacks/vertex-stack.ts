import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack } from 'cdktf';
import { GoogleAuditTrail } from 'cdktf-multicloud/audit';
import type { IGkeCluster } from 'cdktf-multicloud/gke';
import {
  TrainingTrigger,
  TriggeredJob,
  VertexEndpoint,
  VertexTrainingIdentity,
} from 'cdktf-multicloud/vertex';
import type { Construct } from 'constructs';
import type { Environment } from './environments';
import { addBackend } from './state-backend';

/** Recommendations of books: where they are served and how they are trained again with each release. */
export class VertexStack extends TerraformStack {
  public readonly endpoint: VertexEndpoint;
  public readonly training: VertexTrainingIdentity;

  constructor(scope: Construct, environment: Environment, cluster: IGkeCluster) {
    super(scope, `${environment.name}-vertex`);
    const { project, region } = environment;
    const owner = 'team-recommendations';
    addBackend(this, environment.backend);
    new GoogleProvider(this, 'google', { project: project.id, region });

    this.endpoint = new VertexEndpoint(this, 'endpoint', {
      project,
      location: region,
      displayName: 'book recommendations',
      reason: 'serves the model that ranks the shelf',
      owner,
    });
    this.training = new VertexTrainingIdentity(this, 'training', {
      project,
      location: region,
      accountId: 'books-training',
      imageRepositories: [{ project: 'books-shared', location: 'us-central1', repositoryId: 'images' }],
      reason: 'trains the model that ranks the shelf',
      owner,
    });
    new TrainingTrigger(this, 'retrain', {
      project,
      location: region,
      name: 'retrain-books',
      runAs: this.training,
      deployments: { cluster, namespace: 'books', labels: { team: 'books' } },
      job: TriggeredJob.pipeline({
        templateUri: 'https://us-central1-kfp.pkg.dev/books-shared/pipelines/rank/v1',
        imageParameter: 'service_image',
      }),
      reason: 'ranks the shelf by what the new release sells',
      owner,
    });
    new GoogleAuditTrail(this, 'audit', { project, location: region });
  }
}
