import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { CustomRole } from '../../../lib/identity/google/custom-role';
import { GoogleGrants } from '../../../lib/identity/google/grants';
import { GoogleServiceAccount } from '../../../lib/identity/google/google-service-account';
import { IamConditions } from '../../../lib/identity/google/iam-condition';
import { addresses, refusal, resource, resources, synthesized, testStack } from '../../synth';
import { identity, identityIn, project, secret, stackOf } from '../grant-fixtures';

const MEMBER = 'serviceAccount:books-reader@my-project.iam.gserviceaccount.com';
const bucket = { name: 'book-covers' };
const repository = { repositoryId: 'images', location: 'us-central1' };

test('grants of something that is no identity are rejected by name', () => {
  const stack = testStack();
  // The arguments of most constructs: scope, id, props.
  const grants = Reflect.construct(GoogleGrants, [stack, 'grants', identity()]) as GoogleGrants;
  expect(refusal(() => grants.bucketReader(bucket)).message).toBe(
    'prod/grants: principal must be an identity, for example a WorkloadIdentityBinding or a GoogleServiceAccount (got "grants").',
  );
});

describe('each method gives one role on one thing', () => {
  type Grants = GoogleServiceAccount['grants'];
  const SECRET = 'google_secret_manager_secret_iam_member';
  const BUCKET = 'google_storage_bucket_iam_member';
  const REPOSITORY = 'google_artifact_registry_repository_iam_member';

  test.each<[string, (grants: Grants) => unknown, string, object]>([
    [
      'projectRole',
      (grants) => grants.projectRole(project, 'roles/logging.logWriter'),
      'google_project_iam_member',
      { role: 'roles/logging.logWriter', project: 'my-project' },
    ],
    [
      'secretAccessor',
      (grants) => grants.secretAccessor({ ...secret, project: 'other-project' }),
      SECRET,
      {
        role: 'roles/secretmanager.secretAccessor',
        secret_id: 'database-password',
        project: 'other-project',
      },
    ],
    [
      'secretRole',
      (grants) => grants.secretRole(secret, 'roles/secretmanager.secretVersionAdder'),
      SECRET,
      { role: 'roles/secretmanager.secretVersionAdder', secret_id: 'database-password' },
    ],
    [
      'bucketReader',
      (grants) => grants.bucketReader(bucket),
      BUCKET,
      { role: 'roles/storage.objectViewer', bucket: 'book-covers' },
    ],
    [
      'bucketUser',
      (grants) => grants.bucketUser(bucket),
      BUCKET,
      { role: 'roles/storage.objectUser', bucket: 'book-covers' },
    ],
    [
      'bucketRole',
      (grants) => grants.bucketRole(bucket, 'roles/storage.objectCreator'),
      BUCKET,
      { role: 'roles/storage.objectCreator', bucket: 'book-covers' },
    ],
    [
      'repositoryReader',
      (grants) => grants.repositoryReader({ ...repository, project: 'books-shared' }),
      REPOSITORY,
      {
        role: 'roles/artifactregistry.reader',
        repository: 'images',
        location: 'us-central1',
        project: 'books-shared',
      },
    ],
    [
      'repositoryRole',
      (grants) => grants.repositoryRole(repository, 'roles/artifactregistry.writer'),
      REPOSITORY,
      { role: 'roles/artifactregistry.writer', repository: 'images', location: 'us-central1' },
    ],
  ])('%s', (_, grant, type, fields) => {
    const account = identity();
    grant(account.grants);
    expect(resource(stackOf(account), type)).toEqual({
      '//': { reason: 'reads the catalogue', owner: 'team-books' },
      member: MEMBER,
      lifecycle: { create_before_destroy: true },
      depends_on: [expect.stringMatching(/^google_service_account\.reader_/)],
      ...fields,
    });
  });

  test('serviceAccountRole, on the account of others, which is waited for', () => {
    const stack = testStack();
    const other = new GoogleServiceAccount(stack, 'trainer', {
      project,
      accountId: 'trainer',
      reason: 'trains',
    });
    identityIn(stack).grants.serviceAccountRole(other, 'roles/iam.serviceAccountUser');
    expect(resource(stack, 'google_service_account_iam_member')).toMatchObject({
      service_account_id: 'projects/my-project/serviceAccounts/trainer@my-project.iam.gserviceaccount.com',
      role: 'roles/iam.serviceAccountUser',
      member: MEMBER,
      depends_on: [
        expect.stringContaining('google_service_account.reader_'),
        expect.stringContaining('google_service_account.trainer_'),
      ],
    });
  });

  test('customRole, on the project of the role, which is waited for', () => {
    const stack = testStack();
    const role = new CustomRole(stack, 'predict', {
      project,
      permissions: ['aiplatform.endpoints.predict'],
      roleId: 'predict',
      reason: 'asks a model',
    });
    identityIn(stack).grants.customRole(role);
    expect(resource(stack, 'google_project_iam_member')).toMatchObject({
      project: 'my-project',
      role: 'projects/my-project/roles/predict',
      depends_on: [expect.stringContaining('reader'), expect.stringContaining('custom_role.predict')],
    });
  });

  test('and none of them owns a binding or a policy', () => {
    const account = identity();
    account.grants.secretAccessor(secret);
    account.grants.bucketUser(bucket);
    account.grants.repositoryReader(repository);
    account.grants.projectRole(project, 'roles/logging.logWriter');
    const types = Object.keys(synthesized(stackOf(account)).resource!);
    expect(types.filter((type) => /_iam_(binding|policy|audit_config)$|_key$/.test(type))).toEqual([]);
    expect(types.filter((type) => type.endsWith('_iam_member'))).toHaveLength(4);
  });
});

describe('why', () => {
  test('a grant says its own reason, owner and ticket', () => {
    const account = identity();
    account.grants.secretAccessor(secret, { reason: 'signs in', owner: 'team-data', ticket: 'BOOK-9' });
    expect(resource(stackOf(account), 'google_secret_manager_secret_iam_member')['//']).toEqual({
      reason: 'signs in',
      owner: 'team-data',
      ticket: 'BOOK-9',
    });
  });

  test('a condition is written on the member', () => {
    const account = identity();
    account.grants.bucketReader(bucket, { condition: IamConditions.expiresAt('2027-01-31T00:00:00Z') });
    expect(resource(stackOf(account), 'google_storage_bucket_iam_member').condition).toEqual({
      title: 'until 2027-01-31T00:00:00Z',
      expression: 'request.time < timestamp("2027-01-31T00:00:00Z")',
    });
  });

  test('what was granted is returned and listed, so that it can be waited for', () => {
    const { grants } = identity();
    const made = [grants.secretAccessor(secret), grants.bucketReader(bucket)].flat();
    expect(grants.resources).toEqual(made);
  });
});

describe('the same grant twice', () => {
  test('is refused', () => {
    const { grants } = identity();
    grants.secretAccessor(secret);
    expect(refusal(() => grants.secretAccessor(secret)).message).toBe(
      'prod/reader/grants: role must be granted once to this identity on this secret (got "roles/secretmanager.secretAccessor"). Grant it once, or set another id for the second grant.',
    );
  });

  test('is possible under an id of its own, for a second condition', () => {
    const account = identity();
    account.grants.bucketReader(bucket);
    account.grants.bucketReader(bucket, { id: 'covers-until-2027' });
    expect(addresses(synthesized(stackOf(account))).filter((a) => a.includes('bucket'))).toEqual([
      expect.stringMatching(/^google_storage_bucket_iam_member\.reader_covers-until-2027_[0-9A-F]{8}$/),
      expect.stringMatching(
        /^google_storage_bucket_iam_member\.reader_storageobjectViewer-on-bucket-book-covers-23cdc357_[0-9A-F]{8}$/,
      ),
    ]);
  });

  test('is another grant where the role or the thing is another', () => {
    const account = identity();
    account.grants.bucketReader(bucket);
    account.grants.bucketUser(bucket);
    account.grants.bucketReader({ name: 'book-texts' });
    expect(resources(stackOf(account), 'google_storage_bucket_iam_member')).toHaveLength(3);
  });

  test('is another grant where the secret of that id is in another project', () => {
    const { grants } = identity();
    grants.secretAccessor(secret);
    expect(() => grants.secretAccessor({ ...secret, project: 'other-project' })).not.toThrow();
  });

  test('is another grant where the repository of that id is in another region', () => {
    const { grants } = identity();
    grants.repositoryReader(repository);
    expect(() => grants.repositoryReader({ ...repository, location: 'europe-west1' })).not.toThrow();
  });

  test('is another grant where two resources of one construct id stand in different scopes', () => {
    const account = identity();
    const secretIn = (scope: string) =>
      new SecretManagerSecret(new Construct(stackOf(account), scope), 'password', {
        secretId: `${scope}-password`,
        replication: { auto: {} },
      });
    account.grants.secretAccessor(secretIn('books'));
    expect(() => account.grants.secretAccessor(secretIn('shop'))).not.toThrow();
  });

  test('is another grant where two names are known to Terraform only', () => {
    const account = identity();
    const name = (id: string) => new TerraformVariable(stackOf(account), id, { type: 'string' }).stringValue;
    account.grants.bucketReader({ name: name('covers') });
    expect(() => account.grants.bucketReader({ name: name('texts') })).not.toThrow();
  });
});
