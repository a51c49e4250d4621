import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { TerraformStack } from 'cdktf';
import { GkeKubernetesProvider, IsolatedNamespace, Workload, type IGkeCluster } from 'cdktf-multicloud/gke';
import { WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import type { Construct } from 'constructs';
import type { Environment } from './environments';
import { addBackend } from './state-backend';

/** The service fastapi-books: changed often, planned when its cluster exists. */
export class WorkloadsStack extends TerraformStack {
  constructor(scope: Construct, environment: Environment, cluster: IGkeCluster) {
    super(scope, `${environment.name}-workloads`);
    const { project, region } = environment;
    addBackend(this, environment.backend);
    new GoogleProvider(this, 'google', { project: project.id, region });
    new GkeKubernetesProvider(this, 'gke', { cluster });

    const namespace = new IsolatedNamespace(this, 'namespace', { name: 'books' });
    const identity = new WorkloadIdentityBinding(this, 'identity', {
      cluster,
      namespace: namespace.name,
      serviceAccountName: 'fastapi-books',
      googleServiceAccount: { accountId: 'fastapi-books', displayName: 'fastapi-books on GKE' },
      labels: { team: 'books' },
      reason: 'serves the catalogue of books',
      owner: 'team-books',
    });

    // The value is put in by its owner, so that it never stands in Terraform's state.
    const password = new SecretManagerSecret(this, 'database-password', {
      project: project.id,
      secretId: 'books-database-password',
      replication: { auto: {} },
    });
    identity.grants.secretAccessor(password, { reason: 'reads its database password at start' });

    const service = new Workload(this, 'fastapi-books', {
      name: 'fastapi-books',
      identity,
      image: environment.image,
      port: 8000,
      environment: { GCP_PROJECT: project.id },
      labels: { team: 'books' },
      autoscaling: { minReplicas: environment.replicas.min, maxReplicas: environment.replicas.max },
      probe: { path: '/healthz' },
    });
    namespace.allowIngress('allow-books-callers', { to: service.podLabels, ports: [8000] });
    namespace.allowByLabel('restart-books', {
      serviceAccounts: { team: 'books' },
      workloads: { team: 'books' },
      resources: ['deployments.apps'],
      verbs: ['get', 'patch'],
      reason: 'restarts the service after its password was rotated',
      owner: 'team-books',
    });
  }
}
