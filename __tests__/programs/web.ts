// A web service in two environments, with a secret and a bucket.
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { App, TerraformStack } from 'cdktf';
import { Defaults } from 'cdktf-multicloud/defaults';
import {
  GkeCluster,
  GkeKubernetesProvider,
  GkeNetwork,
  IsolatedNamespace,
  Workload,
} from 'cdktf-multicloud/gke';
import { WorkloadIdentityBinding } from 'cdktf-multicloud/identity';

const app = new App();
for (const env of ['dev', 'prod']) {
  const project = { id: `shop-${env}`, number: '123456789012' };
  const location = 'europe-west1';
  const platform = new TerraformStack(app, `${env}-platform`);
  new GoogleProvider(platform, 'google', { project: project.id, region: location });
  Defaults.of(platform).set({ project, location });
  const network = new GkeNetwork(platform, 'network', { region: location, name: 'shop' });
  const cluster = new GkeCluster(platform, 'cluster', { name: 'shop', network, labels: { env } });

  const shop = new TerraformStack(app, `${env}-shop`);
  new GoogleProvider(shop, 'google', { project: project.id, region: location });
  new GkeKubernetesProvider(shop, 'gke', { cluster });
  const namespace = new IsolatedNamespace(shop, 'namespace', { name: 'shop' });
  const pods = { cluster, namespace: namespace.name, serviceAccountName: 'shop' };
  const identity = new WorkloadIdentityBinding(shop, 'identity', { ...pods, reason: 'serves the shop' });
  const secret = new SecretManagerSecret(shop, 'db', { secretId: 'db', replication: { auto: {} } });
  const bucket = new StorageBucket(shop, 'covers', { name: `${project.id}-covers`, location: 'EU' });
  identity.grants.secretAccessor(secret);
  identity.grants.bucketReader(bucket);
  const image = `europe-docker.pkg.dev/${project.id}/shop/web@sha256:${'a'.repeat(64)}`;
  const probe = { path: '/healthz' };
  const web = new Workload(shop, 'web', { name: 'web', identity, image, port: 8080, probe });
  namespace.allowIngress('from-gateway', { to: web.podLabels, ports: [8080], fromNamespace: 'gateway' });
}
app.synth();
