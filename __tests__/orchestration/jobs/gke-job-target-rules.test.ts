import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import { GkeJobTarget } from '../../../lib/orchestration/jobs/gke-job-target';
import type { GkeJobTargetProps } from '../../../lib/orchestration/jobs/gke-job-target-props';
import { refusal } from '../../synth';
import { account, orchestrationStack, platform, project, target } from '../fixtures';

const images = ['us-docker.pkg.dev/my-project/etl/*'];

const bad: [string, Record<string, unknown>, string][] = [
  [
    'a name in capitals',
    { name: 'ETL' },
    'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "ETL"). Use "etl".',
  ],
  [
    'a name of 41 characters',
    { name: 'a'.repeat(41) },
    'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"). Shorten it.',
  ],
  [
    'no cluster',
    { cluster: {} },
    'cluster must be a cluster: a GkeCluster, GkeCluster.fromAttributes(…) or GkeCluster.adopt(…) (got {}).',
  ],
  [
    'a namespace of the cluster',
    { namespace: 'kube-system' },
    'namespace must not start with "kube-" or "gke-managed-", the prefixes of system namespaces (got "kube-system"). Use a dedicated namespace.',
  ],
  [
    'the namespace of nobody',
    { namespace: 'default' },
    'namespace must not be "default", where pods without a namespace run, so that its policies and roles apply to them (got "default"). Use a dedicated namespace, or set acknowledge.defaultNamespace to the reason.',
  ],
  [
    'a namespace in capitals',
    { namespace: 'Books' },
    'namespace must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit (got "Books"). Use "books".',
  ],
  [
    'the service account "default"',
    { serviceAccountName: 'default' },
    'serviceAccountName must not be "default", the service account of every pod that names none (got "default"). Use a dedicated account, for example "reader".',
  ],
  [
    'no images',
    { images: [] },
    'images must be a list of at least 1 and at most 50 items (got []). Add an item.',
  ],
  [
    'an image that is none',
    { images: ['Registry/x'] },
    'images[0] must be an image reference without a scheme, in which "*" matches any characters (got "Registry/x").',
  ],
  [
    'any registry',
    { images: ['*/etl/extract'] },
    'images[0] must name a registry, because any account can push to the registries that a "*" matches (got "*/etl/extract"). Write the host name of the registry, or set acknowledge.anyImage to the reason.',
  ],
  [
    'any image, and no word why',
    { images: [...images, '*'], acknowledge: { anyImage: '' } },
    'acknowledge.anyImage must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got ""). Write a text.',
  ],
  [
    'an account that is not that of the federation',
    { account: { ...account, id: '123456789012' } },
    'account.id must be the account of the federation (210987654321) (got "123456789012"). Use a federation of this account.',
  ],
  [
    'an account id with hyphens',
    { account: { ...account, id: '2109-8765-4321' } },
    '2 problems\n  - account.id must have 12 digits (got "2109-8765-4321"). Use "210987654321".\n  - account.id must be the account of the federation (210987654321) (got "2109-8765-4321"). Use a federation of this account.',
  ],
  [
    'no federation',
    { federation: undefined },
    'federation is required. It must be an AwsToGoogleFederation or AwsToGoogleFederation.fromAttributes(…).',
  ],
  [
    'a queue in capitals',
    { queue: 'Batch' },
    'queue must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit (got "Batch"). Use "batch".',
  ],
  ['call-backs that are a word', { callbacks: 'yes' }, 'callbacks must be true or false (got "yes").'],
  [
    'a Secret in capitals',
    { secrets: ['Database'] },
    'secrets[0] must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit (got "Database"). Use "database".',
  ],
  [
    'an endpoint with a scheme',
    { endpoint: { host: 'https://gke-1.us-central1.gke.goog/' } },
    'endpoint.host must be a DNS name or an IP address, without "https://" (got "https://gke-1.us-central1.gke.goog/"). Use "gke-1.us-central1.gke.goog".',
  ],
  [
    'a private authority of the public endpoint',
    { endpoint: { host: 'gke-1.us-central1.gke.goog', certificateAuthority: 'LS0=' } },
    'endpoint.certificateAuthority must be omitted for the DNS endpoint, which has a public certificate (got "LS0="). Omit it.',
  ],
  [
    'memory of a toy',
    { memoryMb: 64 },
    'memoryMb must be a whole number from 128 to 10240 (got 64). Use at least 128.',
  ],
  [
    'days that CloudWatch does not know',
    { logRetentionDays: 100 },
    'logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 100). Use 120.',
  ],
  [
    'a key that is no ARN',
    { kmsKeyArn: 'alias/mine' },
    'kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "alias/mine"). Use the ARN of the key of this alias.',
  ],
  [
    'no concurrency',
    { reservedConcurrency: 0 },
    'reservedConcurrency must be a whole number from 1 to 1000 (got 0). Use at least 1.',
  ],
  ['a provider of another cloud', { awsProvider: {} }, 'awsProvider must be a provider of aws (got {}).'],
  ['another of them', { googleProvider: {} }, 'googleProvider must be a provider of google (got {}).'],
  [
    'and the last of them',
    { kubernetesProvider: {} },
    'kubernetesProvider must be a provider of kubernetes (got {}).',
  ],
  ['no reason', { reason: undefined }, 'reason is required. Set it here or with Defaults.of(scope).'],
  [
    'a reason of two lines',
    { reason: 'one\ntwo' },
    'reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got "one\\ntwo"). Write it in one line.',
  ],
  [
    'a property that does not exist',
    { serviceAccount: 'etl' },
    'serviceAccount is not a property. Did you mean "serviceAccountName"?',
  ],
];

test.each(bad)('%s is refused', (_, props, message) => {
  const make = () => {
    const stack = orchestrationStack();
    return new GkeJobTarget(stack, 'etl', {
      ...platform(stack),
      name: 'etl',
      namespace: 'etl',
      serviceAccountName: 'etl',
      images,
      reason: 'loads the warehouse',
      ...props,
    } as GkeJobTargetProps);
  };
  expect(refusal(make).message).toBe(`prod/etl: ${message}`);
});

test('a federation of another account is refused, and nothing is left behind', () => {
  const stack = orchestrationStack();
  const federation = new AwsToGoogleFederation(stack, 'other', {
    project,
    account: { id: '123456789012', region: 'eu-west-1' },
    poolId: 'other-roles',
    reason: 'lets in another account',
  });
  federation.allowRole('somebody');
  const { cluster } = platform(stack);
  const before = stack.node.findAll().length;
  const make = () => target(stack, { cluster, federation });
  expect(refusal(make).message).toBe(
    'prod/etl: account.id must be the account of the federation (123456789012) (got "210987654321"). Use a federation of this account.',
  );
  expect(stack.node.findAll()).toHaveLength(before);
});
