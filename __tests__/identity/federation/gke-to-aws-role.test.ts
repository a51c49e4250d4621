import { TerraformVariable, type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import {
  inJson,
  addresses,
  byAddress,
  problems,
  refusal,
  resource,
  synthesized,
  testStack,
  withAws,
} from '../../synth';
import { ISSUER, PROVIDER_ARN, account, awsStack, bind, read } from '../aws-role-fixtures';

const policyOf = (stack: TerraformStack) =>
  JSON.parse(String(resource(stack, 'aws_iam_role_policy').policy)) as Record<string, unknown>;

describe('an AWS role of pods', () => {
  test('trusts one service account of one cluster, and has its permissions in one policy', () => {
    const stack = awsStack();
    bind(stack, { statements: [read], owner: 'books', ticket: 'BOOK-3' });
    expect(byAddress(stack)).toMatchInlineSnapshot(`
     {
       "aws_iam_openid_connect_provider.gke-oidc-providers_a028d56a_provider_259BBC2E": {
         "//": {
           "reason": "roles that trust pods of the cluster share it",
         },
         "client_id_list": [
           "sts.amazonaws.com",
         ],
         "url": "https://container.googleapis.com/v1/projects/my-project/locations/us-central1/clusters/main",
       },
       "aws_iam_role.aws-reader_role_3414B1E4": {
         "//": {
           "owner": "books",
           "reason": "reads covers from S3",
           "ticket": "BOOK-3",
         },
         "assume_role_policy": "{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::210987654321:oidc-provider/container.googleapis.com/v1/projects/my-project/locations/us-central1/clusters/main"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"container.googleapis.com/v1/projects/my-project/locations/us-central1/clusters/main:sub":"system:serviceaccount:books:reader","container.googleapis.com/v1/projects/my-project/locations/us-central1/clusters/main:aud":"sts.amazonaws.com"}}}]}",
         "depends_on": [
           "aws_iam_openid_connect_provider.gke-oidc-providers_a028d56a_provider_259BBC2E",
         ],
         "description": "reads covers from S3 (owner: books, ticket: BOOK-3)",
         "name": "books-reader",
       },
       "aws_iam_role_policy.aws-reader_policy_B12931A6": {
         "//": {
           "owner": "books",
           "reason": "reads covers from S3",
           "ticket": "BOOK-3",
         },
         "name": "permissions",
         "policy": "{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::covers/*"]}]}",
         "role": "\${aws_iam_role.aws-reader_role_3414B1E4.name}",
       },
     }
    `);
  });

  test('has a trust policy that pins subject and audience exactly', () => {
    const stack = awsStack();
    bind(stack);
    expect(JSON.parse(String(resource(stack, 'aws_iam_role').assume_role_policy))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: PROVIDER_ARN },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              [`${ISSUER}:sub`]: 'system:serviceaccount:books:reader',
              [`${ISSUER}:aud`]: 'sts.amazonaws.com',
            },
          },
        },
      ],
    });
  });

  test('without permissions has no policy', () => {
    const stack = awsStack();
    bind(stack);
    expect(addresses(synthesized(stack)).filter((address) => /policy|key|user/.test(address))).toEqual([]);
  });

  test('is known to pods by what is known at synth', () => {
    const role = bind(awsStack());
    expect(role.roleArn).toBe('arn:aws:iam::210987654321:role/books-reader');
    expect(role.environment).toEqual({
      AWS_ROLE_ARN: 'arn:aws:iam::210987654321:role/books-reader',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/secrets/tokens/aws/token',
      AWS_REGION: 'eu-west-1',
      AWS_STS_REGIONAL_ENDPOINTS: 'regional',
    });
    expect(role.tokenVolume).toEqual({
      name: 'aws-token',
      projected: {
        sources: [
          { serviceAccountToken: { audience: 'sts.amazonaws.com', expirationSeconds: 3600, path: 'token' } },
        ],
      },
    });
    expect(role.tokenVolumeMount).toEqual({
      name: 'aws-token',
      mountPath: '/var/run/secrets/tokens/aws',
      readOnly: true,
    });
  });

  test('says how long a session may last and what bounds it', () => {
    const stack = awsStack();
    const permissionsBoundaryArn = 'arn:aws:iam::210987654321:policy/workloads';
    bind(stack, { maxSessionSeconds: 7_200, permissionsBoundaryArn });
    expect(resource(stack, 'aws_iam_role')).toMatchObject({
      max_session_duration: 7_200,
      permissions_boundary: permissionsBoundaryArn,
    });
  });

  test('in another partition has ARNs of it', () => {
    const role = bind(awsStack(), {
      account: { id: account.id, region: 'us-gov-west-1', partition: 'aws-us-gov' },
    });
    expect(role.roleArn).toBe('arn:aws-us-gov:iam::210987654321:role/books-reader');
    expect(role.oidcProvider.arn).toBe(`arn:aws-us-gov:iam::210987654321:oidc-provider/${ISSUER}`);
  });

  test('of a cluster in a project that Terraform will know refers to it', () => {
    const stack = awsStack();
    const project = { id: new TerraformVariable(stack, 'project', {}).stringValue };
    const own = GkeCluster.fromAttributes(stack, 'own', { project, name: 'main', location: 'us-central1' });
    bind(stack, { cluster: own });
    expect(resource(stack, 'aws_iam_role').assume_role_policy).toContain(
      `container.googleapis.com/v1/projects/${inJson('var.project')}/locations/us-central1/clusters/main:sub`,
    );
  });
});

describe('permissions', () => {
  test('are added to the one policy, with what each is for beside it', () => {
    const stack = awsStack();
    const role = bind(stack, { statements: [read] });
    role.addStatement({
      sid: 'Send',
      actions: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
      resources: ['arn:aws:states:eu-west-1:210987654321:stateMachine:books'],
      conditions: { StringEquals: { 'aws:ResourceAccount': ['210987654321'] } },
      reason: 'tells the state machine how it went',
    });
    expect(policyOf(stack)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::covers/*'] },
        {
          Sid: 'Send',
          Effect: 'Allow',
          Action: ['states:SendTaskSuccess', 'states:SendTaskFailure'],
          Resource: ['arn:aws:states:eu-west-1:210987654321:stateMachine:books'],
          Condition: { StringEquals: { 'aws:ResourceAccount': ['210987654321'] } },
        },
      ],
    });
    expect(resource(stack, 'aws_iam_role_policy')['//']).toEqual({
      reason: 'reads covers from S3',
      statements: [{ sid: 'Send', reason: 'tells the state machine how it went' }],
    });
  });

  test('on everything are let through with a reason, which stands beside them', () => {
    const stack = awsStack();
    const wildcard = 'the action takes no resource';
    bind(stack).addStatement({
      actions: ['ecr:GetAuthorizationToken'],
      resources: ['*'],
      acknowledge: { wildcard },
    });
    expect(resource(stack, 'aws_iam_role_policy')['//']).toMatchObject({
      statements: [{ actions: ['ecr:GetAuthorizationToken'], acknowledged: { wildcard } }],
    });
  });

  test.each([
    [{ actions: ['*'], resources: read.resources }, 'statement', /acknowledge\.wildcard/],
    [{ actions: ['s3:*'], resources: read.resources }, 'statement', /acknowledge\.wildcard/],
    [{ actions: read.actions, resources: ['*'] }, 'statement', /acknowledge\.wildcard/],
    [{ actions: [], resources: read.resources }, 'statement.actions', /at least 1/],
    [{ actions: ['s3.GetObject'], resources: read.resources }, 'statement.actions[0]', /Use "s3:GetObject"/],
    [{ ...read, resources: ['covers'] }, 'statement.resources[0]', /must be an ARN/],
    [{ ...read, resources: [] }, 'statement.resources', /at least 1/],
    [{ ...read, sid: 'a-b' }, 'statement.sid', /letters and digits/],
    [{ ...read, conditions: { equals: {} } }, 'the name "equals" in statement.conditions', /StringEquals/],
    [{ ...read, effect: 'Deny' }, 'statement.effect', /is not a property/],
  ])('%j are refused', (statement, property, message) => {
    const role = bind(awsStack());
    const error = refusal(() => role.addStatement(statement as never));
    expect(error.problems.map((problem) => problem.property)).toEqual([property]);
    expect(error.message).toMatch(message);
  });

  test('with a sid twice are refused, at once and one after the other', () => {
    const twice = { ...read, sid: 'Read' };
    expect(problems(() => bind(awsStack(), { statements: [twice, twice] }))).toHaveProperty([
      'statements[1].sid',
    ]);
    const role = bind(awsStack(), { statements: [twice] });
    expect(problems(() => role.addStatement(twice))).toHaveProperty(['statement.sid']);
  });

  test('that are longer than a policy may be are an error', () => {
    const stack = awsStack();
    const resources = Array.from({ length: 500 }, (_, index) => `arn:aws:s3:::covers-${index}/*`);
    bind(stack, { statements: [{ ...read, resources }] });
    expect(() => synthesized(stack)).toThrow(
      /statements must have at most 10240 characters in all inline policies of the role books-reader \(got "\d+ characters"\)\. Name fewer resources, or divide the work between two roles\./,
    );
  });
});

describe('a role is refused', () => {
  test.each([
    [{ namespace: 'Books' }, 'namespace', /Use "books"/],
    [{ namespace: 'kube-system' }, 'namespace', /must not start with "kube-" or "gke-managed-"/],
    [{ namespace: 'default' }, 'namespace', /acknowledge\.defaultNamespace/],
    [{ namespace: '*' }, 'namespace', /DNS label/],
    [{ serviceAccountName: 'default' }, 'serviceAccountName', /every pod/],
    [{ serviceAccountName: '*' }, 'serviceAccountName', /DNS subdomain/],
    [{ roleName: 'a'.repeat(65) }, 'roleName', /1 to 64/],
    [{ roleName: 'jobs/etl' }, 'roleName', /Use "etl"/],
    [{ maxSessionSeconds: 900 }, 'maxSessionSeconds', /3600 to 43200/],
    [{ maxSessionSeconds: 43_201 }, 'maxSessionSeconds', /3600 to 43200/],
    [{ permissionsBoundaryArn: 'workloads' }, 'permissionsBoundaryArn', /arn:aws:iam/],
    [{ account: { id: '1', region: 'x' } }, 'account.id,account.region', /12 digits/],
    [{ cluster: { issuer: 'http://x', dependenciesIn: () => [] } }, 'cluster.issuer', /https:\/\/HOST/],
    [{ cluster: {} }, 'cluster', /must be a cluster/],
    [{ statements: [{ actions: ['*'], resources: ['*'] }] }, 'statements[0]', /wildcard/],
    [{ tags: {} }, 'tags', /is not a property/],
  ])('with %j', (props, property, message) => {
    const stack = awsStack();
    const error = refusal(() => bind(stack, props as never));
    expect(error.problems.map((problem) => problem.property).join()).toBe(property);
    expect(error.message).toMatch(message);
    expect(stack.node.tryFindChild('aws-reader')).toBeUndefined();
  });

  test('unless the namespace "default" is acknowledged', () => {
    const stack = awsStack();
    bind(stack, { namespace: 'default', acknowledge: { defaultNamespace: 'an old chart' } });
    expect(resource(stack, 'aws_iam_role')['//']).toMatchObject({
      acknowledged: { defaultNamespace: 'an old chart' },
    });
  });
});

test('a reason in letters that IAM does not take stands whole beside the role', () => {
  const stack = withAws(testStack());
  bind(stack, { reason: 'liest Bücher – täglich' });
  const made = resource(stack, 'aws_iam_role');
  expect(made.description).toBe('liest Bücher ? täglich');
  expect(made['//']).toMatchObject({ reason: 'liest Bücher – täglich' });
});
