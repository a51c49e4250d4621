import { type TerraformStack } from 'cdktf';
import { FederatedAwsRole } from '../../../lib/identity/federation/federated-aws-role';
import { GoogleServiceAccount } from '../../../lib/identity/google/google-service-account';
import { problems, refusal, resource, sibling, testStack, written } from '../../synth';
import { condition, federate, isRole, memberOf, project } from '../federation-fixtures';

describe('a federated role', () => {
  test('comes in, and is given roles that wait for the provider', () => {
    const stack = testStack();
    const role = new FederatedAwsRole(stack, 'etl', {
      federation: federate(stack),
      roleName: 'etl',
      reason: 'loads the catalogue',
    });
    role.grants.bucketReader({ name: 'covers' });
    expect(role.members).toEqual([memberOf('etl')]);
    expect(condition(stack)).toBe(isRole('etl'));
    expect(resource(stack, 'google_storage_bucket_iam_member')).toMatchObject({
      '//': { reason: 'loads the catalogue' },
      member: memberOf('etl'),
      depends_on: ['google_iam_workload_identity_pool_provider.aws_provider_DBD3160E'],
    });
  });

  test('may act as a Google service account', () => {
    const stack = testStack();
    const federation = federate(stack);
    const role = new FederatedAwsRole(stack, 'etl', { federation, roleName: 'etl', reason: 'loads' });
    const account = new GoogleServiceAccount(stack, 'bridge', { project, reason: 'starts jobs' });
    const made = role.impersonate(account, { reason: 'starts jobs from AWS' });
    expect(made).toHaveLength(1);
    expect(resource(stack, 'google_service_account_iam_member')).toMatchObject({
      '//': { reason: 'starts jobs from AWS' },
      member: memberOf('etl'),
      role: 'roles/iam.workloadIdentityUser',
      service_account_id: account.resourceName,
    });
  });

  test('of another stack is let in by the federation, whose stack is applied first', () => {
    const shared = testStack('shared');
    const jobs = sibling(shared, 'jobs');
    const role = new FederatedAwsRole(jobs, 'etl', {
      federation: federate(shared),
      roleName: 'etl',
      reason: 'loads',
    });
    role.grants.bucketReader({ name: 'covers' });
    const { manifest, text } = written(shared);
    expect(manifest.stacks.jobs!.dependencies).toEqual(['shared']);
    expect(manifest.stacks.shared!.dependencies).toEqual([]);
    expect(text).not.toContain('terraform_remote_state');
    expect(condition(shared)).toBe(isRole('etl'));
    expect(resource(jobs, 'google_storage_bucket_iam_member').depends_on).toBeUndefined();
  });

  test('may be had once in a stack, and again in another', () => {
    const shared = testStack('shared');
    const federation = federate(shared);
    const make = (stack: TerraformStack, id: string) =>
      new FederatedAwsRole(stack, id, { federation, roleName: 'etl', reason: 'loads' });
    make(shared, 'etl');
    expect(refusal(() => make(shared, 'again')).message).toBe(
      'shared/again: roleName must be unique among the federated roles of this stack (got "etl"). Use the existing one.',
    );
    expect(make(sibling(shared, 'jobs'), 'etl').member).toBe(memberOf('etl'));
    expect(condition(shared)).toBe(isRole('etl'));
  });

  test('that is refused is not let in', () => {
    const stack = testStack();
    const federation = federate(stack, { roles: ['api'] });
    expect(
      problems(() => new FederatedAwsRole(stack, 'x', { federation, roleName: 'etl', reason: '' })),
    ).toHaveProperty('reason');
    expect(condition(stack)).toBe(isRole('api'));
  });

  test('of something that is no federation is refused', () => {
    const federation = { poolName: 'x' } as never;
    expect(
      problems(() => new FederatedAwsRole(testStack(), 'x', { federation, roleName: 'etl', reason: 'x' })),
    ).toHaveProperty('federation.rule', expect.stringContaining('AwsToGoogleFederation.fromAttributes(…)'));
  });
});
