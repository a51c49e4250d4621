import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { App, TerraformStack, Testing } from 'cdktf';
import { Defaults } from '../../lib/defaults';
import { GoogleServiceAccount } from '../../lib/identity/google/google-service-account';
import { RotatedSecret } from '../../lib/secrets/rotated-secret';
import { refusal, resource, resources } from '../synth';
import { account, onAws, onGoogle, project, stackWithAws } from './fixtures';

const readStatement = {
  Effect: 'Allow',
  Action: ['secretsmanager:GetSecretValue'],
  Resource: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-??????'],
};

test('an IamRole of the stack reads by an inline policy of its own', () => {
  const stack = stackWithAws();
  const role = new IamRole(stack, 'reader', { name: 'reader', assumeRolePolicy: '{}' });
  const secret = onAws(stack);
  const [policy] = secret.grants.read(role, { reason: 'signs in at start' });
  expect(policy!.node.path).toMatch(/^prod\/reader\/read-database-[0-9a-f]{8}$/);
  const made = resources(stack, 'aws_iam_role_policy').find(({ name }) =>
    /^read-database-/.test(String(name)),
  )!;
  expect(made).toMatchObject({ role: '${aws_iam_role.reader.name}', '//': { reason: 'signs in at start' } });
  expect((JSON.parse(String(made.policy)) as { Statement: object[] }).Statement).toEqual([readStatement]);
});

test('a role of another tool reads by its name, with the reason of the secret', () => {
  const stack = stackWithAws();
  onAws(stack).grants.read({ name: 'reporting' });
  const made = resources(stack, 'aws_iam_role_policy').find(({ role }) => String(role) === 'reporting')!;
  expect(made['//']).toMatchObject({ reason: 'signs in to the database' });
});

test('a second grant to the same role is rejected', () => {
  const secret = onAws(stackWithAws());
  secret.grants.read({ name: 'reporting' });
  expect(refusal(() => secret.grants.read({ name: 'reporting' })).message).toBe(
    'prod/database: role must be granted "read-database" once (got "reporting"). Remove the second grant.',
  );
});

test('an option that is no justification is rejected', () => {
  const secret = onAws(stackWithAws());
  expect(refusal(() => secret.grants.read({ name: 'reporting' }, { why: 'x' } as never)).message).toBe(
    'prod/database: options.why is not a property. The properties are: reason, owner, ticket, reviewBy.',
  );
});

test('an imported secret of Google has its name and grants on plain names', () => {
  const stack = stackWithAws();
  const secret = RotatedSecret.fromAttributes(stack, 'password', {
    store: 'google-secret-manager',
    name: 'shop_database',
    project,
  });
  expect(secret.currentValueName).toBe('projects/my-project/secrets/shop_database/versions/current');
  const reader = GoogleServiceAccount.fromEmail(stack, 'a', 'a@my-project.iam.gserviceaccount.com');
  secret.grants.read(reader, { reason: 'signs in' });
  expect(resource(stack, 'google_secret_manager_secret_iam_member')).toMatchObject({
    secret_id: 'shop_database',
    project: 'my-project',
    role: 'roles/secretmanager.secretAccessor',
  });
});

test('an imported secret of AWS inherits account and reason', () => {
  const stack = stackWithAws();
  Defaults.of(stack).set({ account, reason: 'signs in' });
  const secret = RotatedSecret.fromAttributes(stack, 'password', {
    store: 'aws-secrets-manager',
    name: 'database',
  });
  expect(secret.currentValueName).toBe('database');
  expect(secret.grants.readStatements()).toEqual([
    { actions: readStatement.Action, resources: readStatement.Resource, reason: 'signs in' },
  ]);
});

test('an imported secret without a reason rejects a grant without a reason', () => {
  const secret = RotatedSecret.fromAttributes(stackWithAws(), 'password', {
    store: 'aws-secrets-manager',
    name: 'database',
    account,
  });
  expect(refusal(() => secret.grants.read({ name: 'reporting' })).message).toBe(
    'prod/password: options.reason is required. Set it here or with Defaults.of(scope).',
  );
});

test('an imported secret without a store is rejected', () => {
  const given = { name: 'database', project } as never;
  expect(refusal(() => RotatedSecret.fromAttributes(stackWithAws(), 'password', given)).message).toBe(
    'prod/password: store is required. It must be one of "google-secret-manager", "aws-secrets-manager".',
  );
});

test('the policy of a role of another stack belongs to that stack, without remote state', () => {
  const app = new App();
  const [secrets, roles] = ['secrets', 'roles'].map((name) => new TerraformStack(app, name));
  const role = new IamRole(roles!, 'reader', { name: 'reader', assumeRolePolicy: '{}' });
  onAws(secrets!).grants.read(role);
  expect(Testing.synth(roles!)).toContain('"aws_iam_role_policy"');
  expect(Testing.synth(roles!)).not.toContain('terraform_remote_state');
  expect(Testing.synth(secrets!)).not.toContain('read-database-');
});

test('a secret of Google orders the grant after the resource', () => {
  const stack = stackWithAws();
  const reader = GoogleServiceAccount.fromEmail(stack, 'a', 'a@my-project.iam.gserviceaccount.com');
  onGoogle(stack).grants.read(reader);
  const members = resources(stack, 'google_secret_manager_secret_iam_member');
  expect(members.map(({ secret_id }) => String(secret_id))).toContainEqual(
    expect.stringMatching(/^\$\{google_secret_manager_secret\./),
  );
});
