import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { TerraformVariable } from 'cdktf';
import type { AwsRotatedSecretProps, GoogleRotatedSecretProps } from '../../lib/secrets/rotated-secret-props';
import { RotationHook } from '../../lib/secrets/rotation-hook';
import { refusal } from '../synth';
import { onAws, onGoogle, restartOf, set, stackWithAws, test as tested } from './fixtures';

const google = (props: object) => () => onGoogle(stackWithAws(), props as Partial<GoogleRotatedSecretProps>);
const aws = (props: object) => () => onAws(stackWithAws(), props as Partial<AwsRotatedSecretProps>);
const DAY = 86_400;
const machine = 'arn:aws:states:eu-west-1:123456789012:stateMachine:set-password:live';

test.each<[string, () => unknown, string]>([
  [
    'no host',
    google({ store: 'azure' }),
    'store must be one of "google-secret-manager", "aws-secrets-manager" (got "azure").',
  ],
  [
    'a name in capitals',
    google({ name: 'Database' }),
    'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Database"). Use "database".',
  ],
  [
    'a name that is too long',
    google({ name: 'a'.repeat(41) }),
    'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"). Shorten it.',
  ],
  [
    'on AWS, a name that ends like an ARN',
    aws({ name: 'database-passwd' }),
    'name must not end with a hyphen and six characters, as the ARN of another secret of AWS does (got "database-passwd"). Choose another suffix.',
  ],
  ['no reason', google({ reason: undefined }), 'reason is required. Set it here or with Defaults.of(scope).'],
  [
    'an interval that is no whole number',
    google({ rotationDays: 1.5 }),
    'rotationDays must be a whole number from 1 to 365 (got 1.5). Use 2.',
  ],
  [
    'an interval of more than a year',
    aws({ rotationDays: 366 }),
    'rotationDays must be a whole number from 1 to 365 (got 366). Use at most 365.',
  ],
  [
    'a rotation shorter than the test window',
    google({ rotationDays: 1, retryWindowSeconds: DAY }),
    'rotationDays must leave time between rotations: retryWindowSeconds and previousVersionGraceSeconds take 90000 of 86400 seconds (got 1). Rotate less often, or shorten one of the two.',
  ],
  [
    'a rotation shorter than test window and grace',
    google({ rotationDays: 2, retryWindowSeconds: DAY, previousVersionGraceSeconds: DAY }),
    'rotationDays must leave time between rotations: retryWindowSeconds and previousVersionGraceSeconds take 172800 of 172800 seconds (got 2). Rotate less often, or shorten one of the two.',
  ],
  [
    'a test window of more than 30 days',
    google({ rotationDays: 90, retryWindowSeconds: 31 * DAY }),
    'retryWindowSeconds must be a whole number from 0 to 2592000 (got 2678400). Use at most 2592000.',
  ],
  [
    'on AWS, a test window',
    aws({ retryWindowSeconds: 60 }),
    'retryWindowSeconds is not a property. The properties are: reason, owner, ticket, reviewBy, name, account, rotationDays, value, setSecret, testSecret, restart, logRetentionDays, alarmActions, awsProvider, store, kmsKeyArn, recoveryDays.',
  ],
  [
    'a value that is too short',
    google({ value: { length: 7 } }),
    '2 problems\n  - value.length must be a whole number from 8 to 1024 (got 7). Use at least 8.\n  - value must have at least 80 bits of entropy (42 now) (got {"length":7}). Set a longer length, or an alphabet of more characters.',
  ],
  [
    'a value that can be guessed',
    google({ value: { length: 8 } }),
    'value must have at least 80 bits of entropy (48 now) (got {"length":8}). Set a longer length, or an alphabet of more characters.',
  ],
  [
    'a value of few characters',
    aws({ value: { length: 32, alphabet: '01' } }),
    'value must have at least 80 bits of entropy (32 now) (got {"length":32,"alphabet":"01"}). Set a longer length, or an alphabet of more characters.',
  ],
  [
    'an alphabet with a character twice',
    google({ value: { alphabet: 'abcdefa' } }),
    'value.alphabet must have each character once, because a repeated character is drawn more often (got "abcdefa"). Use "abcdef".',
  ],
  [
    'an alphabet with a space',
    google({ value: { alphabet: 'abc def' } }),
    'value.alphabet must have printable ASCII characters without spaces (got "abc def").',
  ],
  [
    'set without a test',
    google({ testSecret: undefined }),
    'testSecret is required when setSecret is set, because consumers receive a new value only after a test. Set testSecret to a function that signs in with the value.',
  ],
  [
    'a function without an alias',
    google({ setSecret: RotationHook.lambda({ functionArn: set.functionArn.replace(/:live$/, '') }) }),
    'setSecret.functionArn must be the ARN of an alias of a function, arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS (got "arn:aws:lambda:eu-west-1:123456789012:function:set-password").',
  ],
  [
    'a function at its latest',
    google({ setSecret: RotationHook.lambda({ functionArn: set.functionArn.replace(/live$/, '$LATEST') }) }),
    'setSecret.functionArn must be the ARN of an alias of a function, arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS (got "arn:aws:lambda:eu-west-1:123456789012:function:set-password:$LATEST").',
  ],
  [
    'a function that takes too long',
    aws({ setSecret: { ...set, timeoutSeconds: 301 } }),
    'setSecret.timeoutSeconds must be a whole number from 1 to 300 (got 301). Use at most 300.',
  ],
  [
    'a state machine without an alias',
    google({ setSecret: RotationHook.stateMachine({ stateMachineArn: machine.replace(/:live$/, '') }) }),
    'setSecret.stateMachineArn must be the ARN of an alias of a state machine, arn:aws:states:REGION:ACCOUNT:stateMachine:NAME:ALIAS (got "arn:aws:states:eu-west-1:123456789012:stateMachine:set-password"). Use an alias. A state machine or a version of it runs without review of later versions.',
  ],
  [
    'a function and a state machine at once',
    google({ setSecret: { ...set, stateMachineArn: machine } }),
    'setSecret.stateMachineArn is not a property. The properties are: kind, functionArn, timeoutSeconds.',
  ],
  [
    'an owner that one call cannot wait for',
    aws({
      setSecret: RotationHook.stateMachine({ stateMachineArn: machine, timeoutSeconds: 500 }),
      testSecret: RotationHook.stateMachine({ stateMachineArn: machine }),
    }),
    'setSecret must keep setSecret and testSecret within the 780 seconds of one Lambda invocation (800 now) (got {"stateMachineArn":"arn:aws:states:eu-west-1:123456789012:stateMachine:set-passw… (134 characters)). Set a shorter timeoutSeconds for one of them.',
  ],
  [
    'an owner that is neither',
    google({ setSecret: 'set-password' }),
    'setSecret must be RotationHook.lambda(…) or RotationHook.stateMachine(…) (got "set-password").',
  ],
  [
    'a log that is kept for ever',
    google({ logRetentionDays: 0 }),
    'logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 0). Use 1.',
  ],
  [
    'an alarm that calls a name',
    google({ alarmActions: ['on-call'] }),
    'alarmActions[0] must be an ARN, for example of an SNS topic (got "on-call").',
  ],
  [
    'no federation',
    google({ federation: {} }),
    'federation must be an AwsToGoogleFederation or AwsToGoogleFederation.fromAttributes(…) (got {}).',
  ],
  [
    'an account that is not that of the federation',
    google({ account: { id: '1'.repeat(12), region: 'eu-west-1' } }),
    'account.id must be the account of the federation (123456789012) (got "111111111111"). Use a federation of this account.',
  ],
  [
    'a key besides replicas',
    google({
      kmsKeyName: 'projects/p/locations/global/keyRings/r/cryptoKeys/k',
      replicas: [{ location: 'europe-west1' }],
    }),
    'kmsKeyName must be omitted when replicas is set, because each replica has a key in its location (got "projects/p/locations/global/keyRings/r/cryptoKeys/k"). Set replicas[…].kmsKeyName.',
  ],
  [
    'a replica in no place',
    google({ replicas: [{ location: 'EU' }] }),
    'replicas[0].location must be a region, for example "europe-west1" (got "EU").',
  ],
  [
    'a state machine that only Terraform knows, whose alias would be missing in the policy',
    google({ setSecret: RotationHook.stateMachine({ stateMachineArn: '${TfToken[TOKEN.99]}' }) }),
    'setSecret.stateMachineArn must be known at synth (got "a token"). Pass a plain value instead of a token.',
  ],
  [
    'on AWS, a key by its alias',
    aws({ kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/secrets' }),
    'kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "arn:aws:kms:eu-west-1:123456789012:alias/secrets"). Use the ARN of the key of this alias.',
  ],
  [
    'on AWS, a deletion that cannot be undone',
    aws({ recoveryDays: 0 }),
    'recoveryDays must be a whole number from 7 to 30 (got 0). Use at least 7.',
  ],
  [
    'a property that does not exist',
    google({ rotationDay: 30 }),
    'rotationDay is not a property. Did you mean "rotationDays"?',
  ],
  [
    'no Deployment to restart',
    () => {
      const stack = stackWithAws();
      return onAws(stack, { restart: restartOf(stack, { deployments: [] }) });
    },
    'restart.deployments must be a list of at least 1 and at most 20 items (got []). Add an item.',
  ],
  [
    'a namespace of the cluster to restart in',
    () => {
      const stack = stackWithAws();
      return onAws(stack, { restart: restartOf(stack, { namespace: 'kube-system' }) });
    },
    'restart.namespace must not start with "kube-" or "gke-managed-", the prefixes of system namespaces (got "kube-system"). Use a dedicated namespace.',
  ],
])('%s is refused', (_, make, message) => {
  expect(refusal(make).message).toBe(`prod/database: ${message}`);
});

test.each([
  ['google', google({ rotationDays: 1, retryWindowSeconds: DAY - 3_601 })],
  ['google', google({ rotationDays: 365, retryWindowSeconds: 0, previousVersionGraceSeconds: 364 * DAY })],
  ['google', google({ name: 'a'.repeat(40), value: { length: 13, alphabet: printable() } })],
  [
    'google',
    google({
      setSecret: RotationHook.stateMachine({ stateMachineArn: machine, timeoutSeconds: 600 }),
      testSecret: { ...tested, timeoutSeconds: 180 },
    }),
  ],
  ['aws', aws({ rotationDays: 1, recoveryDays: 7, value: { length: 1_024 } })],
])('what stands at the edge is let in (%s, %#)', (_, make) => {
  expect(make).not.toThrow();
});

/** All that may be in an alphabet. */
function printable(): string {
  return Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join('');
}

test('a reader on the other cloud is refused', () => {
  const stack = stackWithAws();
  const secret = onGoogle(stack);
  expect(
    refusal(() => secret.grants.read({ allow: () => stack } as never, { reason: 'reads' })).message,
  ).toMatchInlineSnapshot(
    `"prod/database: reader must be an identity, for example a WorkloadIdentityBinding or a GoogleServiceAccount (got {})."`,
  );
  const other = onAws(stackWithAws());
  const bucket = new S3Bucket(stackWithAws(), 'bucket', { bucket: 'books' });
  expect(
    refusal(() => other.grants.read({ members: [] } as never, { reason: 'reads' })).message,
  ).toMatchInlineSnapshot(
    `"prod/database: reader must be an AWS role: a GkeToAwsRole, an IamRole, or { name } of a role (got {"members":[]})."`,
  );
  expect(refusal(() => other.grants.read(bucket as never)).message).toMatchInlineSnapshot(
    `"prod/database: reader must be an AWS role: a GkeToAwsRole, an IamRole, or { name } of a role (got a value of type object)."`,
  );
});

test('a name that only Terraform knows is refused, since all other names are made of it', () => {
  const stack = stackWithAws();
  const name = new TerraformVariable(stack, 'name', {}).stringValue;
  expect(refusal(() => onGoogle(stack, { name })).message).toMatchInlineSnapshot(
    `"prod/database: name must be known at synth (got "a token"). Pass a plain value instead of a token."`,
  );
});
