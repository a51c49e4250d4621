import type { TerraformStack } from 'cdktf';
import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import { VertexTrainingStep } from '../../../lib/orchestration/training/vertex-training-step';
import type { VertexTrainingStepProps } from '../../../lib/orchestration/training/vertex-training-step-props';
import { VertexTrainingTarget } from '../../../lib/orchestration/training/vertex-training-target';
import type { VertexTrainingTargetProps } from '../../../lib/orchestration/training/vertex-training-target-props';
import { VertexJob } from '../../../lib/orchestration/training/vertex-job';
import { existingTraining } from '../../vertex/fixtures';
import { account, orchestrationStack, project } from '../fixtures';

export const propsOf = (stack: TerraformStack): VertexTrainingTargetProps => ({
  name: 'train',
  account,
  federation: new AwsToGoogleFederation(stack, 'federation', {
    project,
    account,
    poolId: 'aws-roles',
    reason: 'lets state machines train',
  }),
  project,
  location: 'us-central1',
  runAs: existingTraining(stack),
  kind: 'customJob',
  reason: 'trains the recommender',
  owner: 'team-ml',
});

export const target = (stack: TerraformStack, props: Partial<VertexTrainingTargetProps> = {}) =>
  new VertexTrainingTarget(stack, 'train', { ...propsOf(stack), ...props });

export const IMAGE = `us-docker.pkg.dev/my-project/ml/train@sha256:${'a'.repeat(64)}`;
export const custom = target(orchestrationStack());
export const pipelines = target(orchestrationStack(), { kind: 'pipelineJob' });
export const customJob = VertexJob.custom({ image: IMAGE, machineType: 'n1-standard-8' });
export const TEMPLATE = 'https://us-central1-kfp.pkg.dev/my-project/pipelines/train/v1';
export const pipeline = VertexJob.pipeline({ templateUri: TEMPLATE });

export function step(props: Partial<VertexTrainingStepProps> = {}) {
  return new VertexTrainingStep('Train', { target: custom, job: customJob, ...props });
}
