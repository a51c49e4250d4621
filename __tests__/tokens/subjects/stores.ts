import { AwsAuditTrail } from '../../../lib/audit/aws-audit-trail';
import { GoogleAuditTrail } from '../../../lib/audit/google-audit-trail';
import { RotatedSecret } from '../../../lib/secrets/rotated-secret';
import { RotationHook } from '../../../lib/secrets/rotation-hook';
import { clusterIn, federationIn, identityIn, inAws } from '../../property-values';
import { variantsOf, type TokenSubjects } from '../subject';
import { account, functionArn, kmsKeyArn, kmsKeyName, project, topicArn, why } from './common';

const hooks = {
  setSecret: RotationHook.lambda({ functionArn, timeoutSeconds: 30 }),
  testSecret: RotationHook.lambda({ functionArn: `${functionArn}-test`, timeoutSeconds: 30 }),
};
const stateMachineArn = 'arn:aws:states:eu-west-1:210987654321:stateMachine:set:live';

export const stores: TokenSubjects = {
  AwsAuditTrail: {
    make: (stack, props) => new AwsAuditTrail(inAws(stack), 'it', props),
    variants: [
      () => ({
        account,
        name: 'trail',
        functionArns: [functionArn],
        stateMachineArns: ['arn:aws:states:eu-west-1:210987654321:stateMachine:etl'],
        starterRoleArns: ['arn:aws:iam::210987654321:role/starter'],
        roleArns: ['arn:aws:iam::210987654321:role/loader'],
        retentionDays: 30,
        logRetentionDays: 30,
        deletionProtection: true,
        kmsKeyArn,
        alarmActions: [topicArn],
      }),
    ],
  },
  GoogleAuditTrail: {
    make: (stack, props) => new GoogleAuditTrail(stack, 'it', props),
    variants: ['log-bucket', 'bigquery'].map((destination) => () => ({
      project,
      location: 'us-central1',
      name: 'trail',
      destination,
      retentionDays: 30,
      ...(destination === 'log-bucket' ? { locked: true } : {}),
      deletionProtection: true,
      notificationChannels: ['projects/my-project/notificationChannels/1'],
    })),
  },
  'GoogleAuditTrail.fromProject': {
    make: (stack, { project: given }: { project: never }) =>
      new GoogleAuditTrail(stack, 'trail', {
        project: given,
        location: 'us-central1',
        auditConfigOwner: GoogleAuditTrail.fromProject(stack, 'it', given),
      } as never),
    variants: [() => ({ project })],
  },
  RotatedSecret: {
    make: (stack, props) => new RotatedSecret(inAws(stack), 'it', props),
    variants: [
      ...variantsOf(
        (stack) => ({
          store: 'google-secret-manager',
          project,
          federation: federationIn(stack),
          retryWindowSeconds: 600,
          previousVersionGraceSeconds: 60,
          kmsKeyName: kmsKeyName.replace('us-central1', 'global'),
          notificationTopic: 'projects/my-project/topics/t',
          deletionProtection: true,
          name: 'database',
          account,
          rotationDays: 30,
          value: { length: 24, alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789' },
          ...hooks,
          restart: {
            cluster: clusterIn(stack),
            namespace: 'books',
            deployments: ['web'],
            federation: federationIn(stack),
            endpoint: { host: '10.0.0.2', certificateAuthority: 'LS0=' },
          },
          logRetentionDays: 30,
          alarmActions: [topicArn],
          ...why,
        }),
        () => ({ kmsKeyName: undefined, replicas: [{ location: 'us-central1', kmsKeyName }] }),
        () => ({
          setSecret: RotationHook.stateMachine({ stateMachineArn, timeoutSeconds: 60 } as never),
          testSecret: RotationHook.stateMachine({
            stateMachineArn: `${stateMachineArn}2`,
            timeoutSeconds: 60,
          } as never),
        }),
      ),
      () => ({
        store: 'aws-secrets-manager',
        name: 'database',
        account,
        rotationDays: 30,
        kmsKeyArn,
        recoveryDays: 7,
        ...hooks,
        ...why,
      }),
    ],
  },
  'RotatedSecret.fromAttributes': {
    make: (stack, props: { store: string }) => {
      const secret = RotatedSecret.fromAttributes(inAws(stack), 'it', props as never);
      const reader = props.store === 'aws-secrets-manager' ? { name: 'loader' } : identityIn(stack);
      secret.grants.read(reader as never, { reason: 'reads' });
    },
    variants: [
      () => ({ store: 'google-secret-manager', name: 'database', project }),
      () => ({ store: 'aws-secrets-manager', name: 'database', account, kmsKeyArn }),
    ],
  },
};
