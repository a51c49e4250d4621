import { graphOf, linesOf, policy } from '../graph/graph-of';

const trust = (principal: object | string, condition?: object) =>
  policy({
    Effect: 'Allow',
    Principal: principal,
    Action: 'sts:AssumeRole',
    ...(condition && { Condition: condition }),
  });
const role = (name: string, principal: object | string, condition?: object) => ({
  name,
  assume_role_policy: trust(principal, condition),
});
const lambda = { Service: 'lambda.amazonaws.com' };
const OIDC = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';

describe('a trust policy', () => {
  test.each<[string, object | string, string]>([
    ['a service', lambda, 'aws.service/lambda.amazonaws.com'],
    ['an account', { AWS: '123456789012' }, 'aws.account/123456789012'],
    ['the root of an account', { AWS: 'arn:aws:iam::123456789012:root' }, 'aws.account/123456789012'],
    ['a role', { AWS: 'arn:aws:iam::123456789012:role/team/app' }, 'aws.role/app'],
    ['a session', { AWS: 'arn:aws:sts::123456789012:assumed-role/app/run' }, 'aws.role/app'],
    ['a user', { AWS: ['arn:aws:iam::123456789012:user/ada'] }, 'aws.user/ada'],
    ['every principal', '*', 'aws.principal/*'],
    ['a reference', { AWS: '${aws_iam_role.app.arn}' }, 'aws.role/app'],
    [
      'a SAML provider',
      { Federated: 'cognito-identity.amazonaws.com' },
      'aws.resource/cognito-identity.amazonaws.com',
    ],
  ])('names %s', (_, principal, from) => {
    const graph = graphOf({
      aws_iam_role: { it: role('it', principal), app: { name: 'app', assume_role_policy: policy() } },
    });
    expect(linesOf(graph)).toEqual([`assumes | ${from} -> aws.role/it | sts:AssumeRole`]);
  });

  test('has its conditions, and a denial is one', () => {
    const graph = graphOf({
      aws_iam_role: {
        it: {
          name: 'it',
          assume_role_policy: policy(
            {
              Effect: 'Allow',
              Principal: lambda,
              Action: 'sts:AssumeRole',
              Condition: { Bool: { 'aws:SecureTransport': 'true' } },
            },
            { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
          ),
        },
      },
    });
    expect(linesOf(graph)).toEqual([
      'assumes (deny) | aws.principal/* -> aws.role/it | sts:AssumeRole',
      'assumes | aws.service/lambda.amazonaws.com -> aws.role/it | sts:AssumeRole | if Bool aws:SecureTransport: true',
    ]);
  });

  test('names the workflow and the pod of a token', () => {
    const graph = graphOf({
      aws_iam_role: {
        ci: role(
          'ci',
          { Federated: OIDC },
          { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:o/r:*' } },
        ),
        pod: role(
          'pod',
          { Federated: OIDC },
          { StringEquals: { 'x:sub': 'system:serviceaccount:books:reader' } },
        ),
      },
    });
    expect(linesOf(graph).filter((line) => line.startsWith('assumes'))).toEqual([
      'assumes | ci.identity/repo:o/r:* -> aws.role/ci | sts:AssumeRole | if StringLike token.actions.githubusercontent.com:sub: repo:o/r:*',
      'assumes | kubernetes.serviceAccount/books/reader -> aws.role/pod | sts:AssumeRole | if StringEquals x:sub: system:serviceaccount:books:reader',
    ]);
  });

  test('that is known after apply is a gap', () => {
    const { gaps, coverage } = graphOf({
      aws_iam_role: { it: { name: 'it', assume_role_policy: '${var.trust}' } },
    });
    expect(gaps).toEqual([
      {
        source: { stack: 'prod', address: 'aws_iam_role.it', path: 'assume_role_policy' },
        reason: 'The trust policy is known after apply.',
      },
    ]);
    expect(coverage).toEqual({ stated: 1, read: 0 });
  });
});

describe('a policy', () => {
  const app = { app: { name: 'app', assume_role_policy: policy() } };
  const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books/*' };

  test.each<[string, object, string[]]>([
    [
      'of a role',
      { aws_iam_role_policy: { x: { role: '${aws_iam_role.app.id}', policy: policy(read) } } },
      ['grants | aws.role/app -> aws.resource/s3:books | s3:GetObject'],
    ],
    [
      'of a role by its name, with lists and a denial',
      {
        aws_iam_role_policy: {
          x: { role: 'app', policy: policy({ ...read, Effect: 'Deny', Action: ['s3:*'], Resource: ['*'] }) },
        },
      },
      ['grants (deny) | aws.role/app -> aws.resource/* | s3:*'],
    ],
    [
      'with NotAction and NotResource',
      {
        aws_iam_role_policy: {
          x: { role: 'app', policy: policy({ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'a' }) },
        },
      },
      [
        'grants | aws.role/app -> aws.resource/* | * | if NotAction excludes iam:* | if NotResource excludes a | possible',
      ],
    ],
    [
      'that is attached',
      {
        aws_iam_policy: { p: { name: 'p', policy: policy(read) } },
        aws_iam_role_policy_attachment: {
          x: { role: '${aws_iam_role.app.name}', policy_arn: '${aws_iam_policy.p.arn}' },
        },
      },
      ['grants | aws.role/app -> aws.resource/s3:books | s3:GetObject'],
    ],
    [
      'of AWS',
      {
        aws_iam_role_policy_attachment: {
          x: { role: 'app', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        },
      },
      ['grants | aws.role/app -> aws.resource/* | AdministratorAccess | * | possible'],
    ],
    [
      'that are all that a role has',
      {
        aws_iam_policy: { p: { name: 'p', policy: policy(read) } },
        aws_iam_role_policy_attachments_exclusive: {
          x: {
            role_name: '${aws_iam_role.app.name}',
            policy_arns: ['${aws_iam_policy.p.arn}', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
          },
        },
      },
      [
        'grants | aws.role/app -> aws.resource/* | ReadOnlyAccess | possible',
        'grants | aws.role/app -> aws.resource/s3:books | s3:GetObject',
      ],
    ],
    [
      'of a user and a group',
      {
        aws_iam_user_policy: { x: { user: 'ada', policy: policy(read) } },
        aws_iam_group_policy: { x: { group: 'staff', policy: policy(read) } },
      },
      [
        'grants | aws.group/staff -> aws.resource/s3:books | s3:GetObject',
        'grants | aws.user/ada -> aws.resource/s3:books | s3:GetObject',
      ],
    ],
    [
      'of a data source',
      {
        aws_iam_role_policy: { x: { role: 'app', policy: '${data.aws_iam_policy_document.d.json}' } },
      },
      ['grants | aws.role/app -> aws.resource/sqs:jobs | sqs:SendMessage'],
    ],
    [
      'inside of the role',
      {
        aws_iam_role: { app: { ...app.app, inline_policy: [{ name: 'x', policy: policy(read) }] } },
      },
      ['grants | aws.role/app -> aws.resource/s3:books | s3:GetObject'],
    ],
  ])('%s', (_, resources, lines) => {
    const data = {
      aws_iam_policy_document: {
        d: { statement: [{ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:1:jobs'] }] },
      },
    };
    const graph = graphOf({ aws_iam_role: app, ...resources }, { data });
    expect(linesOf(graph)).toEqual(lines);
    expect(graph.gaps).toEqual([]);
  });

  test('that invokes a function starts it, and the function has its role', () => {
    const graph = graphOf({
      aws_iam_role: app,
      aws_lambda_function: { f: { function_name: 'work', role: '${aws_iam_role.app.arn}' } },
      aws_iam_user_policy: {
        x: {
          user: 'ada',
          policy: policy({
            Effect: 'Allow',
            Action: 'lambda:*',
            Resource: '${aws_lambda_function.f.arn}:live',
          }),
        },
      },
    });
    expect(linesOf(graph)).toEqual([
      'grants | aws.user/ada -> aws.function/work | lambda:*',
      'runsAs | aws.function/work -> aws.role/app',
      'starts | aws.user/ada -> aws.function/work',
    ]);
  });

  test('with a pattern reaches the functions that it matches', () => {
    const graph = graphOf({
      aws_iam_role: app,
      aws_lambda_function: {
        f: { function_name: 'work-1', role: '${aws_iam_role.app.arn}' },
        g: { function_name: 'other', role: '${aws_iam_role.app.arn}' },
      },
      aws_iam_user_policy: {
        x: {
          user: 'ada',
          policy: policy({
            Effect: 'Allow',
            Action: 'lambda:InvokeFunction',
            Resource: 'arn:aws:lambda:*:*:function:work-*',
          }),
        },
      },
    });
    expect(linesOf(graph).filter((line) => line.startsWith('starts'))).toEqual([
      'starts | aws.user/ada -> aws.function/work-1',
    ]);
  });
});

test('an edge has the names of the policies where one node has several', () => {
  const account = (id: string) => `arn:aws:iam::${id}:role/caller`;
  const { edges } = graphOf({
    aws_lambda_function: { f: { function_name: 'f', role: account('111111111111') } },
    aws_iam_role: {
      app: {
        name: 'app',
        assume_role_policy: policy(
          ...['222222222222', '111111111111'].map((id) => ({
            Effect: 'Allow',
            Principal: { AWS: account(id) },
            Action: 'sts:AssumeRole',
          })),
        ),
      },
    },
    aws_iam_role_policy: {
      p: {
        role: 'app',
        policy: policy({
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Resource: ['${aws_lambda_function.f.arn}:live', '${aws_lambda_function.f.arn}'],
        }),
      },
    },
  });
  const of = (kind: string) => edges.filter((edge) => edge.kind === kind);
  expect(of('assumes')).toMatchObject([{ principals: [account('111111111111'), account('222222222222')] }]);
  expect(of('grants')).toMatchObject([
    { resources: ['arn:*:lambda:*:*:function:f', 'arn:*:lambda:*:*:function:f:live'] },
  ]);
});
