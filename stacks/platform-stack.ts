import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformStack } from 'cdktf';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, GkeNetwork } from 'cdktf-multicloud/gke';
import type { Construct } from 'constructs';
import type { Environment } from './environments';
import { addBackend } from './state-backend';

/** Network and cluster of the workloads. The platform team changes them rarely. */
export class PlatformStack extends TerraformStack {
  public readonly cluster: GkeCluster;

  constructor(scope: Construct, environment: Environment) {
    super(scope, `${environment.name}-platform`);
    const { project, region } = environment;
    addBackend(this, environment.backend);
    new GoogleProvider(this, 'google', { project: project.id, region });
    Defaults.of(this).set({ project, location: region });

    const network = new GkeNetwork(this, 'network', { region, name: 'books' });
    this.cluster = new GkeCluster(this, 'cluster', {
      name: 'books',
      network,
      releaseChannel: environment.releaseChannel,
      deletionProtection: environment.deletionProtection,
      maintenanceWindow: environment.maintenanceWindow,
      binaryAuthorization: environment.binaryAuthorization,
      databaseKmsKeyName: environment.keys?.google,
      imageRepositories: [{ project: 'books-shared', location: 'us-central1', repositoryId: 'images' }],
      labels: { environment: environment.name },
    });
  }
}
