import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { GoogleAuditTrail } from 'cdktf-multicloud/audit';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, GkeNetwork, IsolatedNamespace } from 'cdktf-multicloud/gke';
import { WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import { VertexEndpoint } from 'cdktf-multicloud/vertex';
import { join } from 'node:path';

/** Variants of an environment with a cluster, an endpoint and audit logs. */
export interface Platform {
  /** Names of the environments. The result is the stack of the last one. */
  readonly environments?: readonly string[];
  readonly region?: string;
  readonly displayName?: string;
  readonly clusterName?: string;
  /** Another value replaces the cluster: GKE cannot change the ranges of pods. */
  readonly podsRangeName?: string;
  readonly endpointKmsKeyName?: string;
  readonly deletionProtection?: boolean;
}

/** Synthesizes one variant and returns the folder of the stack of the last environment. */
export function synthesizePlatform(outdir: string, platform: Platform = {}): string {
  const { environments = ['prod'], deletionProtection = false, region = 'us-central1' } = platform;
  const app = new App({ outdir });
  for (const name of environments) {
    const project = { id: `books-${name}`, number: `10000000000${name.length}` };
    const stack = new TerraformStack(app, name);
    new LocalBackend(stack, { path: 'terraform.tfstate' });
    new GoogleProvider(stack, 'google', { project: project.id });
    new KubernetesProvider(stack, 'kubernetes', { host: 'https://cluster.example' });
    Defaults.of(stack).set({ project, location: region, owner: 'team-books', reason: 'reads books' });
    const own = new GkeNetwork(stack, 'network', { region, name: 'books' });
    const network = { ...own, network: own.network, podsRangeName: platform.podsRangeName ?? 'pods' };
    const cluster = new GkeCluster(stack, 'cluster', {
      name: platform.clusterName ?? 'books',
      network: Object.assign(network, { dependenciesIn: own.dependenciesIn.bind(own) }),
      deletionProtection,
    });
    new IsolatedNamespace(stack, 'namespace', { name: 'books' });
    new WorkloadIdentityBinding(stack, 'reader', {
      cluster,
      namespace: 'books',
      serviceAccountName: 'reader',
    }).grants.bucketReader({ name: `covers-${name}` });
    new VertexEndpoint(stack, 'endpoint', {
      displayName: platform.displayName ?? 'ranking',
      kmsKeyName: platform.endpointKmsKeyName,
    });
    new GoogleAuditTrail(stack, 'audit', { deletionProtection });
  }
  app.synth();
  return join(outdir, 'stacks', environments.at(-1) ?? '');
}
