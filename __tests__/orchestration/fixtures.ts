import type { TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { AwsToGoogleFederation } from '../../lib/identity/federation/aws-to-google-federation';
import { GkeJobTarget } from '../../lib/orchestration/jobs/gke-job-target';
import type { GkeJobTargetProps } from '../../lib/orchestration/jobs/gke-job-target-props';
import { testStack, withAws } from '../synth';

export const account = { id: '210987654321', region: 'eu-west-1' };
export const project = { id: 'my-project', number: '123456789012' };
export const IMAGE = `us-docker.pkg.dev/my-project/etl/extract@sha256:${'a'.repeat(64)}`;

export const orchestrationStack = (name?: string) => withAws(testStack(name));

/** What targets of a stack share. */
export function platform(stack: TerraformStack) {
  return {
    cluster: GkeCluster.fromAttributes(stack, 'gke', { project, name: 'main', location: 'us-central1' }),
    federation: new AwsToGoogleFederation(stack, 'federation', {
      project,
      account,
      poolId: 'aws-roles',
      reason: 'lets state machines start Jobs',
    }),
    account,
  };
}

/** A target, as most tests need one. */
export function target(
  stack: TerraformStack,
  props: Partial<GkeJobTargetProps> = {},
  id = 'etl',
): GkeJobTarget {
  return new GkeJobTarget(stack, id, {
    ...(props.cluster && props.federation ? {} : platform(stack)),
    account,
    name: 'etl',
    namespace: 'etl',
    serviceAccountName: 'etl',
    images: ['us-docker.pkg.dev/my-project/etl/*'],
    reason: 'loads the warehouse',
    owner: 'team-data',
    ...props,
  } as GkeJobTargetProps);
}
