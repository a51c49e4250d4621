import type { TerraformStack } from 'cdktf';
import type { GkeJobTargetProps } from '../../../lib/orchestration/jobs/gke-job-target-props';
import { orchestrationStack, target } from '../fixtures';

export const ROLE = 'arn:aws:iam::210987654321:role/etl-gke';

/** A stack with one target. */
export function stackWith(props: Partial<GkeJobTargetProps> = {}): TerraformStack {
  const stack = orchestrationStack();
  target(stack, props);
  return stack;
}
