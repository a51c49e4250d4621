import { type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { GkeToAwsRole } from '../../lib/identity/federation/gke-to-aws-role';
import type { GkeToAwsRoleProps } from '../../lib/identity/federation/gke-to-aws-role-props';
import { testStack, withAws } from '../synth';

export const account = { id: '210987654321', region: 'eu-west-1' };
export const ISSUER = 'container.googleapis.com/v1/projects/my-project/locations/us-central1/clusters/main';
export const PROVIDER_ARN = `arn:aws:iam::210987654321:oidc-provider/${ISSUER}`;

export const cluster = (stack: TerraformStack) =>
  (stack.node.tryFindChild('cluster') as never) ??
  GkeCluster.fromAttributes(stack, 'cluster', {
    project: { id: 'my-project', number: '123456789012' },
    name: 'main',
    location: 'us-central1',
  });

export const read = { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::covers/*'] };

export function bind(stack: TerraformStack, props: Partial<GkeToAwsRoleProps> = {}, id = 'aws-reader') {
  return new GkeToAwsRole(stack, id, {
    cluster: cluster(stack),
    account,
    namespace: 'books',
    serviceAccountName: 'reader',
    roleName: 'books-reader',
    reason: 'reads covers from S3',
    ...props,
  });
}

export const awsStack = (name?: string) => withAws(testStack(name));
