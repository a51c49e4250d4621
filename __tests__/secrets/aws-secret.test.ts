import type { TerraformStack } from 'cdktf';
import { GkeToAwsRole } from '../../lib/identity/federation/gke-to-aws-role';
import { resource, resources } from '../synth';
import { account, onAws, stackWithAws } from './fixtures';
import { READER, type Statement, clusterOf, made, statements } from './rotated-secret-fixtures';

const awsRoleOf = (stack: TerraformStack) =>
  new GkeToAwsRole(stack, 'books', {
    cluster: clusterOf(stack),
    account,
    namespace: 'books',
    serviceAccountName: 'books',
    roleName: 'books',
    reason: 'serves the bookshop',
  });

describe('a secret in Secrets Manager', () => {
  test('is a secret without a value, and a function that Secrets Manager calls', () => {
    const stack = stackWithAws();
    const secret = onAws(stack);
    expect(made(stack)).toMatchInlineSnapshot(`
     [
       "aws_cloudwatch_log_group.database_aws_function_log",
       "aws_cloudwatch_metric_alarm.database_aws_alarm",
       "aws_iam_role.database_aws_function_role",
       "aws_iam_role_policy.database_aws_function_policy",
       "aws_lambda_alias.database_aws_function_alias",
       "aws_lambda_function.database_aws_function",
       "aws_lambda_permission.database_aws_permission",
       "aws_secretsmanager_secret.database_aws_secret",
       "aws_secretsmanager_secret_rotation.database_aws_rotation",
     ]
    `);
    expect(secret.currentValueName).toBe('database');
    expect(resource(stack, 'aws_secretsmanager_secret_rotation')).toMatchObject({
      rotate_immediately: true,
      rotation_lambda_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:database-rotation:live',
      rotation_rules: { automatically_after_days: 30 },
      depends_on: [expect.stringMatching(/^aws_lambda_permission\./)],
    });
  });

  test('its function is called for this secret alone', () => {
    const stack = stackWithAws();
    onAws(stack);
    expect(resource(stack, 'aws_lambda_permission')).toMatchObject({
      principal: 'secretsmanager.amazonaws.com',
      qualifier: 'live',
      source_account: '123456789012',
      source_arn: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.[\w-]+\.arn\}$/) as string,
    });
  });

  test('its function writes values and cannot read them', () => {
    const stack = stackWithAws();
    onAws(stack);
    expect(statements(stack, 'function')).toMatchInlineSnapshot(`
     [
       {
         "Action": [
           "secretsmanager:DescribeSecret",
           "secretsmanager:PutSecretValue",
           "secretsmanager:UpdateSecretVersionStage",
         ],
         "Effect": "Allow",
         "Resource": [
           "arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-??????",
         ],
         "Sid": "RotateSecret",
       },
       {
         "Action": [
           "lambda:InvokeFunction",
         ],
         "Effect": "Allow",
         "Resource": [
           "arn:aws:lambda:eu-west-1:123456789012:function:set-password:live",
           "arn:aws:lambda:eu-west-1:123456789012:function:test-password:live",
         ],
         "Sid": "InvokeHooks",
       },
     ]
    `);
  });

  test('with a key of the user, function and readers use it through Secrets Manager alone', () => {
    const stack = stackWithAws();
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/0f8fad5b';
    const secret = onAws(stack, { kmsKeyArn });
    const key = {
      Resource: [kmsKeyArn],
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
    };
    expect(statements(stack, 'function')).toContainEqual(
      expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], ...key }),
    );
    expect(secret.grants.readStatements({ reason: 'signs in' })).toEqual([
      {
        actions: ['secretsmanager:GetSecretValue'],
        resources: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-??????'],
        reason: 'signs in',
      },
      {
        actions: ['kms:Decrypt'],
        resources: [kmsKeyArn],
        conditions: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
        reason: 'signs in',
      },
    ]);
  });

  test('is read by the AWS roles of pods that are granted it', () => {
    const stack = stackWithAws();
    onAws(stack).grants.read(awsRoleOf(stack), READER);
    const policies = resources(stack, 'aws_iam_role_policy').map(({ policy }) => String(policy));
    const readers = policies.filter((policy) => policy.includes('GetSecretValue'));
    expect(readers).toHaveLength(1);
    expect((JSON.parse(readers[0]!) as { Statement: Statement[] }).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue'],
        Resource: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-??????'],
      },
    ]);
  });
});
