import { TerraformVariable, type TerraformStack } from 'cdktf';
import type { GkeServiceTargetProps } from '../../../lib/orchestration/services/gke-service-target-props';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { refusal } from '../../synth';
import { account, orchestrationStack, project } from '../fixtures';
import { AUDIENCE, google, service } from './target-fixtures';

const bad: [string, (stack: TerraformStack) => Record<string, unknown>, string][] = [
  [
    'a name in capitals',
    () => ({ name: 'Books' }),
    'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Books"). Use "books".',
  ],
  [
    'an account without a region',
    () => ({ account: { id: account.id } }),
    'account.region is required. It must be a string.',
  ],
  [
    'plain http',
    () => ({ url: 'http://books.example.com' }),
    'url must be an https URL without a query, a user name or a password (got "http://books.example.com"). Use "https://books.example.com".',
  ],
  [
    'a URL with a query',
    () => ({ url: `${AUDIENCE}?a=1` }),
    'url must be an https URL without a query, a user name or a password (got "https://books.example.com?a=1").',
  ],
  [
    'a URL with a password',
    () => ({ url: 'https://me:secret@books.example.com' }),
    'url must be an https URL without a query, a user name or a password (got "https://me:secret@books.example.com").',
  ],
  [
    'an audience that is not the URL, which is known after apply',
    (stack) => ({
      auth: ServiceAuth.awsToken(),
      url: `https://${new TerraformVariable(stack, 'host', {}).stringValue}`,
    }),
    'auth.audience must be known at synth (got "a token"). Pass a plain value instead of a token.',
  ],
  [
    'no project of the Google service account',
    (stack) => ({ auth: ServiceAuth.googleIdToken({ ...google(stack), project: undefined }) }),
    'auth.project is required. It must be an object.',
  ],
  [
    'no auth',
    () => ({ auth: {} as never }),
    'auth must be ServiceAuth.googleIdToken(…) or ServiceAuth.awsToken(…) (got {}).',
  ],
  [
    'another kind of auth',
    () => ({ auth: { kind: 'azure' } as never }),
    'auth must be ServiceAuth.googleIdToken(…) or ServiceAuth.awsToken(…) (got {"kind":"azure"}).',
  ],
  [
    'a property of the other kind',
    () => ({
      auth: { ...ServiceAuth.awsToken({ audience: AUDIENCE }), project } as never,
    }),
    'auth.project is not a property. The properties are: kind, audience, issuer, signingAlgorithm, durationSeconds.',
  ],
  [
    'an audience without https',
    () => ({ auth: ServiceAuth.awsToken({ audience: 'http://books.example.com' }) }),
    'auth.audience must be an https URL, for example "https://books.example.com" (got "http://books.example.com"). Use "https://books.example.com".',
  ],
  [
    'an audience that is a word',
    () => ({ auth: ServiceAuth.awsToken({ audience: 'books' }) }),
    'auth.audience must be an https URL, for example "https://books.example.com" (got "books").',
  ],
  [
    'an audience of IAP for AWS',
    () => ({ auth: ServiceAuth.awsToken({ audience: '1-a.apps.googleusercontent.com' }) }),
    'auth.audience must be an https URL, for example "https://books.example.com" (got "1-a.apps.googleusercontent.com").',
  ],
  [
    'at Google, an audience without https',
    (stack) => ({ auth: ServiceAuth.googleIdToken({ ...google(stack), audience: 'books' }) }),
    'auth.audience must be an https URL, for example "https://books.example.com" (got "books").',
  ],
  [
    'a token of 59 seconds',
    () => ({ auth: ServiceAuth.awsToken({ audience: AUDIENCE, durationSeconds: 59 }) }),
    'auth.durationSeconds must be a whole number from 60 to 3000 (got 59). Use at least 60.',
  ],
  [
    'a token of more than an hour',
    () => ({ auth: ServiceAuth.awsToken({ audience: AUDIENCE, durationSeconds: 3_001 }) }),
    'auth.durationSeconds must be a whole number from 60 to 3000 (got 3001). Use at most 3000.',
  ],
  [
    'another algorithm',
    () => ({ auth: ServiceAuth.awsToken({ audience: AUDIENCE, signingAlgorithm: 'HS256' as never }) }),
    'auth.signingAlgorithm must be one of "RS256", "ES384" (got "HS256").',
  ],
  [
    'a federation of another account',
    (stack) => ({ auth: google(stack), account: { ...account, id: '123456789012' } }),
    'account.id must be the account of the federation (210987654321) (got "123456789012"). Use a federation of this account.',
  ],
  [
    'a project without a form',
    (stack) => ({ auth: ServiceAuth.googleIdToken({ ...google(stack), project: 'my-project' as never }) }),
    'auth.project must be an object (got "my-project").',
  ],
  ['no methods', () => ({ methods: [] }), 'methods must be a list of at least 1 item (got []). Add an item.'],
  [
    'a method in lower case',
    () => ({ methods: ['get'] }),
    'methods[0] must be one of "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" (got "get"). Use "GET".',
  ],
  [
    'a path that ends with a slash',
    () => ({ paths: ['/v1/'] }),
    'paths[0] must start with "/", not end with "/", and have no "//", "..", "?" and "%" (got "/v1/"). Use "/v1".',
  ],
  [
    'a path that climbs',
    () => ({ paths: ['/v1/../admin'] }),
    'paths[0] must start with "/", not end with "/", and have no "//", "..", "?" and "%" (got "/v1/../admin").',
  ],
  [
    'a path with an escape',
    () => ({ paths: ['/v1/%2e%2e'] }),
    'paths[0] must start with "/", not end with "/", and have no "//", "..", "?" and "%" (got "/v1/%2e%2e").',
  ],
  [
    'an authority that is no certificate',
    () => ({ certificateAuthority: 'MIIB' }),
    'certificateAuthority must be a certificate in PEM format (got "MIIB").',
  ],
  [
    'no subnets',
    () => ({ vpc: { subnetIds: [], securityGroupIds: ['sg-0b'] } }),
    'vpc.subnetIds must be a list of at least 1 and at most 16 items (got []). Add an item.',
  ],
  [
    'subnets and groups the wrong way round',
    () => ({ vpc: { subnetIds: ['sg-0b'], securityGroupIds: ['subnet-0a'] } }),
    '2 problems\n  - vpc.subnetIds[0] must be the id of a subnet, "subnet-…" (got "sg-0b").\n  - vpc.securityGroupIds[0] must be the id of a security group, "sg-…" (got "subnet-0a").',
  ],
  [
    'more time than a function has',
    () => ({ timeoutSeconds: 841 }),
    'timeoutSeconds must be a whole number from 1 to 840 (got 841). Use at most 840.',
  ],
  [
    'more than a state machine carries',
    () => ({ responseBytes: 200_001 }),
    'responseBytes must be a whole number from 1 to 200000 (got 200001). Use at most 200000.',
  ],
  [
    'memory of a toy',
    () => ({ memoryMb: 64 }),
    'memoryMb must be a whole number from 128 to 10240 (got 64). Use at least 128.',
  ],
  [
    'days that CloudWatch does not know',
    () => ({ logRetentionDays: 2 }),
    'logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 2). Use 3.',
  ],
  [
    'a key that is no ARN',
    () => ({ kmsKeyArn: 'mine' }),
    'kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "mine").',
  ],
  [
    'no concurrency',
    () => ({ reservedConcurrency: 0 }),
    'reservedConcurrency must be a whole number from 1 to 1000 (got 0). Use at least 1.',
  ],
  [
    'a provider of another cloud',
    () => ({ awsProvider: {} }),
    'awsProvider must be a provider of aws (got {}).',
  ],
  [
    'a provider of Google for a token of AWS',
    (stack) => ({ googleProvider: stack.node.findChild('google') }),
    'googleProvider must be omitted for a token of AWS, for which nothing is created in Google Cloud (got a value of type object). Omit it.',
  ],
  ['no reason', () => ({ reason: undefined }), 'reason is required. Set it here or with Defaults.of(scope).'],
  [
    'a property that does not exist',
    () => ({ path: '/v1' }),
    'path is not a property. Did you mean "paths"?',
  ],
];

test.each(bad)('%s is refused', (_, props, message) => {
  const make = () => {
    const stack = orchestrationStack();
    return service(stack, props(stack) as Partial<GkeServiceTargetProps>);
  };
  expect(refusal(make).message).toBe(`prod/books: ${message}`);
});
