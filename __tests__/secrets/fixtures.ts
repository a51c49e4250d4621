import type { TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { AwsToGoogleFederation } from '../../lib/identity/federation/aws-to-google-federation';
import type { ConsumerRestart } from '../../lib/secrets/consumer-restart-props';
import { RotationHook } from '../../lib/secrets/rotation-hook';
import { RotatedSecret } from '../../lib/secrets/rotated-secret';
import type { AwsRotatedSecretProps, GoogleRotatedSecretProps } from '../../lib/secrets/rotated-secret-props';
import { testStack, withAws } from '../synth';

export const account = { id: '123456789012', region: 'eu-west-1' };
export const project = { id: 'my-project', number: '1' };
export const set = RotationHook.lambda({
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:set-password:live',
});
export const test = RotationHook.lambda({
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:test-password:live',
});

export const stackWithAws = (): TerraformStack => withAws(testStack());

export function federationOf(stack: TerraformStack): AwsToGoogleFederation {
  return new AwsToGoogleFederation(stack, 'federation', {
    account,
    project,
    poolId: 'aws-roles',
    reason: 'roles of AWS act in Google Cloud',
  });
}

/** Two Deployments of a cluster, to be restarted. */
export function restartOf(stack: TerraformStack, props: Partial<ConsumerRestart> = {}): ConsumerRestart {
  return {
    cluster: GkeCluster.fromAttributes(stack, 'consumers', {
      project,
      name: 'main',
      location: 'us-central1',
    }),
    namespace: 'books',
    deployments: ['books', 'shelf'],
    federation: props.federation ?? federationOf(stack),
    endpoint: { host: 'gke-1.us-central1.gke.goog' },
    ...props,
  };
}

export function onGoogle(
  stack: TerraformStack,
  props: Partial<GoogleRotatedSecretProps> = {},
): RotatedSecret {
  return new RotatedSecret(stack, 'database', {
    store: 'google-secret-manager',
    name: 'database',
    account,
    project,
    federation: props.federation ?? federationOf(stack),
    rotationDays: 30,
    setSecret: set,
    testSecret: test,
    reason: 'signs in to the database',
    ...props,
  });
}

export function onAws(
  stack: TerraformStack,
  props: Partial<AwsRotatedSecretProps> = {},
  id = 'database',
): RotatedSecret {
  return new RotatedSecret(stack, id, {
    store: 'aws-secrets-manager',
    name: 'database',
    account,
    rotationDays: 30,
    setSecret: set,
    testSecret: test,
    reason: 'signs in to the database',
    ...props,
  });
}
