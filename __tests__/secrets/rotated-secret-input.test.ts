import { TerraformVariable } from 'cdktf';
import type { AwsRotatedSecretProps, GoogleRotatedSecretProps } from '../../lib/secrets/rotated-secret-props';
import { refusal } from '../synth';
import { onAws, onGoogle, restartOf, set, stackWithAws, test as tested } from './fixtures';

const google = (props: object) => () => onGoogle(stackWithAws(), props as Partial<GoogleRotatedSecretProps>);
const aws = (props: object) => () => onAws(stackWithAws(), props as Partial<AwsRotatedSecretProps>);
const DAY = 86_400;
const machine = 'arn:aws:states:eu-west-1:123456789012:stateMachine:set-password:live';

test.each<[string, () => unknown, string]>([
  ['no host', google({ store: 'azure' }), 'store: got "azure"; a secret is hosted by "google" or by "aws".'],
  [
    'a name in capitals',
    google({ name: 'Database' }),
    'name: got "Database"; it has 1 to 40 lower-case letters, digits and hyphens, starts with a letter and does not end with a hyphen.',
  ],
  [
    'a name that is too long',
    google({ name: 'a'.repeat(41) }),
    'name: got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; it has 1 to 40 lower-case letters, digits and hyphens, starts with a letter and does not end with a hyphen.',
  ],
  [
    'on AWS, a name that ends like an ARN',
    aws({ name: 'database-passwd' }),
    'name: got "database-passwd"; a name that ends with a hyphen and six characters looks like the ARN of another secret of AWS. Give it another ending.',
  ],
  ['no reason', google({ reason: undefined }), 'reason: is missing; it is a string.'],
  [
    'an interval that is no whole number',
    google({ rotationDays: 1.5 }),
    'rotationDays: got 1.5; it is a whole number from 1 to 365.',
  ],
  [
    'an interval of more than a year',
    aws({ rotationDays: 366 }),
    'rotationDays: got 366; it is a whole number from 1 to 365.',
  ],
  [
    'a rotation shorter than the test window',
    google({ rotationDays: 1, retryWindowSeconds: DAY }),
    'rotationDays: got 1; a rotation is over before the next begins: retryWindowSeconds and previousVersionGraceSeconds are 90000 seconds together, of 86400. Rotate less often, or shorten one of the two.',
  ],
  [
    'a rotation shorter than test window and grace',
    google({ rotationDays: 2, retryWindowSeconds: DAY, previousVersionGraceSeconds: DAY }),
    'rotationDays: got 2; a rotation is over before the next begins: retryWindowSeconds and previousVersionGraceSeconds are 172800 seconds together, of 172800. Rotate less often, or shorten one of the two.',
  ],
  [
    'a test window of more than 30 days',
    google({ rotationDays: 90, retryWindowSeconds: 31 * DAY }),
    'retryWindowSeconds: got 2678400; it is a whole number from 0 to 2592000.',
  ],
  [
    'on AWS, a test window',
    aws({ retryWindowSeconds: 60 }),
    'retryWindowSeconds: got 60; there is no such property. There are: reason, owner, ticket, name, account, rotationDays, value, setSecret, testSecret, restart, logRetentionDays, alarmActions, awsProvider, store, kmsKeyArn, recoveryDays.',
  ],
  [
    'a value that is too short',
    google({ value: { length: 7 } }),
    '2 problems\n  - value.length: got 7; it is a whole number from 8 to 1024.\n  - value: got {"length":7}; a value can be guessed that has less than 80 bits, and this has 42. Make it longer, or give the alphabet more characters.',
  ],
  [
    'a value that can be guessed',
    google({ value: { length: 8 } }),
    'value: got {"length":8}; a value can be guessed that has less than 80 bits, and this has 48. Make it longer, or give the alphabet more characters.',
  ],
  [
    'a value of few characters',
    aws({ value: { length: 32, alphabet: '01' } }),
    'value: got {"length":32,"alphabet":"01"}; a value can be guessed that has less than 80 bits, and this has 32. Make it longer, or give the alphabet more characters.',
  ],
  [
    'an alphabet with a character twice',
    google({ value: { alphabet: 'abcdefa' } }),
    'value.alphabet: got "abcdefa"; each character stands in it once: one that stands twice comes up twice as often. Use "abcdef".',
  ],
  [
    'an alphabet with a space',
    google({ value: { alphabet: 'abc def' } }),
    'value.alphabet: got "abc def"; it has printable ASCII characters, and no space.',
  ],
  [
    'set without a test',
    google({ testSecret: undefined }),
    'testSecret: is missing; consumers get a value that was set only after somebody has used it. Name a function that signs in with it.',
  ],
  [
    'a function without an alias',
    google({ setSecret: { functionArn: set.functionArn.replace(/:live$/, '') } }),
    'setSecret.functionArn: got "arn:aws:lambda:eu-west-1:123456789012:function:set-password"; a function is named by the ARN of an alias, arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS.',
  ],
  [
    'a function at its latest',
    google({ setSecret: { functionArn: set.functionArn.replace(/live$/, '$LATEST') } }),
    'setSecret.functionArn: got "arn:aws:lambda:eu-west-1:123456789012:function:set-password:$LATEST"; a function is named by the ARN of an alias, arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS.',
  ],
  [
    'a function that takes too long',
    aws({ setSecret: { ...set, timeoutSeconds: 301 } }),
    'setSecret.timeoutSeconds: got 301; it is a whole number from 1 to 300.',
  ],
  [
    'a state machine without an alias',
    google({ setSecret: { stateMachineArn: machine.replace(/:live$/, '') } }),
    'setSecret.stateMachineArn: got "arn:aws:states:eu-west-1:123456789012:stateMachine:set-password"; a state machine is named by the ARN of an alias, arn:aws:states:REGION:ACCOUNT:stateMachine:NAME:ALIAS.',
  ],
  [
    'a function and a state machine at once',
    google({ setSecret: { ...set, stateMachineArn: machine } }),
    'setSecret.functionArn: got "arn:aws:lambda:eu-west-1:123456789012:function:set-password:live"; there is no such property. There are: stateMachineArn, timeoutSeconds.',
  ],
  [
    'an owner that one call cannot wait for',
    aws({
      setSecret: { stateMachineArn: machine, timeoutSeconds: 500 },
      testSecret: { stateMachineArn: machine },
    }),
    'setSecret: got {"stateMachineArn":"arn:aws:states:eu-west-1:123456789012:stateMachine:set-passw… (111 characters); one call of AWS Lambda waits for setSecret and testSecret, for 780 seconds at most, and theirs are 800. Give one of them a shorter timeoutSeconds.',
  ],
  [
    'an owner that is neither',
    google({ setSecret: 'set-password' }),
    'setSecret: got "set-password"; it is an object.',
  ],
  [
    'a log that is kept for ever',
    google({ logRetentionDays: 0 }),
    'logRetentionDays: got 0; CloudWatch Logs keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days. Use 1.',
  ],
  [
    'an alarm that calls a name',
    google({ alarmActions: ['on-call'] }),
    'alarmActions[0]: got "on-call"; an action is named by its ARN, for example that of an SNS topic.',
  ],
  [
    'no federation',
    google({ federation: {} }),
    'federation: got {}; it is an AwsToGoogleFederation, made here or AwsToGoogleFederation.fromAttributes(…).',
  ],
  [
    'an account that is not that of the federation',
    google({ account: { id: '1'.repeat(12), region: 'eu-west-1' } }),
    'account.id: got "111111111111"; the federation lets in roles of the account 123456789012. Use a federation of this account.',
  ],
  [
    'a key besides replicas',
    google({
      kmsKeyName: 'projects/p/locations/global/keyRings/r/cryptoKeys/k',
      replicas: [{ location: 'europe-west1' }],
    }),
    'kmsKeyName: got "projects/p/locations/global/keyRings/r/cryptoKeys/k"; with replicas each has a key of its own location. Give the keys as replicas[…].kmsKeyName.',
  ],
  [
    'a replica in no place',
    google({ replicas: [{ location: 'EU' }] }),
    'replicas[0].location: got "EU"; a location reads like "europe-west1".',
  ],
  [
    'a state machine that only Terraform knows, whose alias would be missing in the policy',
    google({ setSecret: { stateMachineArn: '${TfToken[TOKEN.99]}' } }),
    'setSecret.stateMachineArn: got "a token"; its value is known when the app is synthesized, and a token has none yet. Give the value itself.',
  ],
  [
    'on AWS, a key by its alias',
    aws({ kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:alias/secrets' }),
    'kmsKeyArn: got "arn:aws:kms:eu-west-1:123456789012:alias/secrets"; a key is named by its ARN, arn:aws:kms:REGION:ACCOUNT:key/ID. Use the ARN of the key of this alias.',
  ],
  [
    'on AWS, a deletion that cannot be undone',
    aws({ recoveryDays: 0 }),
    'recoveryDays: got 0; it is a whole number from 7 to 30.',
  ],
  [
    'a property that does not exist',
    google({ rotationDay: 30 }),
    'rotationDay: got 30; there is no such property. Did you mean "rotationDays"?',
  ],
  [
    'no Deployment to restart',
    () => {
      const stack = stackWithAws();
      return onAws(stack, { restart: restartOf(stack, { deployments: [] }) });
    },
    'restart.deployments: got []; it is a list of at least 1 and at most 20 items.',
  ],
  [
    'a namespace of the cluster to restart in',
    () => {
      const stack = stackWithAws();
      return onAws(stack, { restart: restartOf(stack, { namespace: 'kube-system' }) });
    },
    'restart.namespace: got "kube-system"; namespaces that begin with "kube-" or "gke-managed-" belong to the cluster. Give the workload a namespace of its own.',
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
      setSecret: { stateMachineArn: machine, timeoutSeconds: 600 },
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
    refusal(() => secret.grantRead({ allow: () => stack } as never, { reason: 'reads' })).message,
  ).toMatchInlineSnapshot(
    `"prod/database: reader: got {}; it is an identity: a WorkloadIdentityBinding or a GoogleServiceAccount, for example."`,
  );
  const other = onAws(stackWithAws());
  expect(
    refusal(() => other.grantRead({ members: [] } as never, { reason: 'reads' })).message,
  ).toMatchInlineSnapshot(
    `"prod/database: reader: got {"members":[]}; it is an AWS role that can be allowed more: a GkeToAwsRole."`,
  );
  expect(
    refusal(() => other.grantRead({ allow: () => stack } as never, {} as never)).message,
  ).toMatchInlineSnapshot(
    `"prod/database: reader: got {}; it is an AWS role that can be allowed more: a GkeToAwsRole."`,
  );
});

test('a name that only Terraform knows is refused, since all other names are made of it', () => {
  const stack = stackWithAws();
  const name = new TerraformVariable(stack, 'name', {}).stringValue;
  expect(refusal(() => onGoogle(stack, { name })).message).toMatchInlineSnapshot(
    `"prod/database: name: got "a token"; its value is known when the app is synthesized, and a token has none yet. Give the value itself."`,
  );
});
