import { type TerraformStack } from 'cdktf';
import { TriggeredJob } from '../../lib/vertex/training-job';
import { TrainingTrigger } from '../../lib/vertex/training-trigger';
import type { TrainingTriggerProps } from '../../lib/vertex/training-trigger-props';
import { testStack } from '../synth';
import { clusterIn, existingTraining, location, project } from './fixtures';

export type Props = Partial<Record<keyof TrainingTriggerProps, unknown>>;

export const WORKFLOW = 'google_workflows_workflow';

export const pipeline = TriggeredJob.pipeline({
  templateUri: 'https://us-central1-kfp.pkg.dev/my-project/pipelines/rank/v1',
  parameters: { epochs: 3 },
  imageParameter: 'service_image',
});

export const customJob = TriggeredJob.custom({
  machineType: 'g2-standard-8',
  accelerator: { type: 'NVIDIA_L4', count: 1 },
  args: ['--epochs', '3'],
  environment: { LOG_LEVEL: 'info' },
});

export const deploymentsOf = (
  stack: TerraformStack,
  labels: Readonly<Record<string, string>> = { retrain: 'shelf' },
) => ({
  cluster: clusterIn(stack),
  namespace: 'books',
  labels,
});

export function trigger(stack: TerraformStack, props: Props = {}): TrainingTrigger {
  return new TrainingTrigger(stack, 'retrain', {
    project,
    location,
    name: 'retrain-shelf',
    runAs: props.runAs ?? existingTraining(stack),
    reason: 'learns from the release',
    ...('images' in props ? {} : { deployments: deploymentsOf(stack) }),
    job: pipeline,
    ...props,
  } as TrainingTriggerProps);
}

export const of = (props: Props = {}) => {
  const stack = testStack();
  trigger(stack, props);
  return stack;
};
