import { type S3ObjectTriggerProps } from '../../../lib/orchestration/triggers/s3-object-trigger';
import { resource, synthesized, type Json } from '../../synth';
import { stackOf } from './trigger-kinds';

describe('an object', () => {
  const key = (props: Partial<S3ObjectTriggerProps>) =>
    (
      JSON.parse(
        String(resource(stackOf('object', props), 'aws_cloudwatch_event_rule').event_pattern),
      ) as Json
    ).detail!.object?.key;

  test.each<[Partial<S3ObjectTriggerProps>, unknown]>([
    [{}, undefined],
    [{ prefix: 'in/' }, [{ prefix: 'in/' }]],
    [{ suffix: '.csv' }, [{ suffix: '.csv' }]],
    [{ prefix: 'in*/', suffix: '\\.csv' }, [{ wildcard: 'in\\*/*\\\\.csv' }]],
  ])('is looked for by its key: %j', (props, pattern) => {
    expect(key(props)).toEqual(pattern);
  });

  test('of a bucket whose notifications are somebody else’s changes nothing there', () => {
    expect(synthesized(stackOf('object')).resource).not.toHaveProperty('aws_s3_bucket_notification');
    expect(
      resource(stackOf('object', { ownsBucketNotification: true }), 'aws_s3_bucket_notification'),
    ).toEqual({
      bucket: 'incoming',
      eventbridge: true,
    });
  });
});
