import { EventBridgeTrigger } from '../../../lib/orchestration/triggers/event-bridge-trigger';
import { PubSubTrigger } from '../../../lib/orchestration/triggers/pub-sub-trigger';
import { S3ObjectTrigger } from '../../../lib/orchestration/triggers/s3-object-trigger';
import { SqsTrigger } from '../../../lib/orchestration/triggers/sqs-trigger';
import { ScheduleTrigger } from '../../../lib/orchestration/triggers/schedule-trigger';
import { constant, describeProperties } from '../../property-harness';
import { project, inAws, ofTriggers } from '../../property-values';

describeProperties({
  ScheduleTrigger: {
    make: (stack, props) => new ScheduleTrigger(inAws(stack), 'it', props),
    good: {
      ...ofTriggers,
      expression: constant('rate(1 day)', 'cron(0 3 * * ? *)'),
      timeZone: constant(undefined, 'America/Chicago'),
      flexibleWindowMinutes: constant(undefined, 15),
      enabled: constant(undefined, false),
      retry: constant(undefined, { attempts: 3, ageSeconds: 600 }),
    },
  },
  EventBridgeTrigger: {
    make: (stack, props) => new EventBridgeTrigger(inAws(stack), 'it', props),
    good: {
      ...ofTriggers,
      eventPattern: constant({ source: ['books'] }, { detail: { 'a "b"': [{ prefix: 'ü' }] } }),
      eventBusName: constant(undefined, 'shop'),
      deduplicationPaths: constant(undefined, ['$.id'], ['$.detail.order']),
      enabled: constant(undefined, false),
    },
  },
  S3ObjectTrigger: {
    make: (stack, props) => new S3ObjectTrigger(inAws(stack), 'it', props),
    good: {
      ...ofTriggers,
      bucket: constant({ bucket: 'sales' }),
      prefix: constant(undefined, 'in/'),
      suffix: constant(undefined, '.csv'),
      ownsBucketNotification: constant(undefined, true),
    },
  },
  SqsTrigger: {
    make: (stack, props) => new SqsTrigger(inAws(stack), 'it', props),
    good: {
      ...ofTriggers,
      queue: constant(undefined, { arn: 'arn:aws:sqs:eu-west-1:210987654321:orders' }),
      batch: constant(undefined, { size: 10, windowSeconds: 5 }),
      maxReceiveCount: constant(undefined, 5),
      enabled: constant(undefined, false),
    },
  },
  PubSubTrigger: {
    make: (stack, props) => new PubSubTrigger(inAws(stack), 'it', props),
    good: {
      ...ofTriggers,
      project: constant(project),
      topic: constant('projects/my-project/topics/sales'),
      filter: constant(undefined, 'attributes.kind = "sale"'),
      requestsPerSecond: constant(undefined, 10),
    },
  },
});
