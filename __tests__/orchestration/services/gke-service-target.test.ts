import { TerraformVariable, type TerraformStack } from 'cdktf';
import { AwsToGoogleFederation } from '../../../lib/identity/aws-to-google-federation';
import {
  ApiGatewayTarget,
  type ApiGatewayTargetProps,
} from '../../../lib/orchestration/services/api-gateway-target';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import type { GkeServiceTargetProps } from '../../../lib/orchestration/services/gke-service-target-props';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { inJson, byAddress, refusal, resource, resources, type Json } from '../../synth';
import { account, orchestrationStack, project } from '../fixtures';
import { madeBy, statements } from '../triggers/fixtures';

const AUDIENCE = 'https://books.example.com';
const ROLE = 'arn:aws:iam::210987654321:role/books-gke-caller';
const aws = ServiceAuth.awsToken({ audience: AUDIENCE });
const google = (stack: TerraformStack) =>
  ServiceAuth.googleIdToken({
    audience: AUDIENCE,
    project,
    federation: new AwsToGoogleFederation(stack, 'federation', {
      project,
      account,
      poolId: 'aws-roles',
      reason: 'lets state machines call services',
    }),
  });

function service(stack: TerraformStack, props: Partial<GkeServiceTargetProps> = {}): GkeServiceTarget {
  return new GkeServiceTarget(stack, 'books', {
    name: 'books',
    account,
    url: AUDIENCE,
    auth: aws,
    reason: 'asks for books',
    owner: 'team-books',
    ...props,
  });
}

/** What the function is told. */
function settings(stack: TerraformStack): Json {
  const { environment } = resource(stack, 'aws_lambda_function');
  return JSON.parse(String(environment!.variables!.SERVICE_TARGET)) as Json;
}

test('settings that do not fit into the environment of a function are refused', () => {
  const paths = Array.from({ length: 50 }, (_, index) => `/v1/${'x'.repeat(100)}${index}`);
  expect(refusal(() => service(orchestrationStack(), { paths })).message).toMatch(
    /^prod\/books\/function: environment must fit into the 4096 bytes .* \(got "\d{4} bytes"\)/,
  );
});

describe('with a token of AWS', () => {
  test('a target is a function, and a role that may ask for tokens', () => {
    const stack = orchestrationStack();
    const target = service(stack);
    expect(target).toMatchObject({
      functionArn: 'arn:aws:lambda:eu-west-1:210987654321:function:books-gke-service:live',
      callerRoleArn: ROLE,
      googleServiceAccount: undefined,
      methods: ['GET', 'POST'],
      paths: ['/'],
      timeoutSeconds: 60,
    });
    expect(madeBy(stack, 'books')).toMatchSnapshot();
    expect(Object.keys(byAddress(stack)).filter((address) => address.startsWith('google_'))).toEqual([]);
  });

  test.each<[string, GkeServiceTargetProps['auth'], object]>([
    [
      'of five minutes by ES384',
      aws,
      {
        StringEquals: { 'sts:SigningAlgorithm': 'ES384' },
        NumericLessThanEquals: { 'sts:DurationSeconds': '300' },
      },
    ],
    [
      'as it was asked for',
      ServiceAuth.awsToken({ audience: AUDIENCE, signingAlgorithm: 'RS256', durationSeconds: 3_600 }),
      {
        StringEquals: { 'sts:SigningAlgorithm': 'RS256' },
        NumericLessThanEquals: { 'sts:DurationSeconds': '3600' },
      },
    ],
  ])('the role may get one %s, and for one audience', (_, proof, conditions) => {
    const stack = orchestrationStack();
    service(stack, { auth: proof });
    const { policy } = Object.values(madeBy(stack, 'books')).find(({ name }) => String(name) === 'token')!;
    expect(policy!.Statement).toEqual([
      {
        Sid: 'RequestIdentityToken',
        Effect: 'Allow',
        Action: ['sts:GetWebIdentityToken'],
        Resource: ['*'],
        Condition: {
          'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': [AUDIENCE] },
          Null: { 'sts:IdentityTokenAudience': 'false' },
          ...conditions,
        },
      },
    ]);
    expect(settings(stack).auth).toMatchObject({
      kind: 'aws',
      signingAlgorithm: (conditions as { StringEquals: Record<string, string> }).StringEquals[
        'sts:SigningAlgorithm'
      ],
    });
  });
});

describe('with an ID token of Google', () => {
  const stack = orchestrationStack();
  const target = service(stack, { auth: google(stack) });

  test('a target is a function, a role, and an account of Google that it acts as', () => {
    expect(madeBy(stack, 'books')).toMatchSnapshot();
    expect(target.googleServiceAccount!.email).toBe('books-gke-caller@my-project.iam.gserviceaccount.com');
  });

  test('the account has no role in its project, and the role of AWS no policy', () => {
    expect(Object.keys(byAddress(stack)).filter((address) => /project_iam/.test(address))).toEqual([]);
    const policies = resources(stack, 'aws_iam_role_policy').map(({ name }) => name);
    expect(policies).toEqual(['function']);
  });

  test('the role asks for the ID token itself, and never for a token of the account', () => {
    expect(settings(stack).auth).toEqual({
      kind: 'google',
      audience: AUDIENCE,
      idTokenUrl:
        'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/books-gke-caller@my-project.iam.gserviceaccount.com:generateIdToken',
      credentials: expect.not.objectContaining({
        service_account_impersonation_url: expect.anything() as string,
      }) as object,
    });
  });

  test('who calls it waits for the role and for what it may do at Google', () => {
    const awaited = target
      .dependenciesIn(stack)
      .map(({ node }) => node.path.split('/').slice(2, 4).join('/'));
    expect(awaited).toEqual([
      'function/alias',
      'role',
      expect.stringMatching(/^federated-role\/iam\.serviceAccountOpenIdTokenCreator/),
    ]);
  });

  test('the client of IAP is an audience', () => {
    const other = orchestrationStack();
    const audience = '123-abc.apps.googleusercontent.com';
    service(other, { auth: ServiceAuth.googleIdToken({ ...google(other), audience }) });
    expect(settings(other).auth!.audience).toBe(audience);
  });
});

describe('the function', () => {
  test('may take on the role of the target, and nothing else of this world', () => {
    const stack = orchestrationStack();
    service(stack);
    const [log, traces, act, ...rest] = statements(stack, 'books').filter(
      ({ Sid }) => String(Sid) !== 'RequestIdentityToken',
    );
    expect(log!.Resource).toEqual([
      'arn:aws:logs:eu-west-1:210987654321:log-group:/aws/lambda/books-gke-service:*',
    ]);
    expect(traces!.Action).toEqual(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);
    expect(act).toEqual({
      Sid: 'AssumeTargetRole',
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: [ROLE],
    });
    expect(rest).toEqual([]);
  });

  test('in a VPC may make its network interfaces too', () => {
    const stack = orchestrationStack();
    service(stack, { vpc: { subnetIds: ['subnet-0a'], securityGroupIds: ['sg-0b'] } });
    expect(resource(stack, 'aws_lambda_function').vpc_config).toEqual({
      subnet_ids: ['subnet-0a'],
      security_group_ids: ['sg-0b'],
    });
    const join = statements(stack, 'books').find(({ Sid }) => String(Sid) === 'ManageNetworkInterfaces')!;
    expect((join.Action as unknown as string[]).every((action) => /^ec2:[A-Z][A-Za-z]+$/.test(action))).toBe(
      true,
    );
    const without = orchestrationStack();
    service(without);
    expect(JSON.stringify(statements(without, 'books'))).not.toContain('ec2:');
  });

  test('has longer than a call and the way to a token', () => {
    const stack = orchestrationStack();
    service(stack, { timeoutSeconds: 840, memoryMb: 512, logRetentionDays: 30, reservedConcurrency: 5 });
    expect(resource(stack, 'aws_lambda_function')).toMatchObject({
      timeout: 870,
      memory_size: 512,
      reserved_concurrent_executions: 5,
    });
    expect(resource(stack, 'aws_cloudwatch_log_group').retention_in_days).toBe(30);
  });

  test('is told what it may call, and no more', () => {
    const stack = orchestrationStack();
    const certificateAuthority = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
    service(stack, {
      url: `${AUDIENCE}/api`,
      methods: ['GET'],
      paths: ['/v1', '/v2/books'],
      responseBytes: 5_000,
      certificateAuthority,
    });
    expect(settings(stack)).toMatchObject({
      name: 'books',
      url: `${AUDIENCE}/api`,
      methods: ['GET'],
      paths: ['/v1', '/v2/books'],
      roleArn: ROLE,
      responseBytes: 5_000,
      certificateAuthority: Buffer.from(certificateAuthority).toString('base64'),
      reason: 'asks for books',
    });
  });

  test('is told of an authority that Terraform knows', () => {
    const stack = orchestrationStack();
    const certificateAuthority = new TerraformVariable(stack, 'ca', {}).stringValue;
    service(stack, { certificateAuthority });
    expect(settings(stack).certificateAuthority).toBe(inJson('base64encode(var.ca)'));
  });
});

const bad: [string, (stack: TerraformStack) => Record<string, unknown>, string][] = [
  [
    'a name in capitals',
    () => ({ name: 'Books' }),
    'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Books").',
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
    'auth.durationSeconds must be a whole number from 60 to 3600 (got 59).',
  ],
  [
    'a token of more than an hour',
    () => ({ auth: ServiceAuth.awsToken({ audience: AUDIENCE, durationSeconds: 3_601 }) }),
    'auth.durationSeconds must be a whole number from 60 to 3600 (got 3601).',
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
  ['no methods', () => ({ methods: [] }), 'methods must be a list of at least 1 item (got []).'],
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
    'vpc.subnetIds must be a list of at least 1 and at most 16 items (got []).',
  ],
  [
    'subnets and groups the wrong way round',
    () => ({ vpc: { subnetIds: ['sg-0b'], securityGroupIds: ['subnet-0a'] } }),
    '2 problems\n  - vpc.subnetIds[0] must be the id of a subnet, "subnet-…" (got "sg-0b").\n  - vpc.securityGroupIds[0] must be the id of a security group, "sg-…" (got "subnet-0a").',
  ],
  [
    'more time than a function has',
    () => ({ timeoutSeconds: 841 }),
    'timeoutSeconds must be a whole number from 1 to 840 (got 841).',
  ],
  [
    'more than a state machine carries',
    () => ({ responseBytes: 200_001 }),
    'responseBytes must be a whole number from 1 to 200000 (got 200001).',
  ],
  [
    'memory of a toy',
    () => ({ memoryMb: 64 }),
    'memoryMb must be a whole number from 128 to 10240 (got 64).',
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
    'reservedConcurrency must be a whole number from 1 to 1000 (got 0).',
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

describe('an API Gateway', () => {
  const gateway = (props: Partial<ApiGatewayTargetProps> = {}) =>
    new ApiGatewayTarget({ account, apiId: 'a1b2c3d4e5', stage: 'live', ...props });
  const api = 'arn:aws:execute-api:eu-west-1:210987654321:a1b2c3d4e5/live';

  test('is reached at its host, in the part of AWS that it is in', () => {
    expect(gateway()).toMatchObject({
      endpoint: 'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com',
      stage: 'live',
      apiArn: api,
      methods: ['GET', 'POST'],
      paths: ['/'],
    });
    const china = gateway({ account: { ...account, region: 'cn-north-1', partition: 'aws-cn' } });
    expect(china.endpoint).toBe('a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn');
    expect(china.apiArn).toMatch(/^arn:aws-cn:execute-api:cn-north-1:/);
  });

  test('lets in one method, on its paths and what is below', () => {
    expect(gateway().arns('GET')).toEqual([`${api}/GET/*`]);
    expect(gateway({ paths: ['/v1', '/v2/books'] }).arns('POST')).toEqual([
      `${api}/POST/v1`,
      `${api}/POST/v1/*`,
      `${api}/POST/v2/books`,
      `${api}/POST/v2/books/*`,
    ]);
    expect(gateway({ stage: '$default' }).arns('GET')).toEqual([api.replace('live', '$default') + '/GET/*']);
  });

  test.each<[string, object, string]>([
    [
      'an id in capitals',
      { apiId: 'A1B2C3D4E5' },
      'ApiGatewayTarget: apiId must be the id of an API, with 6 to 20 lower-case letters and digits (got "A1B2C3D4E5").',
    ],
    [
      'a host in place of an id',
      { apiId: 'a1b2.execute-api.eu-west-1.amazonaws.com' },
      'ApiGatewayTarget: apiId must be the id of an API, with 6 to 20 lower-case letters and digits (got "a1b2.execute-api.eu-west-1.amazonaws.com").',
    ],
    [
      'a stage with a slash',
      { stage: 'live/v1' },
      'ApiGatewayTarget: stage must have 1 to 128 letters, digits, "-" and "_", or be "$default" (got "live/v1").',
    ],
    [
      'another method',
      { methods: ['OPTIONS'] },
      'ApiGatewayTarget: methods[0] must be one of "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" (got "OPTIONS").',
    ],
    [
      'a path without a slash',
      { paths: ['v1'] },
      'ApiGatewayTarget: paths[0] must start with "/", not end with "/", and have no "//", "..", "?" and "%" (got "v1").',
    ],
    [
      'all paths by a star',
      { paths: ['/*'] },
      'ApiGatewayTarget: paths[0] must not contain "*", which matches any characters in the policy of the state machine (got "/*"). A path includes all paths below it.',
    ],
    [
      'an account that is none',
      { account: '210987654321' },
      'ApiGatewayTarget: account must be an object (got "210987654321").',
    ],
    [
      'a property that does not exist',
      { api: 'x' },
      'ApiGatewayTarget: api is not a property. The properties are: account, apiId, stage, methods, paths.',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(refusal(() => gateway(props)).message).toBe(message);
  });
});
