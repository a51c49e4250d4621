import { S3BucketNotification } from '@cdktf/provider-aws/lib/s3-bucket-notification';
import { Construct } from 'constructs';
import { withName } from '../../core/names';
import type { WithInherited } from '../../core/inherited';
import { justificationOf } from '../../core/justification';
import { checkSameStack, reference } from '../../core/reference';
import { boolean, knownAtSynth, matching, optional, string, type Report, type Shape } from '../../core/rules';
import { validate } from '../../core/validation';
import { EventBridgeTrigger } from './event-bridge-trigger';
import type { DeliveryRetry, TriggerProps } from './trigger-props';
import { deliveryRetry, checkTrigger, triggerRules } from './trigger-rules';
import { toBucket } from '../../core/remedies';

/** A bucket of S3: an `S3Bucket` of the same stack, or its name. */
export interface BucketSource {
  /** Name of the bucket. */
  readonly bucket: string;
}

/** Props of an `S3ObjectTrigger`. */
export interface S3ObjectTriggerProps extends TriggerProps {
  /**
   * Bucket in the account and region of the orchestrator: an `S3Bucket` of this stack, or `{ bucket }` with its name.
   * It sends its events to EventBridge.
   */
  readonly bucket: BucketSource;
  /**
   * Prefix of the keys of the objects, for example `incoming/`.
   * @default - every key
   */
  readonly prefix?: string;
  /**
   * Suffix of the keys of the objects, for example `.csv`.
   * @default - every key
   */
  readonly suffix?: string;
  /**
   * Whether the trigger configures the bucket to send its events to EventBridge. A bucket has one notification
   * configuration: this one replaces any other, also notifications of functions, queues and topics.
   * @default false
   */
  readonly ownsBucketNotification?: boolean;
  /**
   * Retries of EventBridge.
   * @default - 185 retries within one hour
   */
  readonly retry?: DeliveryRetry;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const rules: Shape<S3ObjectTriggerProps> = {
  ...triggerRules,
  bucket: reference<BucketSource>({
    bucket: matching(
      BUCKET,
      'be the name of a bucket, with 3 to 63 lower-case letters, digits, dots and hyphens',
      (value) => toBucket(value, BUCKET),
    ),
  }),
  prefix: optional(knownAtSynth(string())),
  suffix: optional(knownAtSynth(string())),
  ownsBucketNotification: optional(boolean),
  retry: optional(deliveryRetry),
};

/**
 * Starts an orchestrator for each object that a client puts into a bucket, once per put. The input has `bucket` (its
 * name) and `object` (`key`, `size`, `etag`, `sequencer`, and `version-id` if the bucket has versions), unless `input`
 * is set. Keys are not URL-encoded.
 */
export class S3ObjectTrigger extends Construct {
  /** ARN of the role that starts the orchestrator: an entry of `starterRoleArns` of an `AwsAuditTrail`. */
  public readonly starterRoleArn: string;
  /** Name of the dead-letter queue: events that started no execution. */
  public readonly deadLetterQueueName: string;

  constructor(scope: Construct, id: string, given: S3ObjectTriggerProps) {
    super(scope, id);
    const props = validate(this, withName(this, given, 50), rules, (values, report) => {
      checkTrigger(values, report);
      checkNotEmpty(values, report);
      checkSameStack(this, 'bucket', values.bucket, ['bucket'], report);
    });
    const { bucket, ownsBucketNotification = false, awsProvider } = props;
    if (ownsBucketNotification) {
      new S3BucketNotification(this, 'bucket-notification', {
        bucket: bucket.bucket,
        eventbridge: true,
        provider: awsProvider,
      });
    }
    const events = new EventBridgeTrigger(this, 'events', {
      ...justificationOf(props),
      name: props.name,
      orchestrator: props.orchestrator,
      input: props.input ?? { 'object.$': '$.detail.object', 'bucket.$': '$.detail.bucket.name' },
      eventPattern: patternOf(props),
      // One execution per put of the object, even if S3 sends the event twice.
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
      deduplicationPaths: ['$.detail.bucket.name', '$.detail.object.key', '$.detail.object.sequencer'],
      retry: props.retry,
      logRetentionDays: props.logRetentionDays,
      kmsKeyArn: props.kmsKeyArn,
      alarmActions: props.alarmActions,
      awsProvider,
    });
    this.node.defaultChild = events.node.defaultChild;
    this.starterRoleArn = events.starterRoleArn;
    this.deadLetterQueueName = events.deadLetterQueueName;
  }
}

function patternOf({
  bucket: { bucket },
  prefix,
  suffix,
}: WithInherited<S3ObjectTriggerProps>): Record<string, unknown> {
  const key = keyPattern(prefix, suffix);
  return {
    source: ['aws.s3'],
    'detail-type': ['Object Created'],
    detail: { bucket: { name: [bucket] }, ...(key && { object: { key: [key] } }) },
  };
}

function keyPattern(prefix?: string, suffix?: string): object | undefined {
  if (prefix !== undefined && suffix !== undefined) {
    const escaped = [prefix, suffix].map((each) => each.replaceAll(/[*\\]/g, (mark) => `\\${mark}`));
    return { wildcard: escaped.join('*') };
  }
  if (prefix !== undefined) return { prefix };
  return suffix === undefined ? undefined : { suffix };
}

function checkNotEmpty({ prefix, suffix }: WithInherited<S3ObjectTriggerProps>, report: Report): void {
  for (const [property, value] of Object.entries({ prefix, suffix })) {
    if (value !== '') continue;
    report({ property, value, rule: 'have at least one character', fix: 'Omit it to match every key.' });
  }
}
