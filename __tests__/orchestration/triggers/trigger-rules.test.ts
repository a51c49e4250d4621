import type { TriggerProps } from '../../../lib/orchestration/triggers/trigger-props';
import { refusal } from '../../synth';
import { orchestrationStack } from '../fixtures';
import { madeBy, orchestrator } from './fixtures';
import { KEY, KINDS, type Kind, QUEUE, kinds, stackOf } from './trigger-kinds';

/** Read when a trigger is refused, so that it may be of another stack. */
const elsewhere = orchestrator(orchestrationStack());

type Bad = [string, Kind, object, string, RegExp];

const express = () => orchestrator(orchestrationStack(), { name: 'short', type: 'EXPRESS' });

const bad: Bad[] = [
  [
    'the name of the orchestrator',
    'event',
    { name: 'nightly' },
    'name',
    /must differ from the name of the orchestrator.*Choose another name/,
  ],
  ['a name with a dot', 'event', { name: 'on.order' }, 'name', /1 to 50 letters, digits, "-" and "_"/],
  ['a name of 51 letters', 'event', { name: 'a'.repeat(51) }, 'name', /1 to 50 letters/],
  [
    'something else to start',
    'event',
    { orchestrator: {} },
    'orchestrator',
    /must be a StepFunctionsOrchestrator/,
  ],
  [
    'a key by its alias',
    'event',
    { kmsKeyArn: KEY.replace('key/', 'alias/') },
    'kmsKeyArn',
    /Use the ARN of the key of this alias\./,
  ],
  [
    'a path that is none',
    'event',
    { input: { 'order.$': 'detail.order' } },
    'input["order.$"]',
    /Use "\$\.detail\.order"/,
  ],
  [
    'an input that is too large',
    'event',
    { input: { text: 'x'.repeat(262_144) } },
    'input',
    /at most 262144 bytes/,
  ],
  [
    'half a day of retries too many',
    'event',
    { retry: { ageSeconds: 86_401 } },
    'retry.ageSeconds',
    /from 60 to 86400/,
  ],
  [
    'a pattern that matches all',
    'event',
    { eventPattern: {} },
    'eventPattern',
    /must have at least one field, because an empty pattern matches every event/,
  ],
  [
    'a pattern of texts',
    'event',
    { eventPattern: { source: 'shop' } },
    'eventPattern',
    /Write each value as a list/,
  ],
  [
    'a bus of AWS',
    'event',
    { eventBusName: 'aws.partner/x' },
    'eventBusName',
    /that does not start with "aws\."/,
  ],
  [
    'a bus by its ARN',
    'event',
    { eventBusName: 'arn:aws:events:eu-west-1:210987654321:event-bus/shop' },
    'eventBusName',
    /Use "shop"/,
  ],
  [
    'nothing that tells events apart',
    'event',
    { deduplicationPaths: [] },
    'deduplicationPaths',
    /at least 1 and at most 10 items/,
  ],
  ['a cron of Unix', 'schedule', { expression: '0 3 * * *' }, 'expression', /This is a Unix cron expression/],
  [
    'a cron with both days',
    'schedule',
    { expression: 'cron(0 3 1 * MON *)' },
    'expression',
    /"\?" as one of the days/,
  ],
  ['a rate of nothing', 'schedule', { expression: 'rate(0 minutes)' }, 'expression', /rate\(NUMBER minutes/],
  [
    'a time that is none',
    'schedule',
    { expression: 'at(2027-13-01T03:00:00)' },
    'expression',
    /at\(2027-01-31T03:00:00\)/,
  ],
  ['a time zone that is none', 'schedule', { timeZone: 'Berlin' }, 'timeZone', /"Europe\/Berlin"/],
  [
    'a window of two days',
    'schedule',
    { flexibleWindowMinutes: 2_880 },
    'flexibleWindowMinutes',
    /from 1 to 1440/,
  ],
  [
    'a date without a zone',
    'schedule',
    { startDate: '2027-01-01T00:00:00' },
    'startDate',
    /2027-01-31T03:00:00Z/,
  ],
  [
    'an end before the start',
    'schedule',
    { startDate: '2027-02-01T00:00:00Z', endDate: '2027-01-01T00:00:00Z' },
    'endDate',
    /after startDate/,
  ],
  [
    'an end of what happens once',
    'schedule',
    { expression: 'at(2027-01-31T03:00:00)', endDate: '2027-01-01T00:00:00Z' },
    'expression',
    /must be omitted for a schedule that runs once/,
  ],
  [
    'a bucket by its ARN',
    'object',
    { bucket: { bucket: 'arn:aws:s3:::incoming' } },
    'bucket.bucket',
    /Use "incoming"/,
  ],
  ['a prefix of nothing', 'object', { prefix: '' }, 'prefix', /Omit it to match every key/],
  ['a FIFO queue', 'queue', { queue: { arn: `${QUEUE}.fifo` } }, 'queue.arn', /not of a FIFO queue/],
  [
    'a queue elsewhere',
    'queue',
    { queue: { arn: QUEUE.replace('eu-west-1', 'us-east-1') } },
    'queue.arn',
    /Use a queue of that account and region/,
  ],
  ['a batch of one', 'queue', { batch: { size: 1 } }, 'batch.size', /from 2 to 250/],
  [
    'a batch whose ids States.Hash does not accept',
    'queue',
    { batch: { size: 251, windowSeconds: 60 } },
    'batch.size',
    /from 2 to 250/,
  ],
  [
    'a batch that is not gathered',
    'queue',
    { batch: { size: 11 } },
    'batch.windowSeconds',
    /is required for a batch of more than/,
  ],
  [
    'a project without its number',
    'google',
    { project: { id: 'my-project' } },
    'project.number',
    /Set project to \{ id, number \}/,
  ],
  ['a topic of Google', 'google', { topic: 'google-topic' }, 'topic', /3 to 255 letters/],
  [
    'a first pause that is the longest',
    'google',
    { retry: { minimumSeconds: 60, maximumSeconds: 30 } },
    'retry.minimumSeconds',
    /must not exceed maximumSeconds \(30\)/,
  ],
  [
    'a channel by its e-mail',
    'google',
    { notificationChannels: ['team@example.com'] },
    'notificationChannels[0]',
    /projects\/PROJECT\/notificationChannels\/ID/,
  ],
  ['four tries of Pub/Sub', 'google', { retry: { attempts: 4 } }, 'retry.attempts', /from 5 to 100/],
];

describe('bad input', () => {
  test.each(bad)('%s is refused', (_, kind, props, property, text) => {
    const error = refusal(() => stackOf(kind, { orchestrator: elsewhere, ...props }));
    expect(error.message).toMatch(/^prod\/trigger: /);
    expect(error.message).toMatch(text);
    expect(error.problems.map((problem) => problem.property)).toEqual([property]);
  });

  test.each(KINDS)('(%s) an orchestrator that cannot be started once', (kind) => {
    const props: Partial<TriggerProps> = { orchestrator: express() };
    expect(refusal(() => stackOf(kind, props)).message).toBe(
      'prod/trigger: orchestrator must be omitted for an Express state machine, whose executions have no unique names (got "short"). Use a STANDARD state machine.',
    );
  });

  test.each(KINDS)('(%s) leaves nothing in the tree', (kind) => {
    const stack = orchestrationStack();
    expect(() => kinds[kind](stack, { name: '', orchestrator: elsewhere })).toThrow('(got "")');
    expect(madeBy(stack, 'trigger')).toEqual({});
  });
});
