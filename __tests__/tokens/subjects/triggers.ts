import type { TerraformStack } from 'cdktf';
import { EventBridgeTrigger } from '../../../lib/orchestration/triggers/event-bridge-trigger';
import { PubSubTrigger } from '../../../lib/orchestration/triggers/pub-sub-trigger';
import { S3ObjectTrigger } from '../../../lib/orchestration/triggers/s3-object-trigger';
import { ScheduleTrigger } from '../../../lib/orchestration/triggers/schedule-trigger';
import { SqsTrigger } from '../../../lib/orchestration/triggers/sqs-trigger';
import { inAws, orchestratorIn } from '../../property-values';
import type { TokenSubjects } from '../subject';
import { kmsKeyArn, project, topicArn, why } from './common';

const common = (stack: TerraformStack) => ({
  name: 'nightly',
  orchestrator: orchestratorIn(stack),
  input: { kind: 'night' },
  logRetentionDays: 30,
  kmsKeyArn,
  alarmActions: [topicArn],
  ...why,
});
const retry = { attempts: 3, ageSeconds: 600 };

export const triggers: TokenSubjects = {
  EventBridgeTrigger: {
    make: (stack, props) => new EventBridgeTrigger(inAws(stack), 'it', props),
    variants: [
      (stack) => ({
        ...common(stack),
        eventPattern: { source: ['books'] },
        eventBusName: 'shop',
        deduplicationPaths: ['$.id'],
        enabled: true,
        retry,
      }),
    ],
  },
  PubSubTrigger: {
    make: (stack, props) => new PubSubTrigger(inAws(stack), 'it', props),
    variants: [
      (stack) => ({
        ...common(stack),
        project,
        topic: 'projects/my-project/topics/sales',
        filter: 'attributes.kind = "sale"',
        deduplicationPaths: ['$.id'],
        retry: { attempts: 5, minimumSeconds: 10, maximumSeconds: 600 },
        requestsPerSecond: 10,
        notificationChannels: ['projects/my-project/notificationChannels/1'],
      }),
    ],
  },
  S3ObjectTrigger: {
    make: (stack, props) => new S3ObjectTrigger(inAws(stack), 'it', props),
    variants: [
      (stack) => ({
        ...common(stack),
        bucket: { bucket: 'sales' },
        prefix: 'in/',
        suffix: '.csv',
        ownsBucketNotification: true,
        retry,
      }),
    ],
  },
  ScheduleTrigger: {
    make: (stack, props) => new ScheduleTrigger(inAws(stack), 'it', props),
    variants: [
      (stack) => ({
        ...common(stack),
        expression: 'cron(0 3 * * ? *)',
        timeZone: 'America/Chicago',
        flexibleWindowMinutes: 15,
        startDate: '2030-01-01T00:00:00Z',
        endDate: '2031-01-01T00:00:00Z',
        enabled: true,
        groupName: 'nightly',
        retry,
      }),
    ],
  },
  SqsTrigger: {
    make: (stack, props) => new SqsTrigger(inAws(stack), 'it', props),
    variants: [
      (stack) => ({
        ...common(stack),
        queue: {
          arn: 'arn:aws:sqs:eu-west-1:210987654321:orders',
          url: 'https://sqs.eu-west-1.amazonaws.com/210987654321/orders',
          kmsKeyArn,
          setsRedrivePolicy: true,
        },
        filters: [{ body: { kind: ['sale'] } }],
        batch: { size: 10, windowSeconds: 5 },
        deduplicationPaths: ['$.body.id'],
        maxReceiveCount: 5,
        enabled: true,
      }),
    ],
  },
};
