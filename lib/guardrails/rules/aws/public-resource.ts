import { RESOURCE_POLICIES } from '../../../access/edges/aws-policy-arguments';
import { rule } from '../../rule';
import { limitedForEveryAccount } from './every-account';
import { policyOf } from './policy';

/** Conditions that name the caller or the network it calls from. */
const LIMITS =
  /^aws:(principal(arn|orgid|account|orgpaths)|source(account|arn|orgid|vpc|vpce|ip|owner)|calledvia.*|viaawsservice)$|^kms:(calleraccount|viaservice)$/;

/** Types whose policy grants something by itself. That of a VPC endpoint limits what identities have anyway. */
const TYPES = Object.keys(RESOURCE_POLICIES).filter((type) => !type.startsWith('aws_vpc_endpoint'));

/** An API that allows every caller and denies by a condition, as the examples of API Gateway do. */
const apiWithDenial = (condition: object, resource = 'execute-api:/*') => {
  const anyCaller = { Principal: '*', Action: 'execute-api:Invoke' };
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', ...anyCaller, Resource: 'execute-api:/*' },
      { Effect: 'Deny', ...anyCaller, Resource: resource, Condition: condition },
    ],
  });
  return { resource: { aws_api_gateway_rest_api_policy: { x: { rest_api_id: 'a', policy } } } };
};

/** A queue with a condition for every sender. */
const queueFor = (condition: object) => {
  const sender = { Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
  const policy = policyOf({ ...sender, Condition: condition });
  return { resource: { aws_sqs_queue_policy: { x: { queue_url: 'q', policy } } } };
};

/** Resources that every principal can use. */
export const publicResource = rule(TYPES, {
  id: 'AWS011',
  title: 'Resource that every AWS account can use',
  severity: 'error',
  why: 'The principal "*" is every identity of every account, and for some services every caller without an account.',
  fix: 'Name the principals, or test aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  check: (resource) =>
    limitedForEveryAccount(resource, RESOURCE_POLICIES[resource.resource.type]?.document ?? 'policy', (key) =>
      LIMITS.test(key),
    ),
  passes: [
    apiWithDenial({ NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } }),
    apiWithDenial({}),
    queueFor({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:123456789012:*' } }),
    {
      resource: {
        aws_vpc_endpoint: {
          x: { vpc_id: 'v', policy: policyOf({ Principal: '*', Action: '*', Resource: '*' }) },
        },
      },
    },
    queueFor({ ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:123456789012:t' } }),
    {
      resource: {
        aws_s3_bucket_policy: {
          x: {
            bucket: 'b',
            policy: JSON.stringify({
              Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
            }),
          },
        },
      },
    },
  ],
  fails: [
    apiWithDenial({ NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }),
    queueFor({ IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } }),
    queueFor({ ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }),
    queueFor({ Null: { 'aws:PrincipalOrgID': 'false' } }),
    apiWithDenial({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } }),
    apiWithDenial({
      NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] },
      Bool: { 'aws:SecureTransport': 'false' },
    }),
    apiWithDenial({ NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } }, 'execute-api:/prod/*'),
    {
      resource: {
        aws_opensearch_domain: {
          x: {
            domain_name: 'd',
            access_policies: policyOf({ Principal: '*', Action: 'es:ESHttp*', Resource: '*' }),
          },
        },
      },
    },
    {
      resource: {
        aws_s3_bucket_policy: {
          x: {
            bucket: 'b',
            policy: policyOf({ Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }),
          },
        },
      },
    },
    {
      resource: {
        aws_sns_topic_policy: {
          x: {
            arn: 't',
            policy: policyOf({
              Principal: { AWS: '*' },
              Action: 'sns:Publish',
              Resource: '*',
              Condition: { Bool: { 'aws:SecureTransport': 'true' } },
            }),
          },
        },
      },
    },
  ],
  unknowns: [
    queueFor({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:${var.account}:*' } }),
    queueFor({ IpAddress: { 'aws:SourceIp': '${var.range}' } }),
  ],
});
