import { rmSync } from 'node:fs';
import { AWS, access, queue, root } from './synthesized';

afterAll(() => rmSync(root, { recursive: true, force: true }));

const lambda = {
  provider: AWS,
  resource: {
    aws_iam_role: { caller: { name: 'caller' } },
    aws_lambda_function: { call: { function_name: 'call', role: '${aws_iam_role.caller.arn}' } },
    aws_lambda_alias: { live: { name: 'live', function_name: '${aws_lambda_function.call.function_name}' } },
  },
};

describe('in AWS', () => {
  test('a queue needs its actions on its ARN', () => {
    expect(access(queue).aws).toEqual([
      {
        account: '123456789012',
        policies: [
          {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: [
                  'sqs:CreateQueue',
                  'sqs:DeleteQueue',
                  'sqs:GetQueueAttributes',
                  'sqs:GetQueueUrl',
                  'sqs:ListQueueTags',
                  'sqs:SetQueueAttributes',
                  'sqs:TagQueue',
                  'sqs:UntagQueue',
                ],
                Resource: ['arn:aws:sqs:eu-west-1:123456789012:orders'],
              },
            ],
          },
        ],
      },
    ]);
  });

  test('a plan reads and passes no role', () => {
    const actions = access(lambda, { planOnly: true })
      .aws.flatMap(({ policies }) => policies)
      .flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    expect(actions.filter((action) => !/:(Get|List|Describe)/.test(action))).toEqual([]);
  });

  test('a role may be passed to its service only', () => {
    const statements = access(lambda).aws.flatMap(({ policies }) =>
      policies.flatMap(({ Statement }) => Statement),
    );
    expect(statements.filter(({ Action }) => Action.includes('iam:PassRole'))).toEqual([
      {
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: ['arn:aws:iam::123456789012:role/caller'],
        Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      },
    ]);
  });

  test('a reference to a resource of the stack gives its ARNs', () => {
    const statements = access(lambda).aws.flatMap(({ policies }) =>
      policies.flatMap(({ Statement }) => Statement),
    );
    const [alias] = statements.filter(({ Action }) => Action.includes('lambda:CreateAlias'));
    expect(alias?.Resource).toEqual([
      'arn:aws:lambda:eu-west-1:123456789012:function:call',
      'arn:aws:lambda:eu-west-1:123456789012:function:call:*',
    ]);
  });

  test.each([
    [
      { region: 'cn-north-1', allowed_account_ids: ['123456789012'] },
      'arn:aws-cn:sqs:cn-north-1:123456789012:orders',
    ],
    [{ region: 'us-gov-west-1' }, 'arn:aws-us-gov:sqs:us-gov-west-1:*:orders'],
    [{ region: 'eusc-de-east-1' }, 'arn:aws-eusc:sqs:eusc-de-east-1:*:orders'],
    [{ region: '${var.region}' }, 'arn:aws:sqs:*:*:orders'],
  ])('a provider with %o gives the ARN %s', (provider, arn) => {
    const [aws] = access({ ...queue, provider: { aws: [provider] } }).aws;
    expect(aws?.policies[0]?.Statement[0]?.Resource).toEqual([arn]);
  });

  test('a name that only Terraform knows is a wildcard', () => {
    const [aws] = access({ ...queue, resource: { aws_sqs_queue: { orders: { name: '${var.name}' } } } }).aws;
    expect(aws?.policies[0]?.Statement[0]?.Resource).toEqual(['arn:aws:sqs:eu-west-1:123456789012:*']);
  });

  test('each policy fits into a managed policy of 6,144 characters', () => {
    const names = Array.from({ length: 300 }, (_, index) => `orders-${index}`);
    const queues = Object.fromEntries(names.map((name) => [name, { name }]));
    const [aws] = access({ provider: AWS, resource: { aws_sqs_queue: queues } }).aws;
    const policies = aws?.policies ?? [];
    for (const policy of policies) expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6144);
    const arns = policies.flatMap(({ Statement }) => Statement.flatMap(({ Resource }) => Resource));
    expect(arns.sort()).toEqual(names.map((name) => `arn:aws:sqs:eu-west-1:123456789012:${name}`).sort());
  });
});
