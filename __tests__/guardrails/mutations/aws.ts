import { set, type Mutation } from './mutation';

const trust = (statement: object) =>
  set('assume_role_policy', JSON.stringify({ Statement: [{ Effect: 'Allow', ...statement }] }));
const policy = (statement: object) =>
  set('policy', JSON.stringify({ Statement: [{ Effect: 'Allow', ...statement }] }));

/** Changes of roles, policies and functions of AWS. */
export const awsMutations: readonly Mutation[] = [
  {
    title: 'every account assumes a role',
    type: 'aws_iam_role',
    change: trust({ Principal: '*', Action: 'sts:AssumeRole' }),
    rule: 'AWS004',
  },
  {
    title: 'a trust without the source account',
    type: 'aws_iam_role',
    change: trust({ Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    rule: 'AWS005',
  },
  {
    title: 'a trust of every pod of a cluster',
    type: 'aws_iam_role',
    change: trust({
      Principal: { Federated: 'arn:aws:iam::1:oidc-provider/x' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    }),
    rule: 'AWS002',
  },
  {
    title: 'a policy for everything',
    type: 'aws_iam_role_policy',
    change: policy({ Action: '*', Resource: '*' }),
    rule: 'AWS006',
  },
  {
    title: 'a policy with NotAction',
    type: 'aws_iam_role_policy',
    change: policy({ NotAction: 's3:*', Resource: '*' }),
    rule: 'AWS006',
  },
  ...[
    'iam:PassRole',
    'iam:CreateAccessKey',
    'iam:AttachRolePolicy',
    'iam:UpdateAssumeRolePolicy',
    'states:UpdateStateMachine',
    'sts:AssumeRole',
    'lambda:UpdateFunctionCode',
    'iam:Put*',
    'IAM:PASSROLE',
  ].map((action) => ({
    title: `${action} on every resource`,
    type: 'aws_iam_role_policy',
    change: policy({ Action: action, Resource: '*' }),
    rule: 'AWS008',
  })),
  {
    title: 'answers for every task',
    type: 'aws_iam_role_policy',
    change: policy({ Action: 'states:SendTaskSuccess', Resource: '*' }),
    rule: 'AWS009',
  },
  {
    title: 'tokens for every audience',
    type: 'aws_iam_role_policy',
    change: policy({ Action: 'sts:GetWebIdentityToken', Resource: '*' }),
    rule: 'AWS010',
  },
  {
    title: 'HTTP calls to every endpoint',
    type: 'aws_iam_role_policy',
    change: policy({ Action: 'states:InvokeHTTPEndpoint', Resource: '*' }),
    rule: 'SFN011',
  },
  {
    title: 'a public queue',
    type: 'aws_sqs_queue_policy',
    change: policy({ Principal: '*', Action: 'sqs:*', Resource: '*' }),
    rule: 'AWS011',
  },
  {
    title: 'a public bucket',
    type: 'aws_s3_bucket_policy',
    change: policy({ Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: '*' }),
    rule: 'AWS011',
  },
  {
    title: 'logs for ever',
    type: 'aws_cloudwatch_log_group',
    change: set('retention_in_days', undefined),
    rule: 'AWS015',
  },
  {
    title: 'a key in a function',
    type: 'aws_lambda_function',
    change: set('environment.variables.AWS_ACCESS_KEY_ID', 'x'),
    rule: 'AWS014',
  },
  ...['pipes.amazonaws.com', 'scheduler.amazonaws.com'].map((service) => ({
    title: `${service} assumes a role for every account`,
    type: 'aws_iam_role',
    change: trust({ Principal: { Service: service }, Action: 'sts:AssumeRole' }),
    rule: 'AWS005',
  })),
];
