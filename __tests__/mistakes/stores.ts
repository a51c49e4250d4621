import type { Mistake } from './mistake';
import { clusterIn, federationIn } from '../property-values';
import { RotationHook } from '../../lib/secrets/rotation-hook';

/*
 * Sources: https://cloud.google.com/secret-manager/docs/cmek
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */

export const stores: readonly Mistake[] = [
  [
    'a secret by its full name',
    'RotatedSecret',
    () => ({ name: 'projects/my-project/secrets/database' }),
    'prod/it: name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "projects/my-project/secrets/database"). Use "projects-my-project-secrets-database".',
  ],
  [
    'a secret name with a slash',
    'RotatedSecret',
    () => ({ name: 'prod/database' }),
    'prod/it: name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "prod/database"). Use "prod-database".',
  ],
  [
    'a rotation every 0 days',
    'RotatedSecret',
    () => ({ rotationDays: 0 }),
    'prod/it: 2 problems\n  - rotationDays must be a whole number from 1 to 365 (got 0). Use at least 1.\n  - rotationDays must leave time between rotations: retryWindowSeconds and previousVersionGraceSeconds take 660 of 0 seconds (got 0). Rotate less often, or shorten one of the two.',
  ],
  [
    'a rotation every 2 years',
    'RotatedSecret',
    () => ({ rotationDays: 730 }),
    'prod/it: rotationDays must be a whole number from 1 to 365 (got 730). Use at most 365.',
  ],
  [
    'a generated value of four characters',
    'RotatedSecret',
    () => ({ value: { length: 4 } }),
    'prod/it: 2 problems\n  - value.length must be a whole number from 8 to 1024 (got 4). Use at least 8.\n  - value must have at least 80 bits of entropy (24 now) (got {"length":4}). Set a longer length, or an alphabet of more characters.',
  ],
  [
    'an alphabet with a character twice',
    'RotatedSecret',
    () => ({ value: { alphabet: 'aabcdefghijklmnop' } }),
    'prod/it: value.alphabet must have each character once, because a repeated character is drawn more often (got "aabcdefghijklmnop"). Use "abcdefghijklmnop".',
  ],
  [
    'a hook that is a function without an alias',
    'RotatedSecret',
    () => ({
      setSecret: RotationHook.lambda({ functionArn: 'arn:aws:lambda:eu-west-1:210987654321:function:set' }),
    }),
    'prod/it: setSecret.functionArn must be the ARN of an alias of a function, arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS (got "arn:aws:lambda:eu-west-1:210987654321:function:set").',
  ],
  [
    'a hook that is a state machine without an alias',
    'RotatedSecret',
    () => ({
      setSecret: RotationHook.stateMachine({
        stateMachineArn: 'arn:aws:states:eu-west-1:210987654321:stateMachine:set',
      }),
    }),
    'prod/it: setSecret.stateMachineArn must be the ARN of an alias of a state machine, arn:aws:states:REGION:ACCOUNT:stateMachine:NAME:ALIAS (got "arn:aws:states:eu-west-1:210987654321:stateMachine:set"). Use an alias. A state machine or a version of it runs without review of later versions.',
  ],
  [
    'hooks that take longer than the function',
    'RotatedSecret',
    () => ({
      setSecret: RotationHook.stateMachine({
        stateMachineArn: 'arn:aws:states:eu-west-1:210987654321:stateMachine:set:live',
        timeoutSeconds: 600,
      }),
      testSecret: RotationHook.stateMachine({
        stateMachineArn: 'arn:aws:states:eu-west-1:210987654321:stateMachine:test:live',
        timeoutSeconds: 600,
      }),
    }),
    'prod/it: setSecret must keep setSecret and testSecret within the 780 seconds of one Lambda invocation (1200 now) (got {"stateMachineArn":"arn:aws:states:eu-west-1:210987654321:stateMachine:set:live"… (125 characters)). Set a shorter timeoutSeconds for one of them.',
  ],
  [
    'a regional key for a global secret',
    'RotatedSecret',
    () => ({ kmsKeyName: 'projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k' }),
    'prod/it: kmsKeyName must be a key in the location of what it encrypts (global) (got "projects/my-project/locations/us-central1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in global.',
  ],
  [
    'a replica with the key of another region',
    'RotatedSecret',
    () => ({
      kmsKeyName: undefined,
      replicas: [
        {
          location: 'us-central1',
          kmsKeyName: 'projects/my-project/locations/us-east1/keyRings/r/cryptoKeys/k',
        },
      ],
    }),
    'prod/it: replicas[0].kmsKeyName must be a key in the location of what it encrypts (us-central1) (got "projects/my-project/locations/us-east1/keyRings/r/cryptoKeys/k"). Use a key of a key ring in us-central1.',
  ],
  [
    'a replica twice',
    'RotatedSecret',
    () => ({ kmsKeyName: undefined, replicas: [{ location: 'us-central1' }, { location: 'us-central1' }] }),
    'prod/it: replicas[1].location must be unique in the list (got "us-central1"). Omit the second replica.',
  ],
  [
    'a key for the secret and for a replica',
    'RotatedSecret',
    () => ({ replicas: [{ location: 'us-central1' }] }),
    'prod/it: kmsKeyName must be omitted when replicas is set, because each replica has a key in its location (got "projects/my-project/locations/global/keyRings/r/cryptoKeys/k"). Set replicas[…].kmsKeyName.',
  ],
  [
    'a topic by its short name',
    'RotatedSecret',
    () => ({ notificationTopic: 't' }),
    'prod/it: notificationTopic must be a topic of the form projects/PROJECT/topics/NAME (got "t").',
  ],
  [
    'a store that does not exist',
    'RotatedSecret',
    () => ({ store: 'vault' }),
    'prod/it: store must be one of "google-secret-manager", "aws-secrets-manager" (got "vault").',
  ],
  [
    'a restart of no Deployment',
    'RotatedSecret',
    (stack) => ({
      restart: {
        cluster: clusterIn(stack),
        namespace: 'books',
        deployments: [],
        federation: federationIn(stack),
      },
    }),
    'prod/it: restart.deployments must be a list of at least 1 and at most 20 items (got []). Add an item.',
  ],
  [
    'a bucket name in place of a trail',
    'AwsAuditTrail',
    () => ({ name: 'My_Trail' }),
    'prod/it: name must have 3 to 30 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "My_Trail"). Use "my-trail".',
  ],
  [
    'the ARN of a version of a state machine',
    'AwsAuditTrail',
    () => ({ stateMachineArns: ['arn:aws:states:eu-west-1:210987654321:stateMachine:etl:1'] }),
    'prod/it: stateMachineArns[0] must be an ARN of the form arn:aws:states:REGION:ACCOUNT:stateMachine:NAME (got "arn:aws:states:eu-west-1:210987654321:stateMachine:etl:1").',
  ],
  [
    'a function name in place of an ARN',
    'AwsAuditTrail',
    () => ({ functionArns: ['rank'] }),
    'prod/it: functionArns[0] must be an ARN of the form arn:aws:lambda:REGION:ACCOUNT:function:NAME (got "rank").',
  ],
  [
    'a role by its name',
    'AwsAuditTrail',
    () => ({ roleArns: ['loader'] }),
    'prod/it: roleArns[0] must be the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME (got "loader").',
  ],
  [
    'a retention of eleven years',
    'AwsAuditTrail',
    () => ({ retentionDays: 4_015 }),
    'prod/it: retentionDays must be a whole number from 1 to 3650 (got 4015). Use at most 3650.',
  ],
  [
    'a log retention that CloudWatch does not have',
    'AwsAuditTrail',
    () => ({ logRetentionDays: 45 }),
    'prod/it: logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 45). Use 60.',
  ],
  [
    'a key by its alias',
    'AwsAuditTrail',
    () => ({ kmsKeyArn: 'arn:aws:kms:eu-west-1:210987654321:alias/books' }),
    'prod/it: kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "arn:aws:kms:eu-west-1:210987654321:alias/books"). Use the ARN of the key of this alias.',
  ],
  [
    'a location of BigQuery for logs',
    'GoogleAuditTrail',
    () => ({ location: 'EU' }),
    'prod/it: location must be a region, for example "us-central1", or "eu", "us" or "global" (got "EU").',
  ],
  [
    'a locked trail in BigQuery',
    'GoogleAuditTrail',
    () => ({ destination: 'bigquery', locked: true }),
    'prod/it: locked must be false for a dataset, which Google Cloud cannot lock (got true). Use the destination "log-bucket".',
  ],
  [
    'a channel by its e-mail',
    'GoogleAuditTrail',
    () => ({ notificationChannels: ['on-call@example.com'] }),
    'prod/it: notificationChannels[0] must be a notification channel of the form projects/PROJECT/notificationChannels/ID (got "on-call@example.com").',
  ],
];
