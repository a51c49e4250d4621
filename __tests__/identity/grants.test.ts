import { ArtifactRegistryRepository } from '@cdktf/provider-google/lib/artifact-registry-repository';
import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { TerraformVariable, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { CustomRole, type CustomRoleProps } from '../../lib/identity/custom-role';
import { GoogleServiceAccount } from '../../lib/identity/google-service-account';
import { IamConditions } from '../../lib/identity/iam-condition';
import { tooWideForProject } from '../../lib/identity/project-wide-roles';
import { addresses, problems, refusal, resource, resources, sibling, synthesized, testStack } from '../synth';

const project = { id: 'my-project' };
const MEMBER = 'serviceAccount:books-reader@my-project.iam.gserviceaccount.com';
const identityIn = (stack: TerraformStack) =>
  new GoogleServiceAccount(stack, 'reader', {
    project,
    accountId: 'books-reader',
    reason: 'reads the catalogue',
    owner: 'team-books',
  });
const identity = () => identityIn(testStack());
const stackOf = (construct: Construct) => construct.node.scope as TerraformStack;

const secret = { secretId: 'database-password' };
const bucket = { name: 'book-covers' };
const repository = { repositoryId: 'images', location: 'us-central1' };

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

describe('what is granted on', () => {
  test('a resource of the same stack is referred to, so that Terraform orders the two', () => {
    const account = identity();
    const stack = stackOf(account);
    account.grants.secretAccessor(
      new SecretManagerSecret(stack, 'password', {
        secretId: 'database-password',
        replication: { auto: {} },
      }),
    );
    account.grants.bucketReader(new StorageBucket(stack, 'covers', { name: 'book-covers', location: 'US' }));
    account.grants.repositoryReader(
      new ArtifactRegistryRepository(stack, 'images', { repositoryId: 'images', format: 'DOCKER' }),
    );
    expect(resource(stack, 'google_secret_manager_secret_iam_member').secret_id).toBe(
      '${google_secret_manager_secret.password.secret_id}',
    );
    expect(resource(stack, 'google_storage_bucket_iam_member').bucket).toBe(
      '${google_storage_bucket.covers.name}',
    );
    expect(resource(stack, 'google_artifact_registry_repository_iam_member').repository).toBe(
      '${google_artifact_registry_repository.images.repository_id}',
    );
  });

  test.each<[string, (account: GoogleServiceAccount, other: TerraformStack) => unknown, string]>([
    [
      'secret',
      ({ grants }, other) =>
        grants.secretAccessor(
          new SecretManagerSecret(other, 'it', { secretId: 'x', replication: { auto: {} } }),
        ),
      '{ secretId, project }',
    ],
    [
      'bucket',
      ({ grants }, other) =>
        grants.bucketReader(new StorageBucket(other, 'it', { name: 'x', location: 'US' })),
      '{ name }',
    ],
    [
      'repository',
      ({ grants }, other) =>
        grants.repositoryReader(
          new ArtifactRegistryRepository(other, 'it', { repositoryId: 'x', format: 'DOCKER' }),
        ),
      '{ repositoryId, location, project }',
    ],
  ])('a %s of another stack is refused, since its remote state would be read', (property, grant, plain) => {
    const account = identity();
    const other = sibling(stackOf(account), 'platform');
    expect(refusal(() => grant(account, other)).message).toBe(
      `prod/reader/grants: ${property} must belong to this stack, because a reference to another stack reads its remote state (got "platform/it"). Pass plain strings: ${plain}.`,
    );
  });

  test.each<[string, (grants: GoogleServiceAccount['grants']) => unknown, string]>([
    [
      'no secret',
      (grants) => grants.secretAccessor(undefined as never),
      'secret is required. It must be an object.',
    ],
    [
      'no bucket name',
      (grants) => grants.bucketReader({} as never),
      'bucket.name is required. It must be a string.',
    ],
    [
      'a role without its prefix',
      (grants) => grants.secretRole(secret, 'secretmanager.viewer'),
      'role must be a role of the form "roles/NAME", or "projects/PROJECT/roles/NAME" for a custom role (got "secretmanager.viewer"). Use "roles/secretmanager.viewer".',
    ],
    [
      'an empty reason',
      (grants) => grants.secretAccessor(secret, { reason: '' }),
      'options.reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got "").',
    ],
    [
      'a misspelt option',
      (grants) => grants.secretAccessor(secret, { reson: 'x' } as never),
      'options.reson is not a property. Did you mean "reason"?',
    ],
    [
      'a project by its number',
      (grants) => grants.projectRole({ id: '123456789012' }, 'roles/logging.logWriter'),
      'project.id must be a project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen (got "123456789012"). This is a project number; set the project id.',
    ],
    [
      'an acknowledgement that does not exist',
      (grants) =>
        grants.projectRole(project, 'roles/logging.logWriter', {
          acknowledge: { projectwide: 'x' } as never,
        }),
      'acknowledge.projectwide is not a property. Did you mean "projectWide"?',
    ],
  ])('%s is refused', (_, grant, message) => {
    const account = identity();
    // A required acknowledgement is missing besides, where one is misspelt.
    expect(refusal(() => grant(account.grants)).message).toContain(message);
    expect(account.grants.resources).toEqual([]);
  });

  test('repositories are judged whole: one without a location is refused', () => {
    const { grants } = identity();
    expect(problems(() => grants.repositoryReader({ repositoryId: 'images' } as never))).toHaveProperty([
      'repository.location',
    ]);
  });

  test.each<[string, (grants: GoogleServiceAccount['grants']) => unknown]>([
    ['custom role', (grants) => grants.customRole(undefined as never)],
    [
      'service account',
      (grants) => grants.serviceAccountRole(undefined as never, 'roles/iam.serviceAccountUser'),
    ],
    ['options', (grants) => grants.secretAccessor(secret, null as never)],
  ])('no %s at all is refused by name', (_, grant) => {
    expect(refusal(() => grant(identity().grants)).path).toBe('prod/reader/grants');
  });

  test('null for the options of a role on a project is refused as it is elsewhere', () => {
    const { grants } = identity();
    expect(
      refusal(() => grants.projectRole(project, 'roles/logging.logWriter', null as never)).problems,
    ).toMatchObject([{ property: 'options', value: null, rule: 'be an object' }]);
  });

  test('a project that Terraform will know is granted on, under an id without the token', () => {
    const account = identity();
    const id = new TerraformVariable(stackOf(account), 'project', { type: 'string' }).stringValue;
    expect(() => account.grants.projectRole({ id }, 'roles/logging.logWriter')).not.toThrow();
  });
});

describe('roles on a whole project', () => {
  test.each([
    ['roles/owner', /not be a basic role/],
    ['roles/editor', /not be a basic role/],
    ['roles/viewer', /not be a basic role/],
    ['roles/iam.serviceAccountUser', /can impersonate every service account/],
    ['roles/iam.serviceAccountTokenCreator', /can impersonate every service account/],
    ['roles/iam.serviceAccountOpenIdTokenCreator', /can impersonate every service account/],
    ['roles/iam.workloadIdentityUser', /can impersonate every service account/],
    ['roles/secretmanager.secretAccessor', /every present and future secret/],
    ['roles/secretmanager.viewer', /every present and future secret/],
    ['roles/storage.objectViewer', /every present and future bucket/],
    ['roles/storage.admin', /every present and future bucket/],
    ['roles/artifactregistry.reader', /every present and future repository/],
    ['roles/aiplatform.user', /hundreds of permissions/],
    ['roles/aiplatform.admin', /hundreds of permissions/],
    ['roles/container.developer', /without Kubernetes RBAC/],
    ['roles/container.clusterAdmin', /without Kubernetes RBAC/],
    ['roles/resourcemanager.projectIamAdmin', /administrator/],
    ['roles/iam.serviceAccountKeyAdmin', /administrator/],
    ['roles/cloudkms.admin', /administrator/],
  ])('%s is refused unless acknowledged', (role, rule) => {
    const account = identity();
    const refused = problems(() => account.grants.projectRole(project, role)).role!;
    expect(refused).toMatchObject({ value: role, rule: expect.stringMatching(rule) });
    expect(refused.fix).toMatch(
      /^Grant .*\. To keep it project-wide, set acknowledge\.projectWide to the reason\.$/,
    );

    account.grants.projectRole(project, role, { acknowledge: { projectWide: 'the guide asks for it' } });
    expect(resource(stackOf(account), 'google_project_iam_member')).toMatchObject({
      '//': { reason: 'reads the catalogue', acknowledged: { projectWide: 'the guide asks for it' } },
      role,
    });
  });

  test.each([
    'roles/logging.logWriter',
    'roles/monitoring.metricWriter',
    'roles/container.defaultNodeServiceAccount',
    'roles/container.clusterViewer',
    'roles/aiplatform.featurestoreDataViewer',
    'roles/browser',
    'projects/my-project/roles/predict',
    'organizations/123/roles/storage.reader',
  ])('%s is granted without further words', (role) => {
    const account = identity();
    account.grants.projectRole(project, role);
    expect(resource(stackOf(account), 'google_project_iam_member').role).toBe(role);
  });

  test.each([
    ['roles/compute.instanceAdmin.v1'],
    ['roles/reader'],
    ['roles/writer'],
    ['roles/aiplatform.serviceAgent'],
  ])('%s is refused too', (role) => {
    expect(tooWideForProject(role)).toBeDefined();
  });
});

describe('a custom role', () => {
  const make = (props: Partial<Record<keyof CustomRoleProps, unknown>> = {}, stack = testStack()) => {
    new CustomRole(stack, 'predict', {
      project,
      permissions: ['aiplatform.endpoints.predict', 'aiplatform.endpoints.explain'],
      reason: 'asks a model',
      ...props,
    } as CustomRoleProps);
    return resource(stack, 'google_project_iam_custom_role');
  };

  test('has exactly its permissions, in order, and says what it is for', () => {
    expect(make({ owner: 'team-books' })).toEqual({
      '//': { reason: 'asks a model', owner: 'team-books' },
      project: 'my-project',
      role_id: expect.stringMatching(/^prod_predict_[0-9a-f]{8}$/),
      title: expect.stringMatching(/^prod_predict_[0-9a-f]{8}$/),
      description: 'asks a model (owner: team-books)',
      permissions: ['aiplatform.endpoints.explain', 'aiplatform.endpoints.predict'],
    });
  });

  test('is known by its full name before it is made', () => {
    const role = new CustomRole(testStack(), 'predict', {
      project,
      permissions: ['aiplatform.endpoints.predict'],
      roleId: 'predict',
      reason: 'asks a model',
    });
    expect(role.name).toBe('projects/my-project/roles/predict');
  });

  test.each<[string, Partial<Record<keyof CustomRoleProps, unknown>>, string]>([
    [
      'a wildcard',
      { permissions: ['aiplatform.*'] },
      'permissions[0] must be a permission of the form SERVICE.RESOURCE.VERB, without a wildcard (got "aiplatform.*").',
    ],
    [
      'no permission',
      { permissions: [] },
      'permissions must be a list of at least 1 and at most 3000 items (got []).',
    ],
    [
      'a permission twice',
      { permissions: ['a.b.c', 'a.b.d', 'a.b.c'] },
      'permissions[2] must be unique in the list (got "a.b.c").',
    ],
    [
      'an id with a hyphen',
      { roleId: 'my-role' },
      'roleId must have 3 to 64 letters, digits, "_" and "." (got "my-role"). Use "my_role_5e228088".',
    ],
    [
      'an id of two letters',
      { roleId: 'ab' },
      'roleId must have 3 to 64 letters, digits, "_" and "." (got "ab").',
    ],
  ])('with %s is refused', (_, props, message) => {
    expect(refusal(() => make(props)).message).toBe(`prod/predict: ${message}`);
  });

  test('with an id of 64 letters is made', () => {
    expect(make({ roleId: 'r'.repeat(64) }).role_id).toBe('r'.repeat(64));
  });

  test('at a long path has an id of at most 64 letters', () => {
    const deep = new Construct(new Construct(testStack(), 'a'.repeat(40)), 'b'.repeat(40));
    const role = new CustomRole(deep, 'predict', { project, permissions: ['a.b.c'], reason: 'asks a model' });
    expect(role.roleId).toMatch(/^prod_a{40}_b{9}_[0-9a-f]{8}$/);
  });
});
