import { Defaults } from '../../../lib/defaults/defaults';
import { TerraformVariable, type TerraformStack } from 'cdktf';
import type { GkeServiceTargetProps } from '../../../lib/orchestration/services/gke-service-target-props';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { inJson, byAddress, refusal, resource, resources, type Json } from '../../synth';
import { orchestrationStack, project } from '../fixtures';
import { madeBy, statements } from '../triggers/fixtures';
import { AUDIENCE, aws, google, service } from './target-fixtures';

const ROLE = 'arn:aws:iam::210987654321:role/books-gke-caller';

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
      ServiceAuth.awsToken({ audience: AUDIENCE, signingAlgorithm: 'RS256', durationSeconds: 3_000 }),
      {
        StringEquals: { 'sts:SigningAlgorithm': 'RS256' },
        NumericLessThanEquals: { 'sts:DurationSeconds': '3000' },
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
      {
        Sid: 'SignRequestTags',
        Effect: 'Allow',
        Action: ['sts:TagGetWebIdentityToken'],
        Resource: ['*'],
        Condition: {
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['target', 'reason', 'run-id'] },
          StringEquals: { 'aws:RequestTag/target': 'books', 'aws:RequestTag/reason': 'asks for books' },
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

test('a reason that is known after apply is no claim', () => {
  const stack = orchestrationStack();
  service(stack, { reason: new TerraformVariable(stack, 'reason', {}).stringValue });
  const { environment } = resource(stack, 'aws_lambda_function');
  expect(String(environment!.variables!.SERVICE_TARGET)).toContain('"tags":{"target":"books"}');
});

test('a character of the reason that a tag must not have is "_" in the claim', () => {
  const stack = orchestrationStack();
  service(stack, { reason: 'asks for books (Emma, "Persuasion"), é 100 %' });
  expect(settings(stack).auth!.tags).toEqual({
    target: 'books',
    reason: 'asks for books _Emma_ _Persuasion___ é 100 _',
  });
});

test('the audience is the URL of the target, and the project is inherited', () => {
  const stack = orchestrationStack();
  Defaults.of(stack).set({ project });
  const { federation } = google(stack);
  const target = service(stack, { auth: ServiceAuth.googleIdToken({ federation }) });
  expect(target.caller).toEqual({
    kind: 'google',
    audience: AUDIENCE,
    serviceAccountEmails: ['books-gke-caller@my-project.iam.gserviceaccount.com'],
  });
  const other = orchestrationStack();
  service(other, { auth: ServiceAuth.awsToken(), url: `${AUDIENCE}/api` });
  expect(settings(other).auth!.audience).toBe(`${AUDIENCE}/api`);
});

test('a target has metrics of its function', () => {
  expect(service(orchestrationStack()).metric('Errors', { period: 60 })).toEqual({
    namespace: 'AWS/Lambda',
    metricName: 'Errors',
    dimensions: { FunctionName: 'books-gke-service' },
    statistic: 'Sum',
    period: 60,
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
      ({ Sid }) => !['RequestIdentityToken', 'SignRequestTags'].includes(String(Sid)),
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
