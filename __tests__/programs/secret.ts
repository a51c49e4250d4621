// A rotated database password: a pod reads it, and an AWS role sets and tests it.
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { AwsAuditTrail, GoogleAuditTrail } from 'cdktf-multicloud/audit';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, GkeKubernetesProvider, IsolatedNamespace, Workload } from 'cdktf-multicloud/gke';
import { AwsToGoogleFederation, FederatedAwsRole, WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import { RotatedSecret, RotationHook } from 'cdktf-multicloud/secrets';

const app = new App();
const stack = new TerraformStack(app, 'secret');
const project = { id: 'shop-prod', number: '123456789012' };
const account = { id: '210987654321', region: 'eu-west-1' };
new AwsProvider(stack, 'aws', { region: account.region });
new GoogleProvider(stack, 'google', { project: project.id, region: 'europe-west1' });
Defaults.of(stack).set({ reason: 'signs in to the database', owner: 'team-shop', project, account });
const cluster = GkeCluster.fromAttributes(stack, 'cluster', { name: 'shop', location: 'europe-west1' });
new GkeKubernetesProvider(stack, 'gke', { cluster });
const namespace = new IsolatedNamespace(stack, 'namespace', { name: 'shop' });
const pods = { cluster, namespace: namespace.name, serviceAccountName: 'shop' };
const identity = new WorkloadIdentityBinding(stack, 'identity', pods);
const federation = new AwsToGoogleFederation(stack, 'federation', { poolId: 'aws-secrets' });
const setter = new FederatedAwsRole(stack, 'setter', { federation, roleName: 'set-password' });
const hook = (name: string) =>
  RotationHook.lambda({ functionArn: `arn:aws:lambda:eu-west-1:210987654321:function:${name}:live` });
const hooks = { setSecret: hook('set-password'), testSecret: hook('test-password') };
const restart = { cluster, namespace: namespace.name, deployments: ['web'], federation };
const rotation = { federation, rotationDays: 30, ...hooks, restart };
const store = 'google-secret-manager';
const password = new RotatedSecret(stack, 'password', { store, name: 'shop-database', ...rotation });
for (const reader of [identity, setter]) password.grants.read(reader);
const image = `europe-docker.pkg.dev/shop-prod/shop/web@sha256:${'a'.repeat(64)}`;
const environment = { DATABASE_PASSWORD: password.currentValueName };
new Workload(stack, 'web', { name: 'web', identity, image, port: 8080, environment });
new GoogleAuditTrail(stack, 'google-audit', { location: 'eu' });
new AwsAuditTrail(stack, 'aws-audit', { functionArns: [password.functionArn] });
app.synth();
