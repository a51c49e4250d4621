import { isDeepStrictEqual } from 'node:util';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { TerraformVariable, type TerraformStack } from 'cdktf';
import { GoogleServiceAccount } from '../../lib/identity/google-service-account';
import { PIPELINE_RUNNER_PERMISSIONS } from '../../lib/vertex/pipeline-runner';
import { VertexAccess } from '../../lib/vertex/vertex-access';
import type { VertexAccessProps } from '../../lib/vertex/vertex-access-props';
import { VertexEndpoint } from '../../lib/vertex/vertex-endpoint';
import {
  addresses,
  refusal,
  resource,
  resources,
  sibling,
  synthesized,
  testStack,
  type Json,
} from '../synth';
import {
  beta,
  existingEndpoint,
  existingTraining,
  location,
  project,
  reader,
  READER,
  TRAINER,
} from './fixtures';

const ROLE = 'google_project_iam_custom_role';
const MEMBER = 'google_project_iam_member';
const ON_ENDPOINT = 'google_vertex_ai_endpoint_iam_member';
const ACT_AS = 'google_service_account_iam_member';
const ON_BUCKET = 'google_storage_bucket_iam_member';

const access = (stack: TerraformStack, props: Partial<VertexAccessProps> = {}, id = 'access') =>
  new VertexAccess(stack, id, {
    identity: props.identity ?? reader(stack),
    project,
    location,
    reason: 'ranks the shelf',
    ...props,
  });

/** Resources that give or hold access, by type and number. */
const made = (stack: TerraformStack) =>
  Object.fromEntries(
    Object.entries(synthesized(stack).resource ?? {})
      .filter(([type]) => type.startsWith('google_'))
      .map(([type, ofType]) => [type, Object.keys(ofType).length]),
  );

type Give = (access: VertexAccess, stack: TerraformStack) => unknown;

const acknowledge = { projectWide: 'one endpoint is all there is' };
const alone = { [ROLE]: 1, [MEMBER]: 1 };
const running = { ...alone, [ACT_AS]: 1, [ON_BUCKET]: 2 };
/** The account that a pipeline runs as has a role of its own. */
const runningPipelines = { ...running, [ROLE]: 2, [MEMBER]: 2 };

describe('each capability is exactly the permissions that it takes', () => {
  test.each<[string, Give, readonly string[], Record<string, number>]>([
    [
      'predict',
      (a, s) => a.predict(existingEndpoint(s), { acknowledge }),
      ['aiplatform.endpoints.predict'],
      alone,
    ],
    [
      'explain',
      (a, s) => a.explain(existingEndpoint(s), { acknowledge }),
      ['aiplatform.endpoints.explain'],
      alone,
    ],
    ['generate', (a) => a.generate(), ['aiplatform.endpoints.predict'], alone],
    [
      'train',
      (a, s) => a.train(existingTraining(s)),
      [
        'aiplatform.customJobs.cancel',
        'aiplatform.customJobs.create',
        'aiplatform.customJobs.get',
        'aiplatform.customJobs.list',
      ],
      running,
    ],
    [
      'tuneHyperparameters',
      (a, s) => a.tuneHyperparameters(existingTraining(s)),
      ['aiplatform.hyperparameterTuningJobs.create', 'aiplatform.hyperparameterTuningJobs.get'],
      running,
    ],
    [
      'pipelines',
      (a, s) => a.pipelines(existingTraining(s)),
      [
        'aiplatform.pipelineJobs.cancel',
        'aiplatform.pipelineJobs.create',
        'aiplatform.pipelineJobs.get',
        'aiplatform.pipelineJobs.list',
      ],
      runningPipelines,
    ],
    [
      'schedules',
      (a, s) => a.schedules(existingTraining(s)),
      ['aiplatform.schedules.create', 'aiplatform.schedules.get'],
      runningPipelines,
    ],
    ['uploadModel', (a) => a.uploadModel(), ['aiplatform.models.get', 'aiplatform.models.upload'], alone],
    ['readModels', (a) => a.readModels(), ['aiplatform.models.get', 'aiplatform.models.list'], alone],
    [
      'deploy',
      (a, s) => a.deploy(existingEndpoint(s), { acknowledge }),
      ['aiplatform.endpoints.deploy', 'aiplatform.endpoints.get', 'aiplatform.endpoints.undeploy'],
      alone,
    ],
    [
      'batchPredict',
      (a, s) => a.batchPredict(existingTraining(s)),
      ['aiplatform.batchPredictionJobs.create', 'aiplatform.batchPredictionJobs.get'],
      running,
    ],
    [
      'readFeatures',
      (a) => a.readFeatures(),
      ['aiplatform.featureViews.fetchFeatureValues', 'aiplatform.featureViews.get'],
      alone,
    ],
    ['vectorSearch', (a) => a.vectorSearch(), ['aiplatform.indexEndpoints.queryVectors'], alone],
  ])('%s', (_, give, permissions, types) => {
    const stack = testStack();
    const given = access(stack);
    give(given, stack);
    expect(given.permissions).toEqual(permissions);
    const role = resources(stack, ROLE).find((each) => isDeepStrictEqual(each.permissions, permissions))!;
    expect(resources(stack, MEMBER).find(({ member }) => member === (READER as never))).toMatchObject({
      member: READER,
      project: 'my-project',
      role: `projects/my-project/roles/${String(role.role_id)}`,
    });
    expect(made(stack)).toEqual(types);
  });
});

describe('whoever submits a job', () => {
  const submitted = () => {
    const stack = testStack();
    access(stack)
      .train(existingTraining(stack))
      .schedules(existingTraining(stack, 'tuner@my-project.iam.gserviceaccount.com'));
    return stack;
  };

  test('may act as the account of the job and no other', () => {
    const stack = testStack();
    access(stack).train(existingTraining(stack));
    expect(resource(stack, ACT_AS)).toMatchObject({
      member: READER,
      role: 'roles/iam.serviceAccountUser',
      service_account_id: 'projects/my-project/serviceAccounts/trainer@my-project.iam.gserviceaccount.com',
    });
  });

  test('leaves files in the bucket of the job and reads them, without deleting any', () => {
    const stack = testStack();
    access(stack).train(existingTraining(stack));
    expect(resources(stack, ON_BUCKET).map(({ bucket, role, member }) => [bucket, role, member])).toEqual([
      ['staged-files', 'roles/storage.objectCreator', READER],
      ['staged-files', 'roles/storage.objectViewer', READER],
    ]);
  });

  test('is given each account and bucket once, whatever it submits', () => {
    const stack = testStack();
    const training = existingTraining(stack);
    access(stack).train(training).pipelines(training).schedules(training);
    expect(made(stack)).toEqual({ [ROLE]: 4, [MEMBER]: 4, [ACT_AS]: 1, [ON_BUCKET]: 2 });
  });

  test('as two accounts with one bucket is given both accounts', () => {
    expect(resources(submitted(), ACT_AS)).toHaveLength(2);
  });

  test('carries the reason of the capability beside the account', () => {
    const stack = testStack();
    access(stack).train(existingTraining(stack), { reason: 'retrains at night', ticket: 'ML-7' });
    expect(resource(stack, ACT_AS)['//']).toEqual({ reason: 'retrains at night', ticket: 'ML-7' });
  });
});

describe('the account that a pipeline runs as', () => {
  const TRAINER_MEMBER = `serviceAccount:${TRAINER}`;
  const ofTrainer = (stack: TerraformStack) =>
    resources(stack, MEMBER).filter(({ member }) => member === (TRAINER_MEMBER as never));

  test.each<[string, (a: VertexAccess, s: TerraformStack) => unknown, number]>([
    ['pipelines', (a, s) => a.pipelines(existingTraining(s)), 1],
    ['schedules', (a, s) => a.schedules(existingTraining(s)), 1],
    ['train', (a, s) => a.train(existingTraining(s)), 0],
    ['batchPredict', (a, s) => a.batchPredict(existingTraining(s)), 0],
  ])('has a role for metadata and custom jobs, with %s', (_, give, count) => {
    const stack = testStack();
    give(access(stack), stack);
    expect(ofTrainer(stack)).toHaveLength(count);
    const [member] = ofTrainer(stack);
    if (member === undefined) return;
    const role = resources(stack, ROLE).find(({ role_id }) => String(member.role).endsWith(String(role_id)))!;
    expect(role.permissions).toEqual(PIPELINE_RUNNER_PERMISSIONS);
    expect(member['//']).toEqual({
      reason: 'runs pipelines: their metadata, and a custom job for each component',
    });
  });

  test('has the role once, for all who submit pipelines with it', () => {
    const stack = testStack();
    const training = existingTraining(stack);
    access(stack).pipelines(training).schedules(training);
    access(stack, { identity: reader(stack, {}, 'other') }, 'other-access').pipelines(training);
    expect(ofTrainer(stack)).toHaveLength(1);
  });

  test('has the role before a job is submitted', () => {
    const stack = testStack();
    const given = access(stack).pipelines(existingTraining(stack));
    expect(given.resources.map(({ node }) => node.path)).toContainEqual(
      expect.stringMatching(/^prod\/vertex-roles\/pipeline-runner-/),
    );
  });

  test('has no permission on endpoints and models', () => {
    expect(PIPELINE_RUNNER_PERMISSIONS.filter((each) => /endpoints|models|delete/.test(each))).toEqual([]);
    expect(PIPELINE_RUNNER_PERMISSIONS).toContain('aiplatform.metadataStores.get');
    expect([...PIPELINE_RUNNER_PERMISSIONS].sort()).toEqual(PIPELINE_RUNNER_PERMISSIONS);
  });
});

describe('templates of pipelines', () => {
  const REPOSITORY_MEMBER = 'google_artifact_registry_repository_iam_member';
  const readers = (templateRepositories: unknown, props = {}) => {
    const stack = testStack();
    access(stack, props).pipelines(existingTraining(stack), { templateRepositories } as never);
    return resources(stack, REPOSITORY_MEMBER).map(({ member, role, project: owner, repository }) => [
      member,
      role,
      owner,
      repository,
    ]);
  };
  const own = { project: 'my-project', location: 'us-central1', repositoryId: 'pipelines' };
  const foreign = { ...own, project: 'shared-project' };

  test('are read by the submitter, and by the agents of the project on their own', () => {
    expect(readers([own])).toEqual([[READER, 'roles/artifactregistry.reader', 'my-project', 'pipelines']]);
  });

  test('of another project are read by the service agent too', () => {
    expect(readers([foreign])).toEqual([
      [READER, 'roles/artifactregistry.reader', 'shared-project', 'pipelines'],
      [
        'serviceAccount:service-123456789012@gcp-sa-aiplatform-cc.iam.gserviceaccount.com',
        'roles/artifactregistry.reader',
        'shared-project',
        'pipelines',
      ],
    ]);
  });

  test('of another project need the project number', () => {
    const stack = testStack();
    const given = access(stack, { project: { id: 'my-project' } });
    expect(
      refusal(() => given.pipelines(existingTraining(stack), { templateRepositories: [foreign] })).message,
    ).toBe(
      'prod/access: project.number is required for a repository of another project (shared-project), because the service agent of Vertex AI reads it. Set project to { id, number }.',
    );
  });

  test('are read once by each, whatever is submitted', () => {
    const stack = testStack();
    const training = existingTraining(stack);
    const options = { templateRepositories: [foreign] };
    access(stack).pipelines(training, options).schedules(training, options);
    access(stack, { identity: reader(stack, {}, 'other') }, 'other-access').pipelines(training, options);
    expect(resources(stack, REPOSITORY_MEMBER)).toHaveLength(3);
  });
});

describe('who is given access', () => {
  test('is the Google service account, where the pods act as one', () => {
    const stack = testStack();
    access(stack, {
      identity: reader(stack, { googleServiceAccount: { accountId: 'books-reader' } }),
    }).generate();
    expect(resource(stack, MEMBER).member).toBe(
      'serviceAccount:books-reader@my-project.iam.gserviceaccount.com',
    );
  });

  test('is the identity of each namespace, where the pods of several act as themselves', () => {
    const stack = testStack();
    access(stack, { identity: reader(stack, { additionalNamespaces: ['search'] }) }).generate();
    expect(resources(stack, MEMBER).map(({ member }) => member)).toEqual([
      READER,
      READER.replace('/ns/books/', '/ns/search/'),
    ]);
  });

  test('is each of them on an endpoint too', () => {
    const stack = testStack();
    const identity = reader(stack, { additionalNamespaces: ['search'] });
    access(stack, { identity, googleBetaProvider: beta(stack) }).predict(existingEndpoint(stack));
    expect(resources(stack, ON_ENDPOINT).map(({ member }) => member)).toEqual([
      READER,
      READER.replace('/ns/books/', '/ns/search/'),
    ]);
  });

  test('may be an account that no pod has', () => {
    const stack = testStack();
    const identity = GoogleServiceAccount.fromEmail(stack, 'ci', 'ci@my-project.iam.gserviceaccount.com', {
      reason: 'releases',
    });
    access(stack, { identity }).uploadModel();
    expect(resource(stack, MEMBER).member).toBe('serviceAccount:ci@my-project.iam.gserviceaccount.com');
  });
});

describe('access to one endpoint', () => {
  test.each<['predict' | 'explain' | 'deploy']>([['predict'], ['explain'], ['deploy']])(
    '%s counts there alone, with a beta provider, which stands on the resource',
    (capability) => {
      const stack = testStack();
      access(stack, { googleBetaProvider: beta(stack) })[capability](existingEndpoint(stack));
      expect(resource(stack, ON_ENDPOINT)).toEqual({
        '//': { reason: 'ranks the shelf' },
        depends_on: expect.any(Array) as unknown,
        endpoint: '4242',
        location: 'us-central1',
        lifecycle: { create_before_destroy: true },
        member: READER,
        project: 'my-project',
        provider: 'google-beta',
        role: `projects/my-project/roles/${String(resource(stack, ROLE).role_id)}`,
      });
      expect(resources(stack, MEMBER)).toEqual([]);
    },
  );

  test.each<['predict' | 'explain' | 'deploy']>([['predict'], ['explain'], ['deploy']])(
    '%s without a beta provider is refused, since it would reach all',
    (capability) => {
      const stack = testStack();
      expect(refusal(() => access(stack)[capability](existingEndpoint(stack))).message).toBe(
        `prod/access: googleBetaProvider is required because only the beta provider limits ${capability} to one endpoint. Pass a provider of @cdktf/provider-google-beta; to allow calls to every endpoint of the project, set acknowledge.projectWide to the reason.`,
      );
      expect(made(stack)).toEqual({});
    },
  );

  test('reaches all where that is acknowledged, and the reason stands beside the member', () => {
    const stack = testStack();
    access(stack, { owner: 'team-books' }).predict(existingEndpoint(stack), { acknowledge });
    expect(resource(stack, MEMBER)['//']).toEqual({
      reason: 'ranks the shelf',
      owner: 'team-books',
      acknowledged: { projectWide: 'one endpoint is all there is' },
      endpoint: 'projects/my-project/locations/us-central1/endpoints/4242',
    });
  });

  test('waits for an endpoint that the stack makes', () => {
    const stack = testStack();
    const endpoint = new VertexEndpoint(stack, 'endpoint', {
      project,
      location,
      displayName: 'ranking',
      reason: 'serves',
    });
    access(stack, { googleBetaProvider: beta(stack) }).predict(endpoint);
    expect(resource(stack, ON_ENDPOINT).depends_on).toContain('google_vertex_ai_endpoint.endpoint_F9556B44');
  });

  test('orders the stacks where another makes the endpoint', () => {
    const stack = testStack();
    const models = sibling(stack, 'models');
    const endpoint = new VertexEndpoint(models, 'endpoint', {
      project,
      location,
      displayName: 'ranking',
      reason: 'serves',
    });
    access(stack, { googleBetaProvider: beta(stack) }).predict(endpoint);
    expect(stack.dependencies).toEqual([models]);
    expect(JSON.stringify(synthesized(stack))).not.toContain('terraform_remote_state');
  });

  test('ends when its condition says so', () => {
    const stack = testStack();
    const condition = { title: 'until 2027', expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' };
    access(stack, { googleBetaProvider: beta(stack) }).predict(existingEndpoint(stack), { condition });
    expect(resource(stack, ON_ENDPOINT).condition).toEqual(condition);
  });

  test('two of them, acknowledged as project-wide, are one member: the end of one is not the end of both', () => {
    const stack = testStack();
    access(stack)
      .predict(existingEndpoint(stack, '1'), { acknowledge })
      .predict(existingEndpoint(stack, '2'), { acknowledge });
    const members = resources(stack, MEMBER).map(({ member, role }) => `${String(member)} ${String(role)}`);
    expect(new Set(members).size).toBe(members.length);
  });
});

describe('roles are shared by what they hold', () => {
  test('a hundred workloads that do the same three things share three roles', () => {
    const stack = testStack();
    for (let index = 0; index < 100; index += 1) {
      access(stack, { identity: reader(stack, {}, `reader-${index}`) }, `access-${index}`)
        .generate()
        .readModels()
        .vectorSearch();
    }
    expect(made(stack)).toEqual({ [ROLE]: 3, [MEMBER]: 300 });
  });

  test('predict and generate share one', () => {
    const stack = testStack();
    access(stack).generate().predict(existingEndpoint(stack), { acknowledge });
    expect(resources(stack, ROLE)).toHaveLength(1);
  });

  test('another project has roles of its own', () => {
    const stack = testStack();
    const identity = reader(stack);
    access(stack, { identity }).generate();
    access(stack, { identity, project: { id: 'other-project' } }, 'other').generate();
    expect(resources(stack, ROLE).map((role) => role.project)).toEqual(['my-project', 'other-project']);
  });

  test('two stacks do not fight over the id of a role', () => {
    const stack = testStack();
    const other = sibling(stack, 'staging');
    access(stack).generate();
    access(other).generate();
    expect(resource(stack, ROLE).role_id).not.toBe(resource(other, ROLE).role_id);
  });

  test('an id is the same in every run, since it is part of what is granted', () => {
    const ids = [1, 2].map(() => {
      const stack = testStack();
      access(stack).generate();
      return resource(stack, ROLE).role_id;
    });
    expect(ids).toEqual(['vertex_cef28317_6754af96', 'vertex_cef28317_6754af96']);
  });

  test('in a project that Terraform will know have an address without the number of a token', () => {
    const stack = testStack();
    const id = new TerraformVariable(stack, 'project', { type: 'string' }).stringValue;
    access(stack, { project: { id } }).generate();
    expect(addresses(synthesized(stack)).filter((address) => /token/i.test(address))).toEqual([]);
  });

  test('two providers of one project do not make two roles of one id', () => {
    const stack = testStack();
    const googleProvider = new GoogleProvider(stack, 'europe', { alias: 'europe', project: 'my-project' });
    const identity = reader(stack);
    access(stack, { identity }).generate();
    access(stack, { identity, googleProvider }, 'other').generate();
    const ids = resources(stack, ROLE).map((role) => `${String(role.project)} ${String(role.role_id)}`);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('nothing wide is ever granted, whatever is asked for', () => {
  const stack = testStack();
  const training = existingTraining(stack);
  const endpoint = existingEndpoint(stack);
  access(stack, { googleBetaProvider: beta(stack) })
    .predict(endpoint)
    .explain(endpoint)
    .deploy(endpoint)
    .predictProjectWide({ reason: 'asks Gemini' })
    .train(training)
    .tuneHyperparameters(training)
    .pipelines(training)
    .schedules(training)
    .batchPredict(training)
    .uploadModel()
    .readModels()
    .readFeatures()
    .vectorSearch();
  const granted = [MEMBER, ON_ENDPOINT, ACT_AS, ON_BUCKET]
    .flatMap((type) => resources(stack, type))
    .map(({ role }) => String(role));
  expect(new Set(granted.filter((role) => role.startsWith('roles/')))).toEqual(
    new Set(['roles/iam.serviceAccountUser', 'roles/storage.objectCreator', 'roles/storage.objectViewer']),
  );
  const permissions = resources(stack, ROLE).flatMap((role) => role.permissions as unknown as string[]);
  expect(permissions.filter((permission) => !/^aiplatform(\.[a-zA-Z]+){2}$/.test(permission))).toEqual([]);
  expect(permissions.filter((permission) => /delete|setIamPolicy/.test(permission))).toEqual([]);
});

test('what was made can be waited for', () => {
  const stack = testStack();
  const given = access(stack, { googleBetaProvider: beta(stack) })
    .predict(existingEndpoint(stack))
    .train(existingTraining(stack));
  expect(given.resources.map(({ terraformResourceType }) => terraformResourceType).sort()).toEqual([
    MEMBER,
    ACT_AS,
    ON_BUCKET,
    ON_BUCKET,
    ON_ENDPOINT,
  ]);
});

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
      'options.acknowledge.projectWide must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got " ").',
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
