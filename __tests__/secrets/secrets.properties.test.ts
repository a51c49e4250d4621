import { RotatedSecret } from '../../lib/secrets/rotated-secret';
import { RotationHook } from '../../lib/secrets/rotation-hook';
import { constant, describeProperties } from '../property-harness';
import { project, account, federationIn, inAws, kmsKeyArn, why, ownerArn } from '../property-values';

describeProperties({
  'RotatedSecret on Google': {
    make: (stack, props: object) =>
      new RotatedSecret(inAws(stack), 'it', (props && { store: 'google-secret-manager', ...props }) as never),
    good: {
      name: constant('database'),
      account: constant(account, undefined),
      project: constant(project),
      federation: [federationIn],
      rotationDays: constant(1, 30),
      value: constant(undefined, { length: 24 }),
      retryWindowSeconds: constant(undefined, 600),
      previousVersionGraceSeconds: constant(undefined, 0),
      kmsKeyName: constant(undefined, 'projects/p/locations/global/keyRings/r/cryptoKeys/k'),
      notificationTopic: constant(undefined, 'projects/p/topics/t'),
      deletionProtection: constant(undefined, false),
      logRetentionDays: constant(undefined, 30),
      ...why,
    },
  },
  'RotatedSecret on AWS': {
    make: (stack, props: object) =>
      new RotatedSecret(inAws(stack), 'it', (props && { store: 'aws-secrets-manager', ...props }) as never),
    good: {
      name: constant('database'),
      account: constant(account),
      rotationDays: constant(1, 30),
      testSecret: constant(
        undefined,
        RotationHook.lambda({ functionArn: ownerArn('testSecret'), timeoutSeconds: 30 }),
      ),
      kmsKeyArn: constant(undefined, kmsKeyArn),
      recoveryDays: constant(undefined, 7),
      logRetentionDays: constant(undefined, 30),
      ...why,
    },
  },
});
