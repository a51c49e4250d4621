import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import type { GkeJobStepProps } from '../../../lib/orchestration/jobs/gke-job-step-props';
import { IMAGE, orchestrationStack, target } from '../fixtures';

const etl = target(orchestrationStack());
export const waiting = target(orchestrationStack(), { queue: 'batch' });

export const step = (props: Partial<GkeJobStepProps> = {}, name = 'Extract') =>
  new GkeJobStep(name, { target: etl, image: IMAGE, ...props });
