import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack } from 'cdktf';
import { skipStackTraces } from 'cdktf-multicloud/core';
import { Defaults } from 'cdktf-multicloud/defaults';
import { GkeCluster, GkeKubernetesProvider, IsolatedNamespace, Workload } from 'cdktf-multicloud/gke';
import { Guardrails } from 'cdktf-multicloud/guardrails';
import { AwsToGoogleFederation, WorkloadIdentityBinding } from 'cdktf-multicloud/identity';
import {
  ApprovalStep,
  StepCondition,
  DecisionStep,
  GkeJobStep,
  GkeJobTarget,
  GkeServiceStep,
  GkeServiceTarget,
  GKE_ERRORS,
  MetricGate,
  StepFunctionsOrchestrator,
  SucceedStep,
  ServiceAuth,
} from 'cdktf-multicloud/orchestration';
import { VerifiedEndpoint } from 'cdktf-multicloud/gke';

skipStackTraces();

const project = { id: 'etl-prod', number: '300000000001' };
const account = { id: '333333333333', region: 'us-east-1' };
const registry = 'us-central1-docker.pkg.dev/etl-prod';
const images = `${registry}/etl`;

const app = new App();
const stack = new TerraformStack(app, 'step-functions-etl');
new AwsProvider(stack, 'aws', { region: account.region, allowedAccountIds: [account.id] });
new GoogleProvider(stack, 'google', { project: project.id, region: 'us-central1' });
Defaults.of(stack).set({ project, account, location: 'us-central1' });
Defaults.of(stack).set({ reason: 'loads the warehouse every night', owner: 'team-data', ticket: 'DATA-12' });

const cluster = GkeCluster.fromAttributes(stack, 'cluster', {
  name: 'etl',
});
new GkeKubernetesProvider(stack, 'gke', { cluster });
const namespace = new IsolatedNamespace(stack, 'namespace', { name: 'etl' });
const identity = new WorkloadIdentityBinding(stack, 'identity', {
  cluster,
  namespace: namespace.name,
  serviceAccountName: 'etl',
});
identity.grants.bucketUser({ name: 'etl-prod-staging' }, { reason: 'keeps what one Job leaves to the next' });

// Accepted AWS roles, by name. AWS stores no key of Google.
const federation = new AwsToGoogleFederation(stack, 'federation', {
  poolId: 'aws-step-functions',
});

// Which function may start which pods.
const etl = new GkeJobTarget(stack, 'etl', {
  name: 'etl',
  cluster,
  identity,
  images: [`${images}/*`],
  federation,
});

// A service that validates the data and accepts calls of the function of its target only.
const checker = new WorkloadIdentityBinding(stack, 'checker', {
  cluster,
  namespace: namespace.name,
  serviceAccountName: 'checks',
});
checker.grants.bucketReader({ name: 'etl-prod-staging' }, { reason: 'reads the rows that it checks' });
const service = new Workload(stack, 'checks', {
  name: 'checks',
  identity: checker,
  image: `${images}/checks@sha256:c1f2c0d9b6e3a495877061524334251897c0a3a3f3e6b7f0a2bd0e7b1f4d65a8`,
  port: 8000,
});
const checks = new GkeServiceTarget(stack, 'checks-target', {
  name: 'checks',
  url: 'https://checks.etl.example.com',
  auth: ServiceAuth.awsToken({
    issuer: 'https://0a1b2c3d-4e5f-6789-abcd-ef0123456789.tokens.sts.global.api.aws', // of the AWS account
  }),
  methods: ['POST'],
  paths: ['/v1'],
});
new VerifiedEndpoint(stack, 'checks-endpoint', {
  name: 'checks-verified',
  namespace,
  service: { workload: service, port: 8000 },
  callers: [checks.caller],
  image: `${registry}/mirror/envoy@sha256:5a2bd0e7b1f4d65a8c1f2c0d9b6e3a4958770615243342516a0a2ebd8d8a7b1c`,
  exposure: 'external',
  allowedRanges: ['0.0.0.0/0'], // functions without VPC have any address of AWS: only the token protects the service
  tlsSecretName: 'checks-tls',
  hostName: 'checks.etl.example.com',
  paths: ['/v1'],
});
Guardrails.of(namespace).acknowledge('K8S012', {
  reason: 'functions without a VPC have any address of AWS, and Envoy verifies the token of each request',
  owner: 'team-data',
  until: '2027-12-31',
});

// How busy the warehouse is.
const warehouse = new MetricGate(stack, 'warehouse', {
  name: 'warehouse-load',
  metric: {
    namespace: 'AWS/Redshift',
    metricName: 'CPUUtilization',
    dimensions: { ClusterIdentifier: 'warehouse' },
    statistic: 'Average',
  },
});

const quiet = new DecisionStep('Warehouse quiet?', {
  source: warehouse,
  condition: StepCondition.lessThan('$.decision.value', 60),
  otherwise: new SucceedStep('Another night'),
});
const extract = new GkeJobStep('Extract', {
  target: etl,
  image: `${images}/extract@sha256:6a0a2ebd8d8a7b1c6d1e0e3b5d4bb4a60c3fd1a8e0f2b0b0d5a6f1c9c7e4a312`,
  environment: { 'DATE.$': '$.date' },
  exitCodes: { 3: 'NoNewData' },
  resultPath: '$.extract',
});
const transform = new GkeJobStep('Transform', {
  target: etl,
  image: `${images}/transform@sha256:0b7f6c86a3f3d1f5a2bd0e7b1f4d65a8c1f2c0d9b6e3a4958770615243342516`,
  environment: { 'FILE.$': '$.extract.output.file' },
  // The size of the data varies per night: start small, and escalate the memory.
  retry: { [GKE_ERRORS.OOM_KILLED]: { memory: ['2Gi', '4Gi', '8Gi'] } },
  resultPath: '$.transform',
});
const check = new GkeServiceStep('Check', {
  target: checks,
  method: 'POST',
  path: '/v1/checks',
  body: { 'file.$': '$.transform.output.file' },
  idempotencyKeyPath: '$.transform.job',
  retry: { 'GKE.Service.Unavailable': { attempts: 5 } },
  resultSelector: { 'summary.$': '$.body.summary' },
  resultPath: '$.check',
});
const approve = new ApprovalStep('Approve', {
  topicArn: `arn:aws:sns:${account.region}:${account.id}:warehouse-owners`,
  question: 'Load this into the warehouse?',
  details: { date: '$.date', summary: '$.check.summary' },
  timeoutSeconds: 14_400,
});
const load = new GkeJobStep('Load', {
  target: etl,
  image: `${images}/load@sha256:97c0a3a3f3e6b7f0a2bd0e7b1f4d65a8c1f2c0d9b6e3a4958770615243342517`,
  environment: { 'FILE.$': '$.transform.output.file' },
  resultSelector: { 'rows.$': '$.output.rows', 'logs.$': '$.logs' },
});

new StepFunctionsOrchestrator(stack, 'nightly', {
  name: 'nightly-etl',
  definition: quiet
    .next(extract.catch('NoNewData', new SucceedStep('Nothing to do')))
    .next(transform)
    .next(check)
    .next(approve.catch('ApprovalDenied', new SucceedStep('Not approved')))
    .next(load),
});

app.synth();
