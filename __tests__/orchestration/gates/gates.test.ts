import type { TerraformStack } from 'cdktf';
import { AwsToGoogleFederation } from '../../../lib/identity/aws-to-google-federation';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import { MetricGate, type MetricGateProps } from '../../../lib/orchestration/gates/metric-gate';
import { PredictionGate, type PredictionGateProps } from '../../../lib/orchestration/gates/prediction-gate';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { DecisionStep } from '../../../lib/orchestration/state-machine/steps/decision-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { tooWide } from '../../granted';
import { byAddress, refusal, resource, resources, synthesized, type Json } from '../../synth';
import { beta, existingEndpoint } from '../../vertex/fixtures';
import { account, orchestrationStack, project } from '../fixtures';
import { madeBy, orchestrator, statements } from '../triggers/fixtures';

const settings = (stack: TerraformStack) =>
  JSON.parse(String(resource(stack, 'aws_lambda_function').environment!.variables!.GATE_READING)) as Json;

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
    const { functionArn } = gate(stack);
    expect(functionArn).toBe('arn:aws:lambda:eu-west-1:210987654321:function:backlog-gate:live');
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
      'windowSeconds must be a whole number from 60 to 604800 (got 604801).',
    ],
    [
      'of a name in capitals',
      { name: 'Backlog' },
      'name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Backlog").',
    ],
    ['of no account', { account: undefined }, 'account is required. Set it here or with Defaults.of(scope).'],
    ['with memory of a toy', { memoryMb: 1 }, 'memoryMb must be a whole number from 128 to 10240 (got 1).'],
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
      'reservedConcurrency must be a whole number from 1 to 1000 (got 0).',
    ],
    [
      'with a provider of another cloud',
      { awsProvider: {} },
      'awsProvider must be a provider of aws (got {}).',
    ],
    [
      'for no reason',
      { reason: '' },
      'reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got "").',
    ],
    [
      'with a threshold',
      { threshold: 5 },
      'threshold is not a property. The properties are: reason, owner, ticket, name, account, memoryMb, logRetentionDays, kmsKeyArn, reservedConcurrency, awsProvider, metric, windowSeconds.',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(refusal(() => gate(orchestrationStack(), props)).message).toBe(`prod/backlog: ${message}`);
  });
});

describe('a gate by a prediction', () => {
  const ROLE = 'arn:aws:iam::210987654321:role/drift-gate-caller';
  const federationOf = (stack: TerraformStack) =>
    new AwsToGoogleFederation(stack, 'federation', {
      project,
      account,
      poolId: 'aws-roles',
      reason: 'lets gates ask models',
    });
  const propsOf = (stack: TerraformStack): PredictionGateProps => ({
    name: 'drift',
    account,
    federation: federationOf(stack),
    endpoint: existingEndpoint(stack),
    value: 'predictions[0].score',
    reason: 'no training without drift',
  });
  function gate(stack: TerraformStack, props: Partial<PredictionGateProps> = {}) {
    return new PredictionGate(stack, 'drift', {
      ...propsOf(stack),
      ...('acknowledge' in props ? {} : { googleBetaProvider: beta(stack) }),
      ...props,
    });
  }

  test('may ask its endpoint alone, with the beta provider', () => {
    const stack = orchestrationStack();
    gate(stack);
    expect(madeBy(stack, 'drift')).toMatchSnapshot();
    expect(resource(stack, 'google_vertex_ai_endpoint_iam_member')).toMatchObject({
      endpoint: '4242',
      location: 'us-central1',
      provider: 'google-beta',
      member: expect.stringMatching(/attribute\.aws_role\/.*assumed-role\/drift-gate-caller$/) as string,
    });
    expect(
      Object.keys(byAddress(stack)).filter((address) => /google_project_iam_member/.test(address)),
    ).toEqual([]);
    expect(resource(stack, 'google_project_iam_custom_role').permissions).toEqual([
      'aiplatform.endpoints.predict',
    ]);
    expect(tooWide(synthesized(stack))).toEqual([]);
  });

  test('may ask all of the project without it, for a reason that stands beside the grant', () => {
    const stack = orchestrationStack();
    gate(stack, { acknowledge: { projectWide: 'there is one endpoint' } });
    expect(JSON.stringify(resource(stack, 'google_project_iam_member'))).toContain('there is one endpoint');
    expect(Object.keys(byAddress(stack)).filter((address) => /endpoint_iam/.test(address))).toEqual([]);
  });

  test('has no account of Google: the role itself is let in, and may do nothing on AWS', () => {
    const stack = orchestrationStack();
    gate(stack);
    expect(Object.keys(byAddress(stack)).filter((address) => /google_service_account/.test(address))).toEqual(
      [],
    );
    expect(settings(stack)).toEqual({
      kind: 'prediction',
      name: 'drift',
      url: 'https://us-central1-aiplatform.googleapis.com/v1/projects/my-project/locations/us-central1/endpoints/4242:predict',
      value: ['predictions', 0, 'score'],
      roleArn: ROLE,
      credentials: expect.not.objectContaining({
        service_account_impersonation_url: expect.anything() as string,
      }) as object,
      reason: 'no training without drift',
    });
    const act = statements(stack, 'drift').filter(({ Action }) => String(Action) === 'sts:AssumeRole');
    expect(act.map(({ Resource }) => Resource)).toEqual([[ROLE]]);
    expect(resources(stack, 'aws_iam_role_policy').map(({ name }) => name)).toEqual(['function']);
  });

  test.each<[string, (string | number)[]]>([
    ['score', ['score']],
    ['predictions[0]', ['predictions', 0]],
    ['predictions[12].a[3].b_c', ['predictions', 12, 'a', 3, 'b_c']],
  ])('finds its value at %s', (value, keys) => {
    const stack = orchestrationStack();
    gate(stack, { value });
    expect(settings(stack).value).toEqual(keys);
  });

  test('asks at the host of the endpoint, with what the input has', () => {
    const stack = orchestrationStack();
    const drift = gate(stack, {
      host: '4242.us-central1-1.prediction.vertexai.goog',
      instancesPath: '$.rows',
    });
    expect(settings(stack).url).toMatch(
      /^https:\/\/4242\.us-central1-1\.prediction\.vertexai\.goog\/v1\/projects\//,
    );
    const step = new DecisionStep('Drift?', {
      source: drift,
      condition: StepCondition.greaterThan('$.decision.value', 0.5),
      otherwise: new PassStep('Closed'),
    });
    const { states } = StateMachineDefinition.fromSteps(step);
    expect(states.States['Drift?: read value']).toMatchObject({
      Resource: drift.functionArn,
      Parameters: { 'execution.$': '$$.Execution.Id', step: 'Drift?', 'instances.$': '$.rows' },
      TimeoutSeconds: 70,
    });
    expect(definitionProblems(states)).toEqual([]);
  });

  test('is waited for with its role and its grant', () => {
    const stack = orchestrationStack();
    const awaited = gate(stack)
      .dependenciesIn(stack)
      .map(({ node }) => node.path.split('/').slice(2, 4).join('/'));
    expect(awaited).toEqual(['function/alias', 'role', expect.stringMatching(/^access\//)]);
  });

  test.each<[string, (stack: TerraformStack) => object, string]>([
    [
      'that could ask every endpoint',
      () => ({ googleBetaProvider: undefined }),
      'googleBetaProvider is required because only a provider of google-beta limits the gate to one endpoint. Pass a provider of @cdktf/provider-google-beta; to allow calls to every endpoint of the project, set acknowledge.projectWide to the reason.',
    ],
    [
      'that could, for no reason',
      () => ({ acknowledge: { projectWide: '' } }),
      'acknowledge.projectWide must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got "").',
    ],
    ['of no endpoint', () => ({ endpoint: {} }), 'endpoint must be a VertexEndpoint (got {}).'],
    [
      'of a federation of another account',
      () => ({ account: { ...account, id: '123456789012' } }),
      'account.id must be the account of the federation (210987654321) (got "123456789012"). Use a federation of this account.',
    ],
    [
      'of no federation',
      () => ({ federation: undefined }),
      'federation is required. It must be an AwsToGoogleFederation or AwsToGoogleFederation.fromAttributes(…).',
    ],
    [
      'by a value with a dollar',
      () => ({ value: '$.predictions[0]' }),
      'value must be a place in the response, for example "predictions[0].score" (got "$.predictions[0]"). Use "predictions[0]".',
    ],
    [
      'by a value that only Terraform knows',
      () => ({ value: '${TfToken[TOKEN.99]}' }),
      'value must be known at synth (got "a token"). Pass a plain value instead of a token.',
    ],
    [
      'by no value',
      () => ({ value: '' }),
      'value must be a place in the response, for example "predictions[0].score" (got "").',
    ],
    [
      'by a list of instances',
      () => ({ instancesPath: 'rows' }),
      'instancesPath must be a path that starts with "$", or an intrinsic function that starts with "States." (got "rows"). Use "$.rows".',
    ],
    [
      'at a URL in place of a host',
      () => ({ host: 'https://a.example.com' }),
      'host must be a DNS name, without "https://" (got "https://a.example.com").',
    ],
    [
      'with the other provider',
      (stack: TerraformStack) => ({ googleBetaProvider: stack.node.findChild('google') }),
      'googleBetaProvider must be a provider of google-beta (got a value of type object).',
    ],
    [
      'with a provider of another cloud',
      () => ({ googleProvider: {} }),
      'googleProvider must be a provider of google (got {}).',
    ],
    [
      'with a property that does not exist',
      () => ({ endpointId: '4242' }),
      'endpointId is not a property. Did you mean "endpoint"?',
    ],
  ])('%s is refused, and leaves nothing behind', (_, props, message) => {
    const stack = orchestrationStack();
    const all = {
      ...propsOf(stack),
      googleBetaProvider: beta(stack),
      ...props(stack),
    } as PredictionGateProps;
    const before = stack.node.findAll().length;
    const make = () => new PredictionGate(stack, 'drift', all);
    expect(refusal(make).message).toBe(`prod/drift: ${message}`);
    expect(stack.node.findAll()).toHaveLength(before);
  });
});
