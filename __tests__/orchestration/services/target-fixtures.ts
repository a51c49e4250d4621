import { type TerraformStack } from 'cdktf';
import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import type { GkeServiceTargetProps } from '../../../lib/orchestration/services/gke-service-target-props';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { account, project } from '../fixtures';

export const AUDIENCE = 'https://books.example.com';
export const aws = ServiceAuth.awsToken({ audience: AUDIENCE });

export const google = (stack: TerraformStack) =>
  ServiceAuth.googleIdToken({
    audience: AUDIENCE,
    project,
    federation: new AwsToGoogleFederation(stack, 'federation', {
      project,
      account,
      poolId: 'aws-roles',
      reason: 'lets state machines call services',
    }),
  });

export function service(stack: TerraformStack, props: Partial<GkeServiceTargetProps> = {}): GkeServiceTarget {
  return new GkeServiceTarget(stack, 'books', {
    name: 'books',
    account,
    url: AUDIENCE,
    auth: aws,
    reason: 'asks for books',
    owner: 'team-books',
    ...props,
  });
}
