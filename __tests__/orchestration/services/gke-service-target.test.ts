import { TerraformVariable, type TerraformStack } from 'cdktf';
import { AwsToGoogleFederation } from '../../../lib/identity/aws-to-google-federation';
import {
  ApiGatewayTarget,
  type ApiGatewayTargetProps,
} from '../../../lib/orchestration/services/api-gateway-target';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import type { GkeServiceTargetProps } from '../../../lib/orchestration/services/gke-service-target-props';
import { byAddress, refusal, resource, resources, type Json } from '../../synth';
import { account, orchestrationStack, project } from '../fixtures';
import { madeBy, statements } from '../triggers/fixtures';

const AUDIENCE = 'https://books.example.com';
const ROLE = 'arn:aws:iam::210987654321:role/books-gke-caller';
const aws = { aws: { audience: AUDIENCE } };
const google = (stack: TerraformStack) => ({
  google: {
    audience: AUDIENCE,
    project,
    federation: new AwsToGoogleFederation(stack, 'federation', {
      project,
      account,
      poolId: 'aws-roles',
      reason: 'lets state machines call services',
    }),
  },
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
    /^prod\/books\/function: environment: got "\d{4} bytes"; AWS Lambda takes 4096 bytes of environment/,
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
      { aws: { audience: AUDIENCE, signingAlgorithm: 'RS256', durationSeconds: 3_600 } },
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
    service(other, { auth: { google: { ...google(other).google, audience } } });
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
    expect(settings(stack).certificateAuthority).toBe('${base64encode(var.ca)}');
  });
});

const bad: [string, (stack: TerraformStack) => Record<string, unknown>, string][] = [
  [
    'a name in capitals',
    () => ({ name: 'Books' }),
    'name: got "Books"; it has 1 to 40 lower-case letters, digits and hyphens, starts with a letter and does not end with a hyphen.',
  ],
  [
    'an account without a region',
    () => ({ account: { id: account.id } }),
    'account.region: is missing; it is a string.',
  ],
  [
    'plain http',
    () => ({ url: 'http://books.example.com' }),
    'url: got "http://books.example.com"; a service is at an https URL without a query and without a name and password. Use "https://books.example.com".',
  ],
  [
    'a URL with a query',
    () => ({ url: `${AUDIENCE}?a=1` }),
    'url: got "https://books.example.com?a=1"; a service is at an https URL without a query and without a name and password.',
  ],
  [
    'a URL with a password',
    () => ({ url: 'https://me:secret@books.example.com' }),
    'url: got "https://me:secret@books.example.com"; a service is at an https URL without a query and without a name and password.',
  ],
  ['no auth', () => ({ auth: {} }), 'auth: got {}; auth is { google: … } or { aws: … }.'],
  [
    'two proofs',
    (stack) => ({ auth: { ...aws, ...google(stack) } }),
    'auth: got a value of type object; auth is { google: … } or { aws: … }.',
  ],
  [
    'another kind of auth',
    () => ({ auth: { azure: {} } }),
    'auth.azure: got {}; there is no such property. There are: google, aws.',
  ],
  [
    'an audience without https',
    () => ({ auth: { aws: { audience: 'http://books.example.com' } } }),
    'auth.aws.audience: got "http://books.example.com"; an audience is an https URL, for example "https://books.example.com". Use "https://books.example.com".',
  ],
  [
    'an audience that is a word',
    () => ({ auth: { aws: { audience: 'books' } } }),
    'auth.aws.audience: got "books"; an audience is an https URL, for example "https://books.example.com".',
  ],
  [
    'an audience of IAP for AWS',
    () => ({ auth: { aws: { audience: '1-a.apps.googleusercontent.com' } } }),
    'auth.aws.audience: got "1-a.apps.googleusercontent.com"; an audience is an https URL, for example "https://books.example.com".',
  ],
  [
    'at Google, an audience without https',
    (stack) => ({ auth: { google: { ...google(stack).google, audience: 'books' } } }),
    'auth.google.audience: got "books"; an audience is an https URL, for example "https://books.example.com".',
  ],
  [
    'a token of 59 seconds',
    () => ({ auth: { aws: { audience: AUDIENCE, durationSeconds: 59 } } }),
    'auth.aws.durationSeconds: got 59; it is a whole number from 60 to 3600.',
  ],
  [
    'a token of more than an hour',
    () => ({ auth: { aws: { audience: AUDIENCE, durationSeconds: 3_601 } } }),
    'auth.aws.durationSeconds: got 3601; it is a whole number from 60 to 3600.',
  ],
  [
    'another algorithm',
    () => ({ auth: { aws: { audience: AUDIENCE, signingAlgorithm: 'HS256' } } }),
    'auth.aws.signingAlgorithm: got "HS256"; it is one of "RS256", "ES384".',
  ],
  [
    'a federation of another account',
    (stack) => ({ auth: google(stack), account: { ...account, id: '123456789012' } }),
    'account.id: got "123456789012"; the federation lets in roles of the account 210987654321. Use a federation of this account.',
  ],
  [
    'a project without a form',
    (stack) => ({ auth: { google: { ...google(stack).google, project: 'my-project' } } }),
    'auth.google.project: got "my-project"; it is an object.',
  ],
  ['no methods', () => ({ methods: [] }), 'methods: got []; it is a list of at least 1 item.'],
  [
    'a method in lower case',
    () => ({ methods: ['get'] }),
    'methods[0]: got "get"; it is one of "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE". Use "GET".',
  ],
  [
    'a path that ends with a slash',
    () => ({ paths: ['/v1/'] }),
    'paths[0]: got "/v1/"; a path begins with "/", does not end with it, and has no "//", "..", "?" and "%". Use "/v1".',
  ],
  [
    'a path that climbs',
    () => ({ paths: ['/v1/../admin'] }),
    'paths[0]: got "/v1/../admin"; a path begins with "/", does not end with it, and has no "//", "..", "?" and "%".',
  ],
  [
    'a path with an escape',
    () => ({ paths: ['/v1/%2e%2e'] }),
    'paths[0]: got "/v1/%2e%2e"; a path begins with "/", does not end with it, and has no "//", "..", "?" and "%".',
  ],
  [
    'an authority that is no certificate',
    () => ({ certificateAuthority: 'MIIB' }),
    'certificateAuthority: got "MIIB"; it is a certificate as PEM.',
  ],
  [
    'no subnets',
    () => ({ vpc: { subnetIds: [], securityGroupIds: ['sg-0b'] } }),
    'vpc.subnetIds: got []; it is a list of at least 1 and at most 16 items.',
  ],
  [
    'subnets and groups the wrong way round',
    () => ({ vpc: { subnetIds: ['sg-0b'], securityGroupIds: ['subnet-0a'] } }),
    '2 problems\n  - vpc.subnetIds[0]: got "sg-0b"; a subnet is named by its id, "subnet-…".\n  - vpc.securityGroupIds[0]: got "subnet-0a"; a security group is named by its id, "sg-…".',
  ],
  [
    'more time than a function has',
    () => ({ timeoutSeconds: 841 }),
    'timeoutSeconds: got 841; it is a whole number from 1 to 840.',
  ],
  [
    'more than a state machine carries',
    () => ({ responseBytes: 200_001 }),
    'responseBytes: got 200001; it is a whole number from 1 to 200000.',
  ],
  ['memory of a toy', () => ({ memoryMb: 64 }), 'memoryMb: got 64; it is a whole number from 128 to 10240.'],
  [
    'days that CloudWatch does not know',
    () => ({ logRetentionDays: 2 }),
    'logRetentionDays: got 2; CloudWatch Logs keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days. Use 3.',
  ],
  [
    'a key that is no ARN',
    () => ({ kmsKeyArn: 'mine' }),
    'kmsKeyArn: got "mine"; a key is named by its ARN, arn:aws:kms:REGION:ACCOUNT:key/ID.',
  ],
  [
    'no concurrency',
    () => ({ reservedConcurrency: 0 }),
    'reservedConcurrency: got 0; it is a whole number from 1 to 1000.',
  ],
  [
    'a provider of another cloud',
    () => ({ awsProvider: {} }),
    'awsProvider: got {}; it is a provider of aws.',
  ],
  [
    'a provider of Google for a token of AWS',
    (stack) => ({ googleProvider: stack.node.findChild('google') }),
    'googleProvider: got a value of type object; nothing is made in Google Cloud for a token of AWS. Leave it out.',
  ],
  ['no reason', () => ({ reason: undefined }), 'reason: is missing; it is a string.'],
  [
    'a property that does not exist',
    () => ({ path: '/v1' }),
    'path: got "/v1"; there is no such property. Did you mean "paths"?',
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
      'ApiGatewayTarget: apiId: got "A1B2C3D4E5"; an API is named by its id, 6 to 20 lower-case letters and digits.',
    ],
    [
      'a host in place of an id',
      { apiId: 'a1b2.execute-api.eu-west-1.amazonaws.com' },
      'ApiGatewayTarget: apiId: got "a1b2.execute-api.eu-west-1.amazonaws.com"; an API is named by its id, 6 to 20 lower-case letters and digits.',
    ],
    [
      'a stage with a slash',
      { stage: 'live/v1' },
      'ApiGatewayTarget: stage: got "live/v1"; a stage is named by 1 to 128 letters, digits, "-" and "_".',
    ],
    [
      'another method',
      { methods: ['OPTIONS'] },
      'ApiGatewayTarget: methods[0]: got "OPTIONS"; it is one of "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE".',
    ],
    [
      'a path without a slash',
      { paths: ['v1'] },
      'ApiGatewayTarget: paths[0]: got "v1"; a path begins with "/", does not end with it, and has no "//", "..", "?" and "%".',
    ],
    [
      'all paths by a star',
      { paths: ['/*'] },
      'ApiGatewayTarget: paths[0]: got "/*"; in the policy that lets the state machine in, "*" would stand for any characters. A path stands for all below it too.',
    ],
    [
      'an account that is none',
      { account: '210987654321' },
      'ApiGatewayTarget: account: got "210987654321"; it is an object.',
    ],
    [
      'a property that does not exist',
      { api: 'x' },
      'ApiGatewayTarget: api: got "x"; there is no such property. There are: account, apiId, stage, methods, paths.',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(refusal(() => gateway(props)).message).toBe(message);
  });
});
