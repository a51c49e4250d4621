// A state machine calls a service in the cluster, which verifies the caller.
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { Defaults } from 'cdktf-multicloud/defaults';
import {
  GkeCluster,
  GkeKubernetesProvider,
  IsolatedNamespace,
  VerifiedEndpoint,
  Workload,
} from 'cdktf-multicloud/gke';
import { AwsToGoogleFederation, WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import {
  ChoiceStep,
  FailStep,
  GkeServiceStep,
  GkeServiceTarget,
  ServiceAuth,
  StepCondition,
  StepFunctionsOrchestrator,
  SucceedStep,
} from 'cdktf-multicloud/orchestration';

const app = new App();
const stack = new TerraformStack(app, 'checks');
const project = { id: 'shop-prod', number: '123456789012' };
const account = { id: '210987654321', region: 'eu-west-1' };
new AwsProvider(stack, 'aws', { region: account.region });
new GoogleProvider(stack, 'google', { project: project.id, region: 'europe-west1' });
Defaults.of(stack).set({ reason: 'checks orders', owner: 'team-risk', project, account });
const cluster = GkeCluster.fromAttributes(stack, 'cluster', { name: 'shop', location: 'europe-west1' });
new GkeKubernetesProvider(stack, 'gke', { cluster });
const namespace = new IsolatedNamespace(stack, 'namespace', { name: 'checks' });
const pods = { cluster, namespace: namespace.name, serviceAccountName: 'checks' };
const identity = new WorkloadIdentityBinding(stack, 'identity', pods);
const registry = 'europe-docker.pkg.dev/shop-prod';
const image = `${registry}/checks/run@sha256:${'d'.repeat(64)}`;
const workload = new Workload(stack, 'workload', { name: 'checks', identity, image, port: 8000 });
const federation = new AwsToGoogleFederation(stack, 'federation', { poolId: 'aws-checks' });
const api = { paths: ['/v1'], methods: ['POST'] as const };
const url = 'https://checks.example.com';
const auth = ServiceAuth.googleIdToken({ federation, project, audience: url });
const target = new GkeServiceTarget(stack, 'target', { url, auth, ...api });
const address = { exposure: 'external', allowedRanges: ['0.0.0.0/0'], hostName: new URL(url).host } as const;
new VerifiedEndpoint(stack, 'endpoint', {
  ...api,
  ...address,
  namespace,
  service: { workload, port: 8000 },
  callers: [target.caller],
  image: `${registry}/mirror/envoy@sha256:${'e'.repeat(64)}`,
  tlsSecretName: 'checks-tls',
});
const request = { path: '/v1/check', body: { 'order.$': '$.order' }, resultPath: '$.check' };
const check = new GkeServiceStep('Check', { target, method: 'POST', ...request });
const decision = new ChoiceStep('Accepted?')
  .when(StepCondition.equals('$.check.body.ok', true), new SucceedStep('Accepted'))
  .otherwise(new FailStep('Rejected', { error: 'Rejected' }));
new StepFunctionsOrchestrator(stack, 'check', { definition: check.next(decision) });
app.synth();
