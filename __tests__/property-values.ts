import type { GoogleBetaProvider } from '@cdktf/provider-google-beta/lib/provider';
import type { TerraformStack } from 'cdktf';
import { GkeCluster } from '../lib/gke/gke-cluster';
import { IsolatedNamespace } from '../lib/gke/isolated-namespace';
import { AwsToGoogleFederation } from '../lib/identity/federation/aws-to-google-federation';
import { GoogleServiceAccount } from '../lib/identity/google/google-service-account';
import { WorkloadIdentityBinding } from '../lib/identity/google/workload-identity-binding';
import { GkeJobTarget } from '../lib/orchestration/jobs/gke-job-target';
import { StepFunctionsOrchestrator } from '../lib/orchestration/state-machine/step-functions-orchestrator';
import { PassStep } from '../lib/orchestration/state-machine/steps/pass-step';
import type { ITrainingIdentity } from '../lib/vertex/vertex-training-identity';
import { constant } from './property-harness';
import { withAws } from './synth';
import { beta, existingTraining } from './vertex/fixtures';

/* Values that properties of several constructs share. A construct that others refer to is made once in a stack. */

export const project = { id: 'my-project', number: '123456789012' };
export const account = { id: '210987654321', region: 'eu-west-1' };
export const clusterIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('existing') ??
  GkeCluster.fromAttributes(stack, 'existing', { project, name: 'existing', location: 'us-central1' });
export const identityIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('identity') ??
  new WorkloadIdentityBinding(stack, 'identity', {
    cluster: clusterIn(stack) as GkeCluster,
    namespace: 'books',
    serviceAccountName: 'reader',
    reason: 'reads',
  });
/** A federation that allows one role, because a federation without roles is invalid. */
export const federationIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('federation') ??
  new AwsToGoogleFederation(stack, 'federation', {
    project,
    account,
    poolId: 'aws-roles',
    roles: ['other'],
    reason: 'lets functions act in Google Cloud',
  });
export const inAws = (stack: TerraformStack) => (stack.node.tryFindChild('aws') ? stack : withAws(stack));
export const betaIn = (stack: TerraformStack) =>
  (stack.node.tryFindChild('google-beta') as GoogleBetaProvider | undefined) ?? beta(stack);
export const targetIn = (stack: TerraformStack) =>
  (stack.node.tryFindChild('target') as GkeJobTarget | undefined) ??
  new GkeJobTarget(inAws(stack), 'target', {
    name: 'other',
    cluster: clusterIn(stack) as GkeCluster,
    namespace: 'etl',
    serviceAccountName: 'etl',
    images: ['r/*'],
    account,
    federation: federationIn(stack) as AwsToGoogleFederation,
    reason: 'loads',
  });
const trainings = new WeakMap<TerraformStack, ITrainingIdentity>();
export const trainingIn = (stack: TerraformStack) => {
  if (!trainings.has(stack)) trainings.set(stack, existingTraining(stack));
  return trainings.get(stack)!;
};
export const kmsKeyArn = 'arn:aws:kms:eu-west-1:210987654321:key/0f3c1b9a-1111-2222-3333-444455556666';
export const ofFunctions = {
  memoryMb: constant(undefined, 128),
  logRetentionDays: constant(undefined, 30),
  kmsKeyArn: constant(undefined, kmsKeyArn),
  reservedConcurrency: constant(undefined, 5),
};
export const why = {
  reason: constant('loads "all" of it', 'lädt Bücher 🙂', 'costs $5, or 5 {euros}'),
  owner: constant(undefined, 'team-books'),
  ticket: constant(undefined, 'ETL-7'),
  reviewBy: constant(undefined, '2030-01-31'),
};
export const ownerArn = (name: string) => `arn:aws:lambda:eu-west-1:210987654321:function:${name}:live`;
export const orchestratorIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('orchestrator') ??
  new StepFunctionsOrchestrator(inAws(stack), 'orchestrator', {
    name: 'etl',
    account,
    definition: new PassStep('Nothing'),
    reason: 'loads',
  });
export const namespaceIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('namespace') ?? new IsolatedNamespace(stack, 'namespace', { name: 'books' });
export const ofTriggers = {
  name: constant('nightly', 'n', undefined),
  orchestrator: [orchestratorIn],
  input: constant(undefined, { a: 'b "c" \\ ü' }),
  logRetentionDays: constant(undefined, 30),
  kmsKeyArn: constant(undefined, kmsKeyArn),
  alarmActions: constant(undefined, ['arn:aws:sns:eu-west-1:210987654321:on-call']),
  ...why,
};
export const image = `r/web@sha256:${'a'.repeat(64)}`;

export const nodesIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('nodes') ??
  GoogleServiceAccount.fromEmail(stack, 'nodes', 'nodes@my-project.iam.gserviceaccount.com');
/** Pods whose service account has the label `team: books`. */
export const labelledIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('labelled') ??
  new WorkloadIdentityBinding(stack, 'labelled', {
    cluster: clusterIn(stack) as GkeCluster,
    namespace: 'books',
    serviceAccountName: 'submitter',
    labels: { team: 'books' },
    reason: 'submits Jobs',
  });
