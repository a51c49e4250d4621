import { actionsOf, HERE, passes } from './aws-actions';
import { AWS_BUCKET_RESOURCES } from './aws-bucket-table';
import { AWS_EVENTS_RESOURCES } from './aws-events-table';
import { AWS_MONITORING_RESOURCES } from './aws-monitoring-table';
import type { AwsTypePermissions } from './type-permissions';

/*
 * Actions of the aws provider by resource type. The calls that each resource makes are in the source of the provider;
 * the action and the resource types of a call are in the Service Authorization Reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */

const FUNCTION = [
  `arn:{partition}:lambda:${HERE}:function:{function_name}`,
  `arn:{partition}:lambda:${HERE}:function:{function_name}:*`,
];

/** API Gateway authorizes HTTP methods on paths; the ids of APIs are known after apply only. */
const GATEWAY: AwsTypePermissions = {
  arns: ['/apis', '/apis/*', '/tags/*'].map((path) => `arn:{partition}:apigateway:{region}::${path}`),
  ...actionsOf('apigateway', { create: 'POST', read: 'GET', update: 'PATCH PUT', delete: 'DELETE' }),
};

/** Needs of each resource type that the library creates with the aws provider. */
export const AWS_RESOURCES: Readonly<Record<string, AwsTypePermissions>> = {
  ...AWS_BUCKET_RESOURCES,
  ...AWS_EVENTS_RESOURCES,
  ...AWS_MONITORING_RESOURCES,
  aws_apigatewayv2_api: GATEWAY,
  aws_apigatewayv2_authorizer: GATEWAY,
  aws_apigatewayv2_integration: { ...GATEWAY, references: passes('credentials_arn', 'apigateway') },
  aws_apigatewayv2_route: GATEWAY,
  aws_apigatewayv2_stage: {
    ...GATEWAY,
    when: [
      {
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
        attribute: 'access_log_settings',
        actions: [
          'logs:CreateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:DescribeLogGroups',
          'logs:DescribeResourcePolicies',
          'logs:GetLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:UpdateLogDelivery',
        ],
      },
    ],
  },
  aws_iam_openid_connect_provider: {
    arns: ['arn:{partition}:iam::{account}:oidc-provider/{url}'],
    ...actionsOf('iam', {
      create: 'CreateOpenIDConnectProvider TagOpenIDConnectProvider',
      read: 'GetOpenIDConnectProvider',
      update:
        'AddClientIDToOpenIDConnectProvider RemoveClientIDFromOpenIDConnectProvider UpdateOpenIDConnectProviderThumbprint TagOpenIDConnectProvider UntagOpenIDConnectProvider',
      delete: 'DeleteOpenIDConnectProvider',
    }),
  },
  aws_iam_policy: {
    arns: ['arn:{partition}:iam::{account}:policy{path}{name}'],
    ...actionsOf('iam', {
      create: 'CreatePolicy TagPolicy',
      read: 'GetPolicy GetPolicyVersion ListPolicyVersions',
      update: 'CreatePolicyVersion DeletePolicyVersion TagPolicy UntagPolicy',
      delete: 'DeletePolicy DeletePolicyVersion',
    }),
  },
  aws_iam_role: {
    arns: ['arn:{partition}:iam::{account}:role{path}{name}'],
    ...actionsOf('iam', {
      create: 'CreateRole TagRole',
      read: 'GetRole ListRolePolicies ListAttachedRolePolicies',
      update:
        'UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy PutRolePermissionsBoundary DeleteRolePermissionsBoundary TagRole UntagRole',
      delete: 'DeleteRole ListInstanceProfilesForRole',
    }),
  },
  aws_iam_role_policy: {
    of: 'role',
    arns: ['arn:{partition}:iam::{account}:role/{role}'],
    ...actionsOf('iam', {
      create: 'PutRolePolicy',
      read: 'GetRolePolicy',
      update: 'PutRolePolicy',
      delete: 'DeleteRolePolicy',
    }),
  },
  aws_iam_role_policy_attachment: {
    of: 'role',
    arns: ['arn:{partition}:iam::{account}:role/{role}'],
    ...actionsOf('iam', {
      create: 'AttachRolePolicy',
      read: 'ListAttachedRolePolicies',
      update: 'AttachRolePolicy',
      delete: 'DetachRolePolicy',
    }),
  },
  aws_lambda_alias: {
    of: 'function_name',
    arns: FUNCTION,
    ...actionsOf('lambda', {
      create: 'CreateAlias',
      read: 'GetAlias',
      update: 'UpdateAlias',
      delete: 'DeleteAlias',
    }),
  },
  aws_lambda_function: {
    arns: FUNCTION,
    ...actionsOf('lambda', {
      create: 'CreateFunction PublishVersion PutFunctionConcurrency TagResource',
      read: 'GetFunction GetFunctionCodeSigningConfig GetFunctionConfiguration ListTags ListVersionsByFunction',
      update:
        'UpdateFunctionCode UpdateFunctionConfiguration PublishVersion PutFunctionConcurrency DeleteFunctionConcurrency TagResource UntagResource',
      delete: 'DeleteFunction',
    }),
    references: [
      ...passes('role', 'lambda'),
      {
        attribute: 'kms_key_arn',
        actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt'],
      },
    ],
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    when: [
      {
        attribute: 'vpc_config',
        actions: [
          'ec2:DescribeNetworkInterfaces',
          'ec2:DescribeSecurityGroups',
          'ec2:DescribeSubnets',
          'ec2:DescribeVpcs',
        ],
      },
    ],
  },
  aws_lambda_function_event_invoke_config: {
    of: 'function_name',
    arns: FUNCTION,
    ...actionsOf('lambda', {
      create: 'PutFunctionEventInvokeConfig',
      read: 'GetFunctionEventInvokeConfig',
      update: 'PutFunctionEventInvokeConfig',
      delete: 'DeleteFunctionEventInvokeConfig',
    }),
  },
  aws_lambda_permission: {
    of: 'function_name',
    arns: FUNCTION,
    ...actionsOf('lambda', {
      create: 'AddPermission',
      read: 'GetPolicy',
      update: 'AddPermission RemovePermission',
      delete: 'RemovePermission',
    }),
  },
  aws_secretsmanager_secret: {
    arns: [`arn:{partition}:secretsmanager:${HERE}:secret:{name}-??????`],
    ...actionsOf('secretsmanager', {
      create: 'CreateSecret TagResource',
      read: 'DescribeSecret GetResourcePolicy',
      update: 'UpdateSecret TagResource UntagResource',
      delete: 'DeleteSecret',
    }),
  },
  aws_secretsmanager_secret_rotation: {
    of: 'secret_id',
    arns: [`arn:{partition}:secretsmanager:${HERE}:secret:{secret_id}`],
    ...actionsOf('secretsmanager', {
      create: 'RotateSecret',
      read: 'DescribeSecret',
      update: 'RotateSecret',
      delete: 'CancelRotateSecret',
    }),
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions.html
    references: [{ attribute: 'rotation_lambda_arn', actions: ['lambda:InvokeFunction'] }],
  },
};
