import { runProgram } from '../examples/run';
import { all, named, only, values } from './written';

const secret = runProgram('../programs/secret').secret!;

test('the pod and the role read the secret, and no one else', () => {
  const readers = all(secret, 'google_secret_manager_secret_iam_member').filter(
    ({ role }) => String(role) === 'roles/secretmanager.secretAccessor',
  );
  expect(readers.map(({ member }) => String(member).replace(/^principal(Set)?:.*\//, '')).sort()).toEqual([
    'set-password',
    'shop',
  ]);
  for (const each of readers) expect(each['//']).toMatchObject({ reason: 'signs in to the database' });
});

test('Terraform has no value of the secret', () => {
  expect(secret.resource).not.toHaveProperty('google_secret_manager_secret_version');
  expect(JSON.stringify(secret.resource)).not.toMatch(/secret_data|secret_string/);
});

test('the rotation invokes both hooks and restarts one Deployment', () => {
  const rotation = named(secret, 'aws_lambda_function', 'function_name', 'shop-database-rotation');
  const settings = JSON.stringify(rotation.environment);
  expect(settings).toContain('function:set-password:live');
  expect(settings).toContain('function:test-password:live');
  expect(only(secret, 'kubernetes_role_v1').rule).toMatchObject([{ resource_names: ['web'] }]);
});

test('the pod reads the version that Google names "current"', () => {
  const [deployment] = all(secret, 'kubernetes_deployment_v1');
  expect(JSON.stringify(deployment)).toContain('projects/shop-prod/secrets/shop-database/versions/current');
});

test('both clouds keep an audit trail', () => {
  expect(values(secret, 'google_logging_project_sink', 'project')).toEqual(['shop-prod']);
  expect(JSON.stringify(only(secret, 'aws_cloudtrail'))).toContain('function:shop-database-rotation');
});
