import { isDeepStrictEqual } from 'node:util';
import { GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import { resource, resources, testStack } from '../synth';
import { beta, existingEndpoint, existingTraining, reader, READER } from './fixtures';
import { type Give, MEMBER, ON_ENDPOINT, ROLE, access, acknowledge, made } from './access-fixtures';

const ACT_AS = 'google_service_account_iam_member';
const ON_BUCKET = 'google_storage_bucket_iam_member';
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
