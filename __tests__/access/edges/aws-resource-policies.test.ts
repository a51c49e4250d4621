import { RESOURCE_POLICIES } from '../../../lib/access/edges/aws-policy-arguments';
import { graphOf, linesOf, policy } from '../graph/graph-of';

test('policies of resources and permissions of functions', () => {
  const graph = graphOf({
    aws_s3_bucket: { b: { bucket: 'books' } },
    aws_s3_bucket_policy: {
      x: {
        bucket: '${aws_s3_bucket.b.id}',
        policy: policy({
          Effect: 'Allow',
          Principal: { AWS: '210987654321' },
          Action: 's3:GetObject',
          Resource: '*',
        }),
      },
    },
    aws_lambda_permission: {
      x: {
        function_name: 'work',
        action: 'lambda:InvokeFunction',
        principal: 's3.amazonaws.com',
        source_arn: 'arn:aws:s3:::books',
      },
    },
  });
  expect(linesOf(graph)).toEqual([
    'grants | aws.account/210987654321 -> aws.resource/s3:books | s3:GetObject',
    'grants | aws.service/s3.amazonaws.com -> aws.function/work | lambda:InvokeFunction | if source_arn: arn:aws:s3:::books',
    'starts | aws.service/s3.amazonaws.com -> aws.function/work | if source_arn: arn:aws:s3:::books',
  ]);
});

const allowsOther = policy({
  Effect: 'Allow',
  Principal: { AWS: '210987654321' },
  Action: 'x:Use',
  Resource: '*',
});

test.each(Object.entries(RESOURCE_POLICIES))('a policy of %s is an edge', (type, { document, resource }) => {
  const graph = graphOf({
    [type]: { x: { ...(resource && { [resource]: 'named' }), [document]: allowsOther } },
  });
  expect(linesOf(graph)).toEqual([
    expect.stringMatching(/^grants \| aws\.account\/210987654321 -> aws\..* \| x:Use$/),
  ]);
  if (resource) expect(linesOf(graph)[0]).toContain('named');
});

test('a policy of a type that the library does not know is an edge', () => {
  const graph = graphOf({ aws_new_service_policy: { x: { policy: allowsOther } } });
  expect(linesOf(graph)).toEqual([
    'grants | aws.account/210987654321 -> aws.resource/prod:aws_new_service_policy.x | x:Use',
  ]);
});

test('what names no principal is a gap', () => {
  const { gaps, coverage } = graphOf({
    aws_ssoadmin_permission_set_inline_policy: {
      x: { inline_policy: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) },
    },
    aws_ecr_lifecycle_policy: { x: { policy: policy() } },
    aws_sns_topic: { omitted: { name: 't', policy: null }, empty: { name: 'u', policy: '' } },
  });
  expect(gaps.map(({ source, reason }) => `${source.address} ${source.path}: ${reason}`)).toEqual([
    'aws_ssoadmin_permission_set_inline_policy.x inline_policy: The policy names no principal.',
  ]);
  expect(coverage).toEqual({ stated: 1, read: 0 });
});

test.each([
  ['aws_s3_bucket', { bucket: 'x' }, 'aws_s3_bucket_policy', { bucket: 'x' }],
  [
    'aws_sqs_queue',
    { name: 'x' },
    'aws_sqs_queue_policy',
    { queue_url: 'https://sqs.eu-west-1.amazonaws.com/1/x' },
  ],
  ['aws_sns_topic', { name: 'x' }, 'aws_sns_topic_policy', { arn: 'arn:aws:sns:eu-west-1:1:x' }],
  [
    'aws_secretsmanager_secret',
    { name: 'x' },
    'aws_secretsmanager_secret_policy',
    { secret_arn: 'arn:aws:secretsmanager:eu-west-1:1:secret:x-AbCdEf' },
  ],
  [
    'aws_dynamodb_table',
    { name: 'x' },
    'aws_dynamodb_resource_policy',
    { resource_arn: 'arn:aws:dynamodb:eu-west-1:1:table/x' },
  ],
  ['aws_cloudwatch_event_bus', { name: 'x' }, 'aws_cloudwatch_event_bus_policy', { event_bus_name: 'x' }],
])('a policy that names %s by a literal is of its node', (type, declared, policyType, named) => {
  const graph = graphOf({ [type]: { r: declared }, [policyType]: { p: { ...named, policy: allowsOther } } });
  expect(graph.edges.map(({ to }) => graph.nodes.find(({ id }) => id === to)?.source?.address)).toEqual([
    `${type}.r`,
  ]);
});
