import type { Mistake } from './mistake';

/*
 * Sources: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * https://cloud.google.com/pubsub/quotas
 */

export const triggers: readonly Mistake[] = [
  [
    'a cron expression of five fields',
    'ScheduleTrigger',
    () => ({ expression: 'cron(0 3 * * *)' }),
    'prod/it: expression must be "cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)" with "?" as one of the days, "rate(NUMBER minutes|hours|days)", or "at(2027-01-31T03:00:00)" (got "cron(0 3 * * *)"). Write 6 fields in cron(…), separated by one space.',
  ],
  [
    'a cron expression without cron()',
    'ScheduleTrigger',
    () => ({ expression: '0 3 * * *' }),
    'prod/it: expression must be "cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)" with "?" as one of the days, "rate(NUMBER minutes|hours|days)", or "at(2027-01-31T03:00:00)" (got "0 3 * * *"). This is a Unix cron expression: write cron(…) around it, "?" for one of the days, and a year at the end.',
  ],
  [
    'a day of the month and a day of the week',
    'ScheduleTrigger',
    () => ({ expression: 'cron(0 3 * * * *)' }),
    'prod/it: expression must be "cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)" with "?" as one of the days, "rate(NUMBER minutes|hours|days)", or "at(2027-01-31T03:00:00)" (got "cron(0 3 * * * *)"). Write "?" for exactly one of the two days.',
  ],
  [
    'the hour 25',
    'ScheduleTrigger',
    () => ({ expression: 'cron(0 25 * * ? *)' }),
    'prod/it: expression must be "cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)" with "?" as one of the days, "rate(NUMBER minutes|hours|days)", or "at(2027-01-31T03:00:00)" (got "cron(0 25 * * ? *)"). The hours must be from 0 to 23.',
  ],
  [
    'the minute 60',
    'ScheduleTrigger',
    () => ({ expression: 'cron(60 3 * * ? *)' }),
    'prod/it: expression must be "cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)" with "?" as one of the days, "rate(NUMBER minutes|hours|days)", or "at(2027-01-31T03:00:00)" (got "cron(60 3 * * ? *)"). The minutes must be from 0 to 59.',
  ],
  [
    'the month 13',
    'ScheduleTrigger',
    () => ({ expression: 'cron(0 3 1 13 ? *)' }),
    'prod/it: expression must be "cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)" with "?" as one of the days, "rate(NUMBER minutes|hours|days)", or "at(2027-01-31T03:00:00)" (got "cron(0 3 1 13 ? *)"). The month must be from 1 to 12.',
  ],
  [
    'a rate of seconds',
    'ScheduleTrigger',
    () => ({ expression: 'rate(30 seconds)' }),
    'prod/it: expression must be "cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)" with "?" as one of the days, "rate(NUMBER minutes|hours|days)", or "at(2027-01-31T03:00:00)" (got "rate(30 seconds)"). Write a rate as rate(6 hours).',
  ],
  [
    'a rate of none',
    'ScheduleTrigger',
    () => ({ expression: 'rate(0 minutes)' }),
    'prod/it: expression must be "cron(MINUTES HOURS DAY MONTH WEEKDAY YEAR)" with "?" as one of the days, "rate(NUMBER minutes|hours|days)", or "at(2027-01-31T03:00:00)" (got "rate(0 minutes)"). Write a rate as rate(6 hours).',
  ],
  [
    'a time zone by its abbreviation',
    'ScheduleTrigger',
    () => ({ timeZone: 'CEST' }),
    'prod/it: timeZone must be a time zone, for example "Europe/Berlin" (got "CEST").',
  ],
  [
    'a time zone by its offset',
    'ScheduleTrigger',
    () => ({ timeZone: '+02:00' }),
    'prod/it: timeZone must be a time zone, for example "Europe/Berlin" (got "+02:00").',
  ],
  [
    'an end before the start',
    'ScheduleTrigger',
    () => ({ endDate: '2029-01-01T00:00:00Z' }),
    'prod/it: endDate must be after startDate (2030-01-01T00:00:00Z) (got "2029-01-01T00:00:00Z").',
  ],
  [
    'a start without a time',
    'ScheduleTrigger',
    () => ({ startDate: '2030-01-01' }),
    'prod/it: startDate must be a UTC time, for example 2027-01-31T03:00:00Z (got "2030-01-01").',
  ],
  [
    'a flexible window of two days',
    'ScheduleTrigger',
    () => ({ flexibleWindowMinutes: 2_880 }),
    'prod/it: flexibleWindowMinutes must be a whole number from 1 to 1440 (got 2880). Use at most 1440.',
  ],
  [
    '186 attempts',
    'ScheduleTrigger',
    () => ({ retry: { attempts: 186 } }),
    'prod/it: retry.attempts must be a whole number from 0 to 185 (got 186). Use at most 185.',
  ],
  [
    'a pattern with a plain value',
    'EventBridgeTrigger',
    () => ({ eventPattern: { source: 'books' } }),
    'prod/it: eventPattern must be an event pattern: an object of fields and lists of values (got {"source":"books"}). Write each value as a list: { source: ["my.app"] }.',
  ],
  [
    'an empty pattern',
    'EventBridgeTrigger',
    () => ({ eventPattern: {} }),
    'prod/it: eventPattern must have at least one field, because an empty pattern matches every event (got {}). Set at least source.',
  ],
  [
    'a pattern with an empty list',
    'EventBridgeTrigger',
    () => ({ eventPattern: { source: [] } }),
    'prod/it: eventPattern must be an event pattern: an object of fields and lists of values (got {"source":[]}). Write each value as a list: { source: ["my.app"] }.',
  ],
  [
    'a bus by its ARN',
    'EventBridgeTrigger',
    () => ({ eventBusName: 'arn:aws:events:eu-west-1:210987654321:event-bus/shop' }),
    'prod/it: eventBusName must be the name of an event bus, with 1 to 256 letters, digits and "/.-_", that does not start with "aws." (got "arn:aws:events:eu-west-1:210987654321:event-bus/shop"). Use "shop".',
  ],
  [
    'an event identity without its $',
    'EventBridgeTrigger',
    () => ({ deduplicationPaths: ['id'] }),
    'prod/it: deduplicationPaths[0] must be a path that starts with "$", or an intrinsic function that starts with "States." (got "id"). Use "$.id".',
  ],
  [
    'a bucket with its scheme',
    'S3ObjectTrigger',
    () => ({ bucket: { bucket: 's3://sales' } }),
    'prod/it: bucket.bucket must be the name of a bucket, with 3 to 63 lower-case letters, digits, dots and hyphens (got "s3://sales"). Use "sales".',
  ],
  [
    'a bucket by its ARN',
    'S3ObjectTrigger',
    () => ({ bucket: { bucket: 'arn:aws:s3:::sales' } }),
    'prod/it: bucket.bucket must be the name of a bucket, with 3 to 63 lower-case letters, digits, dots and hyphens (got "arn:aws:s3:::sales"). Use "sales".',
  ],
  [
    'a queue by its URL',
    'SqsTrigger',
    () => ({ queue: { arn: 'https://sqs.eu-west-1.amazonaws.com/210987654321/orders' } }),
    'prod/it: queue.arn must be the ARN of a standard queue, arn:aws:sqs:REGION:ACCOUNT:NAME, not of a FIFO queue (got "https://sqs.eu-west-1.amazonaws.com/210987654321/orders").',
  ],
  [
    'a queue of another region',
    'SqsTrigger',
    () => ({ queue: { arn: 'arn:aws:sqs:us-east-1:210987654321:orders' } }),
    'prod/it: queue.arn must be in the account and region of the orchestrator (210987654321, eu-west-1) (got "arn:aws:sqs:us-east-1:210987654321:orders"). Use a queue of that account and region.',
  ],
  [
    'a batch of one message',
    'SqsTrigger',
    () => ({ batch: { size: 1 } }),
    'prod/it: batch.size must be a whole number from 2 to 250 (got 1). Use at least 2.',
  ],
  [
    'a large batch without a window',
    'SqsTrigger',
    () => ({ batch: { size: 100 } }),
    'prod/it: batch.windowSeconds is required for a batch of more than 10 messages.',
  ],
  [
    'a batch of 1000 messages',
    'SqsTrigger',
    () => ({ batch: { size: 1_000, windowSeconds: 5 } }),
    'prod/it: batch.size must be a whole number from 2 to 250 (got 1000). Use at most 250.',
  ],
  [
    'six filters',
    'SqsTrigger',
    () => ({ filters: Array.from({ length: 6 }, (_, index) => ({ body: { kind: [String(index)] } })) }),
    'prod/it: filters must be a list of at least 1 and at most 5 items (got [{"body":{"kind":["0"]}},{"body":{"kind":["1"]}},{"body":{"kind":["2"]}},{"body"… (145 characters)). Remove an item.',
  ],
  [
    'a subscription in place of the topic',
    'PubSubTrigger',
    () => ({ topic: 'projects/my-project/subscriptions/sales' }),
    'prod/it: topic must be the name of a topic, with 3 to 255 letters, digits and -_.~+%, alone or as projects/PROJECT/topics/NAME (got "projects/my-project/subscriptions/sales").',
  ],
  [
    'a filter of 257 bytes',
    'PubSubTrigger',
    () => ({ filter: `attributes.kind = "${'s'.repeat(257)}"` }),
    'prod/it: filter must have at most 256 bytes (got "attributes.kind = \\"sssssssssssssssssssssssssssssssssssssssssssssssssssssssssss… (281 characters)). Shorten the filter.',
  ],
  [
    'a backoff of more than ten minutes',
    'PubSubTrigger',
    () => ({ retry: { maximumSeconds: 900 } }),
    'prod/it: retry.maximumSeconds must be a whole number from 1 to 600 (got 900). Use at most 600.',
  ],
  [
    'a first backoff above the last',
    'PubSubTrigger',
    () => ({ retry: { minimumSeconds: 600, maximumSeconds: 10 } }),
    'prod/it: retry.minimumSeconds must not exceed maximumSeconds (10) (got 600).',
  ],
  [
    'four delivery attempts',
    'PubSubTrigger',
    () => ({ retry: { attempts: 4 } }),
    'prod/it: retry.attempts must be a whole number from 5 to 100 (got 4). Use at least 5.',
  ],
  [
    'a trigger with the name of its orchestrator',
    'PubSubTrigger',
    () => ({ name: 'etl' }),
    'prod/it: name must differ from the name of the orchestrator, because the trigger creates a state machine with this name (got "etl"). Choose another name, for example the name of the event source.',
  ],
  [
    'a name with a dot',
    'EventBridgeTrigger',
    () => ({ name: 'nightly.run' }),
    'prod/it: name must have 1 to 50 letters, digits, "-" and "_" (got "nightly.run").',
  ],
  [
    'a metric statistic that does not exist',
    'MetricGate',
    () => ({ metric: { namespace: 'Shop', metricName: 'Orders', statistic: 'Average95' } }),
    'prod/it: metric.statistic must be Average, Sum, Minimum, Maximum, SampleCount or a percentile, for example "p99" (got "Average95").',
  ],
  [
    'a metric period of 45 seconds',
    'MetricGate',
    () => ({ metric: { namespace: 'Shop', metricName: 'Orders', statistic: 'Sum', period: 45 } }),
    'prod/it: metric.period must be a multiple of 60, from 60 to 86,400 (got 45).',
  ],
  [
    '31 dimensions',
    'MetricGate',
    () => ({
      metric: {
        namespace: 'Shop',
        metricName: 'Orders',
        statistic: 'Sum',
        dimensions: Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`d${index}`, 'x'])),
      },
    }),
    'prod/it: metric.dimensions must have at most 30 dimensions (got {"d0":"x","d1":"x","d2":"x","d3":"x","d4":"x","d5":"x","d6":"x","d7":"x","d8":"x… (301 characters)).',
  ],
];
