import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import type { MetricReading, PredictionReading } from '../../../lib/contracts/gates';
import { MetricGate } from '../../../lib/orchestration/gates/metric-gate';
import { PredictionGate } from '../../../lib/orchestration/gates/prediction-gate';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import {
  DecisionStep,
  type IDecisionSource,
} from '../../../lib/orchestration/state-machine/steps/decision-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { VertexEndpoint } from '../../../lib/vertex/vertex-endpoint';
import { account, orchestrationStack, project } from '../../orchestration/fixtures';
import { MARKER } from '../../runtime/token-servers';
import { Functions, withNode22 } from './functions';
import { Monitoring } from './monitoring';
import { VertexServer } from './vertex-server';

const stack = orchestrationStack();
const metric = new MetricGate(stack, 'backlog', {
  name: 'backlog',
  account,
  metric: {
    namespace: 'AWS/SQS',
    metricName: 'Backlog',
    dimensions: { QueueName: 'jobs' },
    statistic: 'Maximum',
  },
  reason: 'no loading while the queue is long',
});
const prediction = new PredictionGate(stack, 'drift', {
  name: 'drift',
  account,
  federation: new AwsToGoogleFederation(stack, 'federation', {
    project,
    account,
    poolId: 'aws-roles',
    reason: 'lets gates ask models',
  }),
  endpoint: VertexEndpoint.fromAttributes(stack, 'endpoint', {
    project,
    location: 'us-central1',
    endpointId: '42',
  }),
  value: 'predictions[0].score',
  acknowledge: { projectWide: 'the beta provider is not used in this test' },
  reason: 'no training without drift',
});
function machine(name: string, source: IDecisionSource, condition: StepCondition): void {
  new StepFunctionsOrchestrator(stack, `machine-${name}`, {
    name,
    account,
    definition: new DecisionStep('Gate', {
      source,
      condition: condition,
      otherwise: new PassStep('Closed'),
    }).next(new PassStep('Launch')),
    reason: 'is run by the tests',
  });
}
machine('metric', metric, StepCondition.lessThan('$.decision.value', 100));
machine('prediction', prediction, StepCondition.greaterThan('$.decision.value', 0.5));
machine('negated', prediction, StepCondition.not(StepCondition.lessThan('$.decision.value', 0.5)));

withNode22('gates, read by the built bundle', () => {
  const functions = new Functions(stack);
  const monitoring = new Monitoring();
  const vertex = new VertexServer((token) => functions.knows(token));
  beforeAll(async () => {
    await monitoring.start();
    await vertex.start();
    functions.start();
    await functions.deploy('backlog-gate', {
      variable: 'GATE_READING',
      bundle: 'gates',
      setting: (given: MetricReading) => given,
      environment: { AWS_ENDPOINT_URL_CLOUDWATCH: monitoring.url },
    });
    await functions.deploy('drift-gate', {
      variable: 'GATE_READING',
      bundle: 'gates',
      setting: (given: PredictionReading, tokens) => ({
        ...given,
        url: given.url.replace('https://us-central1-aiplatform.googleapis.com', vertex.url),
        credentials: { ...given.credentials, token_url: `${tokens.url}/google-sts/v1/token` },
      }),
    });
  });
  afterAll(async () => {
    await functions.stop();
    await monitoring.stop();
    await vertex.stop();
  });

  describe('by a metric', () => {
    test('the gate is open for a value for which its condition holds', async () => {
      monitoring.has([{ at: '2026-11-20T10:00:00Z', value: 99.5 }]);
      const { output, history } = await functions.run('metric');
      expect(history).toContain('Launch');
      expect(output).toMatchObject({ decision: { value: 99.5, at: '2026-11-20T10:00:00.000Z' } });
      expect(monitoring.asked.at(-1)).toMatchObject({
        Action: 'GetMetricData',
        ScanBy: 'TimestampDescending',
        'MetricDataQueries.member.1.MetricStat.Metric.Namespace': 'AWS/SQS',
        'MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name': 'QueueName',
        'MetricDataQueries.member.1.MetricStat.Stat': 'Maximum',
      });
    });

    test('the newest value counts', async () => {
      monitoring.has([
        { at: '2026-11-20T10:05:00Z', value: 100 },
        { at: '2026-11-20T10:00:00Z', value: 1 },
      ]);
      const { history } = await functions.run('metric');
      expect(history).not.toContain('Launch');
    });

    test.each<[string, () => void, string | undefined]>([
      ['another value', () => monitoring.has([{ at: '2026-11-20T10:00:00Z', value: 100 }]), undefined],
      ['no data', () => monitoring.has([]), 'Gate.NoData'],
      [
        'a part of the data',
        () => monitoring.has([{ at: '2026-11-20T10:00:00Z', value: 1 }], 'PartialData'),
        'Gate.NoData',
      ],
      [
        'something that is no number',
        () => monitoring.has([{ at: '2026-11-20T10:00:00Z', value: NaN }]),
        'Gate.NoData',
      ],
      ['a refusal', () => monitoring.refuses(403, 'AccessDenied'), 'Gate.Forbidden'],
      ['a rejection', () => monitoring.refuses(400, 'ValidationError'), 'Gate.Rejected'],
      ['a service in trouble', () => monitoring.refuses(500, 'InternalServiceFault'), 'Gate.ApiUnavailable'],
      ['a service that slows down', () => monitoring.refuses(400, 'Throttling'), 'Gate.ApiThrottled'],
      ['no XML', () => monitoring.says('nothing'), 'Gate.NoData'],
    ])('the gate is closed for %s', async (_, prepare, error) => {
      prepare();
      const { output, history } = await functions.run('metric');
      expect(history).toContain('Closed');
      expect(history).not.toContain('Launch');
      if (error) expect(output).toMatchObject({ decision: { Error: error } });
    });
  });

  describe('by a prediction', () => {
    const instances = [{ age: 3 }];

    test('the gate is open for a value for which its condition holds, and the audit log tells who asked', async () => {
      vertex.prediction = { status: 200, body: { predictions: [{ score: 0.9 }] } };
      const { output, history, execution } = await functions.run('prediction', { instances });
      expect(history).toContain('Launch');
      expect(output).toMatchObject({ decision: { value: 0.9 } });
      const run = execution.split(':').at(-1)!;
      const { path, headers } = vertex.seen.at(-1)!;
      expect(path).toBe('/v1/projects/my-project/locations/us-central1/endpoints/42:predict');
      expect(headers['user-agent']).toContain(`cdktf-multicloud-gates/`);
      expect(headers['x-goog-request-reason']).toBe(`run=${run};gate=drift;reason=no training without drift`);
    });

    const closed: [string, VertexServer['prediction'] | undefined, string | undefined][] = [
      ['another value', { status: 200, body: { predictions: [{ score: 0.5 }] } }, undefined],
      ['no prediction', { status: 200, body: { predictions: [] } }, 'Gate.NoValue'],
      ['null', { status: 200, body: { predictions: [{ score: null }] } }, 'Gate.NoValue'],
      ['a list', { status: 200, body: { predictions: [{ score: [0.9] }] } }, 'Gate.NoValue'],
      ['a text', { status: 200, body: { predictions: [{ score: '0.9' }] } }, undefined],
      ['a truth value', { status: 200, body: { predictions: [{ score: true }] } }, undefined],
      ['an empty answer', { status: 200, body: {} }, 'Gate.NoValue'],
      ['an endpoint that is not there', { status: 404, body: {} }, 'Gate.Rejected'],
      ['a refusal', { status: 403, body: {} }, 'Gate.Forbidden'],
      ['a service in trouble', { status: 503, body: {} }, 'Gate.ApiUnavailable'],
      ['a service that slows down', { status: 429, body: {} }, 'Gate.ApiThrottled'],
    ];
    for (const name of ['prediction', 'negated']) {
      test.each(closed)(`the gate "${name}" is closed for %s`, async (what, prediction, error) => {
        vertex.prediction = prediction!;
        const { output, history } = await functions.run(name, { instances });
        // 0.5 is not less than 0.5.
        if (name === 'negated' && what === 'another value') return expect(history).toContain('Launch');
        expect(history).toContain('Closed');
        expect(history).not.toContain('Launch');
        if (error) expect(output).toMatchObject({ decision: { Error: error } });
      });
    }

    test.each([
      ['no instances', {}],
      ['an empty list', { instances: [] }],
      ['no list', { instances: 'x' }],
    ])('the gate is closed for %s', async (_, input) => {
      const { history, error } = await functions.run('prediction', input);
      expect(history).not.toContain('Launch');
      // A path that leads nowhere ends the execution, which launches nothing either.
      if (error === undefined) expect(history).toContain('Closed');
    });

    test('the gate is closed while Google does not let the role in', async () => {
      functions.tokens.at(-1)!.trouble('google-sts', { status: 403, times: 20 });
      vertex.prediction = { status: 200, body: { predictions: [{ score: 0.9 }] } };
      const { output, history } = await functions.run('prediction', { instances });
      expect(history).not.toContain('Launch');
      expect(output).toMatchObject({ decision: { Error: 'Gate.AuthFailed' } });
    });
  });

  test('no token is in a log, and each line names its execution', () => {
    expect(functions.logs).not.toContain(MARKER);
    expect(functions.history).not.toContain(MARKER);
    const lines = functions.logs
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { execution?: string });
    expect(lines.length).toBeGreaterThan(30);
    expect(lines.every(({ execution }) => execution?.startsWith('arn:aws:states:'))).toBe(true);
  });
});
