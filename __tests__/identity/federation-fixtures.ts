import { type TerraformStack } from 'cdktf';
import { AwsToGoogleFederation } from '../../lib/identity/federation/aws-to-google-federation';
import type { AwsToGoogleFederationProps } from '../../lib/identity/federation/aws-to-google-federation-props';
import { resource } from '../synth';

export const project = { id: 'my-project', number: '123456789012' };
export const account = { id: '210987654321', region: 'us-east-1' };
export const POOL = 'projects/123456789012/locations/global/workloadIdentityPools/aws-jobs';

export const memberOf = (role: string) =>
  `principalSet://iam.googleapis.com/${POOL}/attribute.aws_role/arn:aws:sts::210987654321:assumed-role/${role}`;

export const isRole = (role: string) =>
  `attribute.aws_role == "arn:aws:sts::210987654321:assumed-role/${role}"`;

export function federate(stack: TerraformStack, props: Partial<AwsToGoogleFederationProps> = {}) {
  return new AwsToGoogleFederation(stack, 'aws', {
    project,
    account,
    poolId: 'aws-jobs',
    reason: 'jobs on AWS use Google Cloud',
    ...props,
  });
}

export const condition = (stack: TerraformStack) =>
  resource(stack, 'google_iam_workload_identity_pool_provider').attribute_condition;
