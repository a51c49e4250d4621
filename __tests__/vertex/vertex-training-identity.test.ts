import { TerraformVariable, type TerraformStack } from 'cdktf';
import { GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import {
  VertexTrainingIdentity,
  type VertexTrainingIdentityProps,
} from '../../lib/vertex/vertex-training-identity';
import { byAddress, problems, refusal, resource, resources, sibling, synthesized, testStack } from '../synth';
import { location, project } from './fixtures';

type Props = Partial<Record<keyof VertexTrainingIdentityProps, unknown>>;

const BUCKET = 'google_storage_bucket';
const training = (props: Props = {}, stack: TerraformStack = testStack()) =>
  new VertexTrainingIdentity(stack, 'training', {
    project,
    location,
    accountId: 'shelf-training',
    reason: 'trains the model',
    ...props,
  } as VertexTrainingIdentityProps);
const bucket = (props: Props = {}) => {
  const stack = testStack();
  training(props, stack);
  return resource(stack, BUCKET);
};

test('the smallest identity is an account, a closed bucket, and a role of the one on the other', () => {
  const stack = testStack();
  training({}, stack);
  expect(byAddress(stack)).toMatchInlineSnapshot(`
   {
     "google_service_account.training_account_B2C5A6D4": {
       "//": {
         "reason": "trains the model",
       },
       "account_id": "shelf-training",
       "description": "trains the model",
       "display_name": "shelf-training",
       "project": "my-project",
     },
     "google_storage_bucket.training_staging_687E5C5C": {
       "//": {
         "reason": "trains the model",
       },
       "lifecycle_rule": [
         {
           "action": {
             "type": "Delete",
           },
           "condition": {
             "days_since_noncurrent_time": 30,
             "with_state": "ARCHIVED",
           },
         },
         {
           "action": {
             "type": "AbortIncompleteMultipartUpload",
           },
           "condition": {
             "age": 7,
           },
         },
       ],
       "location": "US-CENTRAL1",
       "name": "my-project-shelf-training-staging",
       "project": "my-project",
       "public_access_prevention": "enforced",
       "uniform_bucket_level_access": true,
       "versioning": {
         "enabled": true,
       },
     },
     "google_storage_bucket_iam_member.training_account_storageobjectUser-on-bucket-staging-02b5dbfc_352EBD3B": {
       "//": {
         "reason": "jobs read and write their staged files",
       },
       "bucket": "\${google_storage_bucket.training_staging_687E5C5C.name}",
       "depends_on": [
         "google_service_account.training_account_B2C5A6D4",
       ],
       "lifecycle": {
         "create_before_destroy": true,
       },
       "member": "serviceAccount:shelf-training@my-project.iam.gserviceaccount.com",
       "role": "roles/storage.objectUser",
     },
   }
  `);
});

describe('the bucket', () => {
  test('has a name that is known at synth', () => {
    expect(training().bucket).toEqual({ name: 'my-project-shelf-training-staging' });
    expect(training({ bucketName: 'staged-files' }).bucket).toEqual({ name: 'staged-files' });
  });

  test('keeps to 63 characters, however long the project and the account are', () => {
    const { name } = training({ project: { id: 'p'.repeat(30) }, accountId: 'a'.repeat(30) }).bucket;
    expect(name).toMatch(/^p{30}-a{23}-[0-9a-f]{8}$/);
  });

  test('is encrypted with a key of yours', () => {
    const kmsKeyName = 'projects/p/locations/us-central1/keyRings/r/cryptoKeys/k';
    expect(bucket({ kmsKeyName }).encryption).toEqual({ default_kms_key_name: kmsKeyName });
  });

  test.each([
    [0, 'Use at least 1.'],
    [1, undefined],
    [3650, undefined],
    [3651, 'Use at most 3650.'],
  ])('forgets after %d days: %p', (deleteAfterDays, remedy) => {
    if (remedy === undefined) {
      expect(bucket({ deleteAfterDays }).lifecycle_rule).toMatchObject([
        { action: { type: 'Delete' }, condition: { days_since_noncurrent_time: 30 } },
        { action: { type: 'AbortIncompleteMultipartUpload' } },
        { action: { type: 'Delete' }, condition: { age: deleteAfterDays, with_state: 'LIVE' } },
      ]);
    } else {
      expect(refusal(() => training({ deleteAfterDays })).message).toBe(
        `prod/training: deleteAfterDays must be a whole number from 1 to 3650 (got ${deleteAfterDays}). ${remedy}`,
      );
    }
  });

  test('is in a region that is known at synth, since buckets write theirs in capitals', () => {
    const stack = testStack();
    const location = new TerraformVariable(stack, 'region', { type: 'string' }).stringValue;
    expect(problems(() => training({ location }, stack))).toMatchObject({ location: { value: 'a token' } });
  });
});

describe('the account', () => {
  test('has a role on its own bucket and on nothing else', () => {
    const stack = testStack();
    training({}, stack);
    const types = Object.keys(synthesized(stack).resource ?? {});
    expect(types.filter((type) => type.includes('_iam_'))).toEqual(['google_storage_bucket_iam_member']);
  });

  const images = { project: 'shared', location: 'us', repositoryId: 'images' };
  const READERS = 'google_artifact_registry_repository_iam_member';

  test('pulls no images: the service agent of the project does, with a role on repositories of others', () => {
    const stack = testStack();
    training({ imageRepositories: [images] }, stack);
    expect(resource(stack, READERS)).toEqual({
      '//': { reason: 'Vertex AI pulls the images of jobs' },
      location: 'us',
      lifecycle: { create_before_destroy: true },
      member: 'serviceAccount:service-123456789012@gcp-sa-aiplatform.iam.gserviceaccount.com',
      project: 'shared',
      repository: 'images',
      role: 'roles/artifactregistry.reader',
    });
  });

  test.each([[{ ...images, project: 'my-project' }], [{ location: 'us', repositoryId: 'images' }]])(
    'needs no role of the agent in its own project: %j',
    (repository) => {
      const stack = testStack();
      training({ imageRepositories: [repository], project: { id: 'my-project' } }, stack);
      expect(resources(stack, READERS)).toEqual([]);
    },
  );

  test('and another of the stack share the role of the agent, and their jobs wait for it', () => {
    const stack = testStack();
    const first = training({ imageRepositories: [images] }, stack);
    const second = new VertexTrainingIdentity(stack, 'second', {
      project,
      location,
      accountId: 'second-training',
      imageRepositories: [images],
      reason: 'trains another model',
    });
    expect(resources(stack, READERS)).toHaveLength(1);
    const shared = expect.stringMatching(/^prod\/vertex-roles\/agent-for-images-123456789012\//) as string;
    for (const identity of [first, second]) {
      expect(identity.dependenciesIn(stack).map(({ node }) => node.path)).toContainEqual(shared);
    }
  });

  test('with repositories of another project needs the project number', () => {
    expect(
      refusal(() => training({ imageRepositories: [images], project: { id: 'my-project' } })).message,
    ).toBe(
      'prod/training: project.number is required for a repository of another project (shared), because the service agent of Vertex AI reads it. Set project to { id, number }.',
    );
  });

  test('is given more with a reason of its own', () => {
    const stack = testStack();
    training({}, stack).grants.bucketReader({ name: 'sales' }, { reason: 'learns from what was sold' });
    expect(resources(stack, 'google_storage_bucket_iam_member').map((member) => member['//'])).toEqual([
      { reason: 'jobs read and write their staged files' },
      { reason: 'learns from what was sold' },
    ]);
  });

  test('never has a key', () => {
    const stack = testStack();
    training({}, stack);
    expect(resources(stack, 'google_service_account_key')).toEqual([]);
  });
});

describe('what a job waits for', () => {
  test('is the account, the bucket, and every role that the account has by then', () => {
    const stack = testStack();
    const identity = training({}, stack);
    identity.grants.bucketReader({ name: 'sales' });
    expect(identity.dependenciesIn(stack).map(({ node }) => node.path)).toEqual([
      'prod/training/account/account',
      'prod/training/staging',
      'prod/training/account/storage.objectUser-on-bucket-staging-02b5dbfc',
      expect.stringMatching(/^prod\/training\/account\/storage\.objectViewer-on-bucket-sales-[0-9a-f]{8}$/),
    ]);
  });

  test('orders the stacks where the job is in another', () => {
    const stack = testStack();
    const jobs = sibling(stack, 'jobs');
    expect(training({}, stack).dependenciesIn(jobs)).toEqual([]);
    expect(jobs.dependencies).toEqual([stack]);
  });

  test('is nothing, for an account and a bucket that exist', () => {
    const stack = testStack();
    const account = GoogleServiceAccount.fromEmail(
      stack,
      'it',
      'trainer@my-project.iam.gserviceaccount.com',
      {
        reason: 'trains',
      },
    );
    const existing = VertexTrainingIdentity.fromAttributes(stack, 'training', {
      account,
      bucket: { name: 'staged-files' },
    });
    expect(existing.dependenciesIn(stack)).toEqual([]);
    expect(existing.bucket).toEqual({ name: 'staged-files' });
    expect(synthesized(stack).resource).toBeUndefined();
  });
});

describe('bad input', () => {
  test.each<[string, Props, string]>([
    [
      'a zone',
      { location: 'us-central1-a' },
      'location must be a region, for example "us-central1" (got "us-central1-a"). Use "us-central1".',
    ],
    [
      'a bucket of two letters',
      { bucketName: 'ab' },
      'bucketName must have 3 to 63 lower-case letters, digits and hyphens, and not start with "goog" (got "ab").',
    ],
    [
      'a bucket that looks like one of Google',
      { bucketName: 'google-files' },
      'bucketName must have 3 to 63 lower-case letters, digits and hyphens, and not start with "goog" (got "google-files").',
    ],
    [
      'a key by its short name',
      { kmsKeyName: 'books' },
      'kmsKeyName must be a key of the form projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY (got "books").',
    ],
    ['no reason', { reason: undefined }, 'reason is required. Set it here or with Defaults.of(scope).'],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => training(props, stack)).message).toBe(`prod/training: ${message}`);
    expect(stack.node.tryFindChild('training')).toBeUndefined();
  });

  test('a key of another region is refused, as it is for an endpoint', () => {
    const kmsKeyName = 'projects/p/locations/europe-west4/keyRings/r/cryptoKeys/k';
    expect(problems(() => training({ kmsKeyName }))).toHaveProperty('kmsKeyName');
  });
});
