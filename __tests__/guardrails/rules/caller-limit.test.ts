import { publicResource } from '../../../lib/guardrails/rules/aws/public-resource';
import { verdictsOfExample } from '../../../lib/guardrails/example';

/** Verdict for a queue to which every caller sends under a condition. */
function verdictFor(condition: object): string {
  const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };
  const policy = JSON.stringify({ Statement: [{ ...statement, Condition: condition }] });
  const queue = { resource: { aws_sqs_queue_policy: { x: { queue_url: 'q', policy } } } };
  return verdictsOfExample(publicResource, queue)
    .map(({ verdict }) => verdict)
    .join();
}

test.each([
  { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:123456789012:*' } },
  { StringLike: { 'aws:SourceArn': 'arn:aws:s3:::books-*' } },
  { StringEquals: { 'aws:SourceAccount': '${var.account}' } },
  { StringEquals: { 'aws:SourceAccount': '*' } },
  { StringEquals: { 'aws:PrincipalOrgID': '$${aws:ResourceOrgID}' } },
  { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*' } },
  { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' } },
  { StringLike: { 'aws:SourceVpce': 'vpce-0a1b*' } },
  { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.7', '2001:db8::/32', 'fd00::/8'] } },
  { Bool: { 'aws:ViaAWSService': 'true' } },
  { Bool: { 'aws:SecureTransport': 'true' }, ArnEquals: { 'aws:SourceArn': '${aws_sns_topic.t.arn}' } },
])('%j limits the callers', (condition) => {
  expect(verdictFor(condition)).toBe('pass');
});

test.each([
  { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } },
  { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::*' } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/reader' } },
  { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*' } },
  { StringLike: { 'aws:PrincipalArn': '*:role/reader' } },
  { StringLike: { 'aws:SourceArn': ['arn:aws:sns:eu-west-1:123456789012:t', '*'] } },
  { StringLike: { 'aws:PrincipalOrgID': 'o-*' } },
  { StringLike: { 'aws:SourceVpce': 'vpce-*' } },
  { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*/r-ab12/*' } },
  { StringEquals: { 'aws:SourceAccount': '$${aws:PrincipalAccount}' } },
  { StringEqualsIfExists: { 'aws:SourceAccount': '123456789012' } },
  { 'ForAllValues:StringEquals': { 'aws:SourceAccount': '123456789012' } },
  { StringNotEquals: { 'aws:SourceAccount': '123456789012' } },
  { Null: { 'aws:PrincipalOrgID': 'false' } },
  { Bool: { 'aws:ViaAWSService': 'false' } },
  { 'ForAnyValue:Bool': { 'aws:ViaAWSService': 'false' } },
  { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } },
  { IpAddress: { 'aws:SourceIp': '::/0' } },
])('%j limits no caller', (condition) => {
  expect(verdictFor(condition)).toBe('fail');
});

test.each([
  { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:${var.account}:*' } },
  { StringLike: { 'aws:PrincipalOrgID': '${var.organization}' } },
  { 'ForAnyValue:ArnEquals': { 'aws:SourceArn': '${var.topic}' } },
  { IpAddress: { 'aws:SourceIp': '${var.range}' } },
])('%j cannot be evaluated', (condition) => {
  expect(verdictFor(condition)).toBe('unknown');
});
