import { GoogleBetaProvider } from '@cdktf/provider-google-beta/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { TerraformStack } from 'cdktf';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeKubernetesProvider, IsolatedNamespace, Workload, type GkeCluster } from 'cdktf-multicloud/gke';
import { WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import { VertexAccess, VertexCallback } from 'cdktf-multicloud/vertex';
import type { Construct } from 'constructs';
import type { Environment } from './environments';
import { addBackend } from './state-backend';
import type { VertexStack } from './vertex-stack';

/** Constructs of other stacks. Only their names are used, so no remote state is read. */
export interface WorkloadsStackProps {
  readonly cluster: GkeCluster;
  readonly vertex: VertexStack;
}

/** The service fastapi-books: changed often, planned when its cluster exists. */
export class WorkloadsStack extends TerraformStack {
  constructor(scope: Construct, environment: Environment, { cluster, vertex }: WorkloadsStackProps) {
    super(scope, `${environment.name}-workloads`);
    const { project, region } = environment;
    addBackend(this, environment.backend);
    new GoogleProvider(this, 'google', { project: project.id, region });
    const googleBetaProvider = new GoogleBetaProvider(this, 'google-beta', { project: project.id, region });
    Defaults.of(this).set({ project, location: region, owner: 'team-books' });
    new GkeKubernetesProvider(this, 'gke', { cluster });

    const namespace = new IsolatedNamespace(this, 'namespace', { name: 'books' });
    const identity = new WorkloadIdentityBinding(this, 'identity', {
      cluster,
      namespace: namespace.name,
      serviceAccountName: 'fastapi-books',
      googleServiceAccount: { accountId: 'fastapi-books', displayName: 'fastapi-books on GKE' },
      labels: { team: 'books' },
      reason: 'serves the catalogue of books',
    });

    // The team adds the value itself, so that the Terraform state never contains it.
    const password = new SecretManagerSecret(this, 'database-password', {
      project: project.id,
      secretId: 'books-database-password',
      replication: { auto: {} },
    });
    identity.grants.secretAccessor(password, { reason: 'reads its database password at start' });

    new VertexAccess(this, 'recommendations', {
      identity,
      googleBetaProvider,
      reason: 'ranks the shelf',
    }).predict(vertex.endpoint);

    // Training jobs ask the service for what was sold, through the VPC.
    const callback = new VertexCallback(this, 'training-callback', {
      name: 'books-training',
      runAs: vertex.training,
      audience: 'https://fastapi-books.books.svc',
      namespace,
      workloadName: 'fastapi-books',
      port: 8000,
      privatePath: {
        network: `projects/${project.id}/global/networks/books`,
        cidr: '10.9.0.0/26',
        nodeServiceAccountEmail: cluster.nodeServiceAccount.email,
      },
      reason: 'training jobs read what was sold',
      owner: 'team-recommendations',
    });

    const service = new Workload(this, 'fastapi-books', {
      name: 'fastapi-books',
      identity,
      image: environment.image,
      imagePullPolicy: 'Always',
      port: 8000,
      environment: {
        GCP_PROJECT: project.id,
        VERTEX_ENDPOINT: vertex.endpoint.resourceName,
        ...callback.environment,
      },
      requestReason: 'ranks the shelf',
      labels: { team: 'books' },
      autoscaling: { minReplicas: environment.replicas.min, maxReplicas: environment.replicas.max },
      probe: { path: '/readyz', livenessPath: '/healthz' },
    });
    namespace.allowIngress('from-gateway', {
      to: service.podLabels,
      ports: [8000],
      fromNamespace: 'gateway',
    });
  }
}
