import { ArtifactRegistryRepository } from '@cdktf/provider-google/lib/artifact-registry-repository';
import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { TerraformVariable, type TerraformStack } from 'cdktf';
import { type GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import { problems, refusal, resource, sibling } from '../synth';
import { identity, project, secret, stackOf } from './grant-fixtures';

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
