import { aliasMetric, functionMetric } from '../../lib/aws/metric';

const ALIAS = 'arn:aws:lambda:eu-west-1:123456789012:function:etl-gke-jobs:live';

test.each(['Invocations', 'Errors', 'Throttles'] as const)('%s is a sum over five minutes', (name) => {
  expect(aliasMetric(ALIAS, name)).toEqual({
    namespace: 'AWS/Lambda',
    metricName: name,
    dimensions: { FunctionName: 'etl-gke-jobs' },
    statistic: 'Sum',
    period: 300,
  });
});

test('the duration is a maximum', () => {
  expect(functionMetric('etl', 'Duration')).toMatchObject({ statistic: 'Maximum', period: 300 });
});

test('statistic and period can be changed', () => {
  expect(aliasMetric(ALIAS, 'Duration', { statistic: 'p95', period: 60 })).toMatchObject({
    statistic: 'p95',
    period: 60,
  });
});
