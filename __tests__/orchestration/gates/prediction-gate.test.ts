import type { TerraformStack } from 'cdktf';
import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import { PredictionGate, type PredictionGateProps } from '../../../lib/orchestration/gates/prediction-gate';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { DecisionStep } from '../../../lib/orchestration/state-machine/steps/decision-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { tooWide } from '../../granted';
import { byAddress, refusal, resource, resources, synthesized } from '../../synth';
import { beta, existingEndpoint } from '../../vertex/fixtures';
import { account, orchestrationStack, project } from '../fixtures';
import { madeBy, statements } from '../triggers/fixtures';
import { settings } from './fixtures';

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
      'acknowledge.projectWide must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got ""). Write a text.',
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
