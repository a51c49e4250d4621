import { policy, reviewOf } from '../plans';

const allowed = policy({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111111111111:root' },
  Action: '*',
  Resource: '*',
});
const topic = 'arn:aws:sns:eu-west-1:111111111111:jobs';
const secret = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:key-abcdef';
const queue = 'https://sqs.eu-west-1.amazonaws.com/111111111111/jobs';

const cases: readonly (readonly [type: string, values: object, policyOf: object])[] = [
  ['aws_s3_bucket', { bucket: 'books', id: 'books', arn: 'arn:aws:s3:::books' }, { bucket: 'books' }],
  ['aws_sns_topic', { name: 'jobs', id: topic, arn: topic }, { arn: topic }],
  ['aws_sqs_queue', { name: 'jobs', id: queue, url: queue }, { queue_url: queue }],
  ['aws_secretsmanager_secret', { name: 'key', id: secret, arn: secret }, { secret_arn: secret }],
  ['aws_kms_key', { key_id: '1234', id: '1234' }, { key_id: '1234' }],
];

describe.each(cases)('a policy in an argument of %s', (type, values, policyOf) => {
  const reviewed = (after: string) =>
    reviewOf([
      { type, before: { ...values, policy: allowed }, after: values },
      { type: `${type}_policy`, after: { ...policyOf, policy: after } },
    ]).access.map(({ verdict, details }) => [verdict, ...details]);

  test('that moves to another resource changes nothing', () => {
    expect(reviewed(allowed)).toEqual([]);
  });

  test('that moves without its limit is broadened', () => {
    const open = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });
    expect(reviewed(open)).toEqual([['broadened', expect.stringMatching(/^may now /)]]);
  });
});
