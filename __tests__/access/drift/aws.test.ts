import { policy } from '../graph/graph-of';
import { driftLines, roleDetails } from './drift-of';

const lambda = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books/*' };
const stackWith = (statements: readonly object[], trust: object = lambda, more: object = {}) => ({
  aws_iam_role: { app: { name: 'app', assume_role_policy: policy(trust) } },
  aws_iam_role_policy: { app: { role: '${aws_iam_role.app.name}', policy: policy(...statements) } },
  ...more,
});
const inNetwork = (range: string) => ({ ...read, Condition: { IpAddress: { 'aws:SourceIp': range } } });

test('the same statements in another order and spelling are no drift', () => {
  const write = { Effect: 'Allow', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::books/new/*'] };
  const live = roleDetails(lambda, [
    { ...write, Sid: 'Write', Action: 's3:putobject' },
    { ...read, Action: ['s3:GetObject'] },
  ]);
  expect(driftLines(stackWith([read, write]), live)).toEqual([]);
});

test.each<[string, object, object[], string[]]>([
  [
    'another action',
    read,
    [read, { ...read, Action: 's3:DeleteObject' }],
    ['extra | aws.role/app -> aws.resource/s3:books | s3:DeleteObject'],
  ],
  [
    'a wider action',
    read,
    [{ ...read, Action: 's3:Get*' }],
    ['widened | aws.role/app -> aws.resource/s3:books | s3:Get*'],
  ],
  [
    'every object of every bucket',
    read,
    [{ ...read, Resource: '*' }],
    ['extra | aws.role/app -> aws.resource/* | s3:GetObject'],
  ],
  [
    'the whole bucket and not a folder',
    { ...read, Resource: 'arn:aws:s3:::books/public/*' },
    [read],
    ['extra | aws.role/app -> aws.resource/s3:books | s3:GetObject'],
  ],
  [
    'a folder and not the whole bucket',
    read,
    [{ ...read, Resource: 'arn:aws:s3:::books/public/*' }],
    ['missing | aws.role/app -> aws.resource/s3:books | s3:GetObject'],
  ],
  [
    'a wider network',
    inNetwork('10.1.0.0/16'),
    [inNetwork('10.0.0.0/8')],
    [
      'weakened | aws.role/app -> aws.resource/s3:books | s3:GetObject | if IpAddress aws:SourceIp: 10.0.0.0/8',
    ],
  ],
  [
    'a narrower network',
    inNetwork('10.0.0.0/8'),
    [inNetwork('10.1.0.0/16')],
    [
      'missing | aws.role/app -> aws.resource/s3:books | s3:GetObject | if IpAddress aws:SourceIp: 10.0.0.0/8',
    ],
  ],
  [
    'everything but IAM',
    read,
    [read, { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
    ['extra | aws.role/app -> aws.resource/* | * | if NotAction excludes iam:*'],
  ],
  [
    'fewer excluded actions',
    { Effect: 'Allow', NotAction: ['iam:*', 'sts:*'], Resource: '*' },
    [{ Effect: 'Allow', NotAction: 'sts:*', Resource: '*' }],
    ['widened | aws.role/app -> aws.resource/* | * | if NotAction excludes sts:*'],
  ],
])('finds %s', (_, declared, live, lines) => {
  expect(driftLines(stackWith([declared]), roleDetails(lambda, live))).toEqual(lines);
});

test('a denial that the cloud does not have is wider access', () => {
  const all = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const deny = { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' };
  const found = driftLines(stackWith([all, deny]), roleDetails(lambda, [all]));
  expect(found).toEqual(['widened | aws.role/app -> aws.resource/* | s3:DeleteBucket']);
  expect(driftLines(stackWith([all, deny]), roleDetails(lambda, [all, deny]))).toEqual([]);
});

test('a role of the same name in another account is another principal', () => {
  const trust = (account: string) => ({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:role/caller` },
    Action: 'sts:AssumeRole',
  });
  const stack = stackWith([read], trust('111111111111'));
  expect(driftLines(stack, roleDetails(trust('111111111111'), [read]))).toEqual([]);
  expect(driftLines(stack, roleDetails(trust('999999999999'), [read]))).toEqual([
    'extra | aws.role/caller -> aws.role/app | sts:AssumeRole',
    'missing | aws.role/caller -> aws.role/app | sts:AssumeRole',
  ]);
});

test('an alias and all versions of a function are two resources', () => {
  const invoke = (resource: string) => ({
    Effect: 'Allow',
    Action: 'lambda:InvokeFunction',
    Resource: resource,
  });
  const stack = stackWith([invoke('${aws_lambda_function.f.arn}:live')], lambda, {
    aws_lambda_function: { f: { function_name: 'f', role: 'arn:aws:iam::111111111111:role/f' } },
  });
  const arn = 'arn:aws:lambda:us-east-1:111111111111:function:f';
  expect(driftLines(stack, roleDetails(lambda, [invoke(`${arn}:live`)]))).toEqual([]);
  const both = stackWith(
    ['${aws_lambda_function.f.arn}:live', '${aws_lambda_function.f.arn}'].map(invoke),
    lambda,
    {
      aws_lambda_function: { f: { function_name: 'f', role: 'arn:aws:iam::111111111111:role/f' } },
    },
  );
  expect(driftLines(both, roleDetails(lambda, [invoke(`${arn}:live`), invoke(arn)]))).toEqual([]);
  expect(driftLines(stack, roleDetails(lambda, [invoke(`${arn}:*`)]))).toEqual([
    'widened | aws.role/app -> aws.function/f | lambda:InvokeFunction',
  ]);
});

test('a service-linked role is of the cloud, and another role at another path is not', () => {
  const linked = {
    Path: '/aws-service-role/autoscaling.amazonaws.com/',
    RoleName: 'AWSServiceRoleForAutoScaling',
    Arn: 'arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
  };
  expect(driftLines({}, roleDetails(lambda, [read], linked))).toEqual([]);
  expect(driftLines({}, roleDetails(lambda, [read], { ...linked, Path: '/app/' }))).toHaveLength(2);
});

test('policies of AWS are compared by name, and policies of the account by content', () => {
  const attach = (arn: string) => ({
    aws_iam_role_policy_attachment: { x: { role: '${aws_iam_role.app.name}', policy_arn: arn } },
    aws_iam_policy: { p: { name: 'p', policy: policy(read) } },
  });
  const trusted = (more: object) => ({ ...stackWith([read], lambda), ...more });
  const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const attached = (...arns: readonly string[]) =>
    roleDetails(lambda, [read], { AttachedManagedPolicies: arns.map((PolicyArn) => ({ PolicyArn })) });
  expect(driftLines(trusted(attach(readOnly)), attached(readOnly))).toEqual([]);
  expect(driftLines(trusted({}), attached(readOnly))).toEqual([
    'extra | aws.role/app -> aws.resource/* | ReadOnlyAccess',
  ]);
  expect(driftLines(trusted(attach(readOnly)), attached())).toEqual([
    'missing | aws.role/app -> aws.resource/* | ReadOnlyAccess',
  ]);
});
