import type { TerraformStack } from 'cdktf';
import { MetricGate, type MetricGateProps } from '../../../lib/orchestration/gates/metric-gate';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { DecisionStep } from '../../../lib/orchestration/state-machine/steps/decision-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { byAddress, refusal, resource, resources } from '../../synth';
import { account, orchestrationStack } from '../fixtures';
import { madeBy, orchestrator, statements } from '../triggers/fixtures';
import { settings } from './fixtures';

describe('a gate by a metric', () => {
  const gate = (stack: TerraformStack, props: Partial<MetricGateProps> = {}) =>
    new MetricGate(stack, 'backlog', {
      name: 'backlog',
      account,
      metric: { namespace: 'AWS/SQS', metricName: 'Backlog', statistic: 'Maximum' },
      reason: 'no loading while the queue is long',
      ...props,
    });

  test('is a function that may read metrics, and nothing at Google', () => {
    const stack = orchestrationStack();
    const reader = gate(stack);
    expect(reader.metric('Errors').dimensions).toEqual({ FunctionName: 'backlog-gate' });
    expect(reader.functionArn).toBe('arn:aws:lambda:eu-west-1:210987654321:function:backlog-gate:live');
    expect(madeBy(stack, 'backlog')).toMatchSnapshot();
    expect(statements(stack, 'backlog').map(({ Action }) => Action)).toEqual([
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      ['cloudwatch:GetMetricData'],
    ]);
    expect(Object.keys(byAddress(stack)).filter((address) => /google|kubernetes/.test(address))).toEqual([]);
  });

  test('looks for the newest value of three periods, or as far back as is said', () => {
    const read = (props: Partial<MetricGateProps>) => {
      const stack = orchestrationStack();
      gate(stack, props);
      return settings(stack);
    };
    const metric = { namespace: 'Shop', metricName: 'Orders', statistic: 'p99.9' };
    expect(read({ metric })).toEqual({
      kind: 'metric',
      name: 'backlog',
      namespace: 'Shop',
      metricName: 'Orders',
      dimensions: {},
      statistic: 'p99.9',
      periodSeconds: 300,
      windowSeconds: 900,
    });
    expect(read({ metric: { ...metric, period: 3_600 } })).toMatchObject({ windowSeconds: 10_800 });
    expect(
      read({ metric: { ...metric, dimensions: { Queue: 'jobs', Region: 'eu' } }, windowSeconds: 86_400 }),
    ).toMatchObject({ dimensions: { Queue: 'jobs', Region: 'eu' }, windowSeconds: 86_400 });
  });

  test('is invoked by the state machine that asks it, and waited for', () => {
    const stack = orchestrationStack();
    const backlog = gate(stack);
    orchestrator(stack, {
      definition: new DecisionStep('Short?', {
        source: backlog,
        condition: StepCondition.lessThan('$.decision.value', 100),
        otherwise: new PassStep('Closed'),
      }).next(new PassStep('Load')),
    });
    expect(statements(stack, 'nightly')[0]).toMatchObject({
      Sid: 'InvokeTargets',
      Resource: [backlog.functionArn],
    });
    const { depends_on: awaited } = resource(stack, 'aws_sfn_state_machine');
    expect(awaited).toEqual(expect.arrayContaining([expect.stringMatching(/^aws_lambda_alias\.backlog/)]));
    // A gate starts nothing, so that nothing has to be cleaned up after it.
    expect(resources(stack, 'aws_cloudwatch_event_rule')).toEqual([]);
  });

  const metric = { namespace: 'Shop', metricName: 'Orders', statistic: 'Sum' };
  const dimensionsOf = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}`, 'x']));

  test('has up to 30 dimensions, and periods of up to a day', () => {
    const most = { ...metric, dimensions: dimensionsOf(30), period: 86_400 };
    expect(() => gate(orchestrationStack(), { metric: most, windowSeconds: 86_400 })).not.toThrow();
  });

  test.each<[string, object, string]>([
    ['without a metric', { metric: undefined }, 'metric is required. It must be an object.'],
    [
      'without a statistic',
      { metric: { ...metric, statistic: undefined } },
      'metric.statistic is required. It must be a string.',
    ],
    [
      'by a statistic that there is not',
      { metric: { ...metric, statistic: 'Mean' } },
      'metric.statistic must be Average, Sum, Minimum, Maximum, SampleCount or a percentile, for example "p99" (got "Mean").',
    ],
    [
      'by a period of 90 seconds',
      { metric: { ...metric, period: 90 } },
      'metric.period must be a multiple of 60, from 60 to 86,400 (got 90).',
    ],
    [
      'by a period of none',
      { metric: { ...metric, period: 0 } },
      'metric.period must be a multiple of 60, from 60 to 86,400 (got 0).',
    ],
    [
      'by a metric without a namespace',
      { metric: { ...metric, namespace: '' } },
      'metric.namespace must have 1 to 255 letters, digits and "./#:_-" (got "").',
    ],
    [
      'by a metric without a name',
      { metric: { ...metric, metricName: '' } },
      'metric.metricName must have 1 to 255 printable characters (got "").',
    ],
    [
      'by a dimension without a value',
      { metric: { ...metric, dimensions: { Queue: '' } } },
      'metric.dimensions["Queue"] must be the value of a dimension: 1 to 1,024 printable characters (got "").',
    ],
    [
      'by 31 dimensions',
      { metric: { ...metric, dimensions: dimensionsOf(31) } },
      'metric.dimensions must have at most 30 dimensions (got {"d0":"x","d1":"x","d2":"x","d3":"x","d4":"x","d5":"x","d6":"x","d7":"x","d8":"x… (301 characters)).',
    ],
    [
      'that looks back for less than a period',
      { metric: { ...metric, period: 3_600 }, windowSeconds: 3_599 },
      'windowSeconds must be at least metric.period (3600), so that it contains a value (got 3599). Set 3600 or more.',
    ],
    [
      'that looks back for more than a week',
      { windowSeconds: 604_801 },
      'windowSeconds must be a whole number from 60 to 604800 (got 604801). Use at most 604800.',
    ],
    [
      'of a name in capitals',
      { name: 'Backlog' },
      'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Backlog"). Use "backlog".',
    ],
    ['of no account', { account: undefined }, 'account is required. Set it here or with Defaults.of(scope).'],
    [
      'with memory of a toy',
      { memoryMb: 1 },
      'memoryMb must be a whole number from 128 to 10240 (got 1). Use at least 128.',
    ],
    [
      'with a log for ever',
      { logRetentionDays: 0 },
      'logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 0). Use 1.',
    ],
    [
      'with a key that is no ARN',
      { kmsKeyArn: 'mine' },
      'kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "mine").',
    ],
    [
      'with no concurrency',
      { reservedConcurrency: 0 },
      'reservedConcurrency must be a whole number from 1 to 1000 (got 0). Use at least 1.',
    ],
    [
      'with a provider of another cloud',
      { awsProvider: {} },
      'awsProvider must be a provider of aws (got {}).',
    ],
    [
      'for no reason',
      { reason: '' },
      'reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got ""). Write a text.',
    ],
    [
      'with a threshold',
      { threshold: 5 },
      'threshold is not a property. The properties are: reason, owner, ticket, reviewBy, name, account, memoryMb, logRetentionDays, kmsKeyArn, reservedConcurrency, awsProvider, metric, windowSeconds.',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(refusal(() => gate(orchestrationStack(), props)).message).toBe(`prod/backlog: ${message}`);
  });
});
