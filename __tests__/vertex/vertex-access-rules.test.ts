import { type GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { type TerraformStack } from 'cdktf';
import { type VertexAccess } from '../../lib/vertex/vertex-access';
import type { VertexAccessProps } from '../../lib/vertex/vertex-access-props';
import { VertexEndpoint } from '../../lib/vertex/vertex-endpoint';
import { refusal, testStack, type Json } from '../synth';
import { existingEndpoint, existingTraining, location, project } from './fixtures';
import { type Give, access, acknowledge, made } from './access-fixtures';

describe('bad input', () => {
  const elsewhere = (more: Partial<Json>) => (a: VertexAccess, stack: TerraformStack) =>
    a.predict(
      VertexEndpoint.fromAttributes(stack, 'elsewhere', {
        project,
        location,
        endpointId: '7',
        ...(more as object),
      }),
      { acknowledge },
    );
  const runAs =
    (email: string): Give =>
    (a, stack) =>
      a.train(existingTraining(stack, email));
  const RUN_AS = 'be a VertexTrainingIdentity or VertexTrainingIdentity.fromAttributes(…)';

  test.each<[string, Give, string]>([
    [
      'no endpoint',
      (a) => a.predict(undefined as never, { acknowledge }),
      'endpoint is required. Pass a VertexEndpoint, or call predictProjectWide({ reason }) for every endpoint of the project.',
    ],
    [
      'the id of an endpoint instead of the endpoint',
      (a) => a.deploy('4242' as never, { acknowledge }),
      'endpoint must have an endpoint for deploy (got "4242"). Pass a VertexEndpoint, or call predictProjectWide({ reason }) for every endpoint of the project.',
    ],
    [
      'an endpoint of another project',
      elsewhere({ project: { id: 'other-project' } as never }),
      'endpoint must be an endpoint of my-project in us-central1 (got "projects/other-project/locations/us-central1/endpoints/7"). Create a VertexAccess for the project and location of the endpoint.',
    ],
    [
      'an endpoint in another region',
      elsewhere({ location: 'europe-west4' as never }),
      'endpoint must be an endpoint of my-project in us-central1 (got "projects/my-project/locations/europe-west4/endpoints/7"). Create a VertexAccess for the project and location of the endpoint.',
    ],
    [
      'the whole project without options',
      (a) => a.predictProjectWide(undefined as never),
      'options is required. It must be an object.',
    ],
    [
      'the whole project without a reason',
      (a) => a.predictProjectWide({} as never),
      'options.reason is required. It must be a string.',
    ],
    [
      'an acknowledgement of nothing',
      (a, s) => a.predict(existingEndpoint(s), { acknowledge: { projectWide: ' ' } }),
      'options.acknowledge.projectWide must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got " "). Write a text.',
    ],
    [
      'a misspelt option',
      (a) => a.generate({ reson: 'x' } as never),
      'options.reson is not a property. Did you mean "reason"?',
    ],
    ['a job as nobody', (a) => a.train(undefined as never), `runAs is required. It must ${RUN_AS}.`],
    [
      'a pipeline as an account without a bucket',
      (a) => a.pipelines({ account: { email: 'a@b' } } as never),
      `runAs must ${RUN_AS} (got {"account":{"email":"a@b"}}).`,
    ],
    [
      'generating twice',
      (a) => a.generate().generate(),
      'generate must be granted once (got "generate"). Grant it once.',
    ],
    [
      'predicting twice on one endpoint',
      (a, s) => {
        const endpoint = existingEndpoint(s);
        a.predict(endpoint, { acknowledge }).predict(endpoint, { acknowledge });
      },
      'predict must be granted once (got "projects/my-project/locations/us-central1/endpoints/4242"). Grant it once.',
    ],
  ])('%s is refused', (_, give, message) => {
    const stack = testStack();
    const given = access(stack);
    expect(refusal(() => give(given, stack)).message).toBe(`prod/access: ${message}`);
  });

  test.each([
    ['the default account of Compute Engine', '123456789012-compute@developer.gserviceaccount.com'],
    ['the default account of App Engine', 'my-project@appspot.gserviceaccount.com'],
    ['the account of the Google APIs', '123456789012@cloudservices.gserviceaccount.com'],
    ["Google's own agent", 'service-123456789012@gcp-sa-aiplatform-cc.iam.gserviceaccount.com'],
  ])('a job as %s is refused', (_, email) => {
    const stack = testStack();
    const given = access(stack);
    expect(refusal(() => runAs(email)(given, stack)).problems).toMatchObject([
      {
        property: 'runAs',
        rule: 'be a dedicated service account, not a default account or an account of Google',
        fix: 'Pass a VertexTrainingIdentity, which creates one.',
      },
    ]);
    expect(made(stack)).toEqual({});
  });

  test('a job as the default account of Cloud Build is refused', () => {
    const stack = testStack();
    const email = '123456789012@cloudbuild.gserviceaccount.com';
    expect(refusal(() => runAs(email)(access(stack), stack)).problems).toHaveLength(1);
  });

  test('an object that only looks like a training identity is refused by name, before anything is given', () => {
    const stack = testStack();
    const training = { account: { email: 'a@b' }, bucket: { name: 'files' } };
    expect(refusal(() => access(stack).train(training as never)).problems).toMatchObject([
      { property: 'runAs' },
    ]);
    expect(made(stack)).toEqual({});
  });

  test('null for the options of a role on an endpoint is refused, not stumbled over', () => {
    const stack = testStack();
    expect(
      refusal(() => access(stack).predict(existingEndpoint(stack), null as never)).problems,
    ).toMatchObject([{ property: 'options', value: null }, { property: 'googleBetaProvider' }]);
  });

  test.each<[string, Partial<Record<keyof VertexAccessProps, unknown>>, string]>([
    [
      'a zone',
      { location: 'us-central1-a' },
      'location must be a region, for example "us-central1", or "global" (got "us-central1-a"). Use "us-central1".',
    ],
    [
      'the name of an identity',
      { identity: 'reader' },
      'identity must be an identity, for example a WorkloadIdentityBinding or a GoogleServiceAccount (got "reader").',
    ],
    ['no reason', { reason: undefined }, 'reason is required. Set it here or with Defaults.of(scope).'],
    [
      'the name of a beta provider',
      { googleBetaProvider: 'google-beta' },
      'googleBetaProvider must be a provider of google-beta (got "google-beta").',
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => access(stack, props as never)).message).toBe(`prod/access: ${message}`);
    expect(stack.node.tryFindChild('access')).toBeUndefined();
  });

  test('a provider of google in the place of google-beta is refused, since Terraform would not find the type', () => {
    const stack = testStack();
    const googleBetaProvider = stack.node.findChild('google') as GoogleProvider;
    expect(refusal(() => access(stack, { googleBetaProvider })).problems).toMatchObject([
      { property: 'googleBetaProvider', rule: 'be a provider of google-beta' },
    ]);
  });

  test('all that is wrong with one grant comes in one error', () => {
    const stack = testStack();
    const given = access(stack);
    const grant = () => given.predict(undefined as never, { reason: '', reson: 'x' } as never);
    expect(refusal(grant).problems.map(({ property }) => property)).toEqual([
      'options.reason',
      'options.reson',
      'endpoint',
      'googleBetaProvider',
    ]);
  });

  test('a capability that was refused can be given afterwards', () => {
    const stack = testStack();
    const given = access(stack);
    const endpoint = existingEndpoint(stack);
    refusal(() => given.predict(endpoint));
    given.predict(endpoint, { acknowledge });
    expect(given.permissions).toEqual(['aiplatform.endpoints.predict']);
  });

  test.each([
    ['global', true],
    ['us-central1', true],
    ['europe-west12', true],
    ['US', false],
    ['global1', false],
  ])('the location %s: %p', (place, good) => {
    const make = () => access(testStack(), { location: place });
    if (good) expect(make().permissions).toEqual([]);
    else expect(refusal(make).problems).toMatchObject([{ property: 'location', value: place }]);
  });
});
