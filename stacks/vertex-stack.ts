import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack } from 'cdktf';
import { GoogleAuditTrail } from 'cdktf-multicloud/audit';
import { Defaults } from 'cdktf-multicloud/defaults';
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
    addBackend(this, environment.backend);
    new GoogleProvider(this, 'google', { project: project.id, region });
    Defaults.of(this).set({
      project,
      location: region,
      owner: 'team-recommendations',
      kmsKeyName: environment.keys?.google,
    });

    this.endpoint = new VertexEndpoint(this, 'endpoint', {
      displayName: 'book recommendations',
      reason: 'serves the model that ranks the shelf',
    });
    this.training = new VertexTrainingIdentity(this, 'training', {
      accountId: 'books-training',
      imageRepositories: [{ project: 'books-shared', location: 'us-central1', repositoryId: 'images' }],
      reason: 'trains the model that ranks the shelf',
    });
    new TrainingTrigger(this, 'retrain', {
      name: 'retrain-books',
      runAs: this.training,
      deployments: { cluster, namespace: 'books', labels: { team: 'books' } },
      job: TriggeredJob.pipeline({
        templateUri: 'https://us-central1-kfp.pkg.dev/books-shared/pipelines/rank/v1',
        imageParameter: 'service_image',
      }),
      reason: 'ranks the shelf by what the new release sells',
    });
    new GoogleAuditTrail(this, 'audit', { deletionProtection: environment.deletionProtection });
  }
}
