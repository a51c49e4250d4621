import { MetricGate } from '../../../lib/orchestration/gates/metric-gate';
import { PredictionGate, type PredictionGateProps } from '../../../lib/orchestration/gates/prediction-gate';
import { existingEndpoint } from '../../vertex/fixtures';
import { constant, describeProperties } from '../../property-harness';
import { account, federationIn, inAws, betaIn, ofFunctions, why } from '../../property-values';

describeProperties({
  MetricGate: {
    make: (stack, props) => new MetricGate(inAws(stack), 'it', props),
    good: {
      name: constant('backlog', undefined),
      account: constant(account),
      metric: constant(
        { namespace: 'AWS/SQS', metricName: 'Backlog', statistic: 'Maximum' },
        {
          namespace: 'Shop',
          metricName: 'a "b"',
          statistic: 'p99',
          dimensions: { 'Q "1"': 'x' },
          period: 60,
        },
      ),
      windowSeconds: constant(undefined, 3_600),
      ...ofFunctions,
      ...why,
    },
  },
  PredictionGate: {
    make: (stack, props: PredictionGateProps) =>
      new PredictionGate(inAws(stack), 'it', props && { googleBetaProvider: betaIn(stack), ...props }),
    good: {
      name: constant('drift', undefined),
      account: constant(account, undefined),
      federation: [federationIn],
      endpoint: [(stack) => stack.node.tryFindChild('endpoint-4242') ?? existingEndpoint(stack)],
      value: constant('score', 'predictions[0].score'),
      instancesPath: constant(undefined, '$.rows'),
      host: constant(undefined, '4242.us-central1-1.prediction.vertexai.goog'),
      ...ofFunctions,
      ...why,
    },
  },
});
