import { CustomRole, roleIdFrom, type CustomRoleProps } from '../../../lib/identity/google/custom-role';
import { refusal, resource, testStack } from '../../synth';
import { project } from '../grant-fixtures';

describe('a custom role', () => {
  const make = (props: Partial<Record<keyof CustomRoleProps, unknown>> = {}, stack = testStack()) => {
    new CustomRole(stack, 'predict', {
      project,
      roleId: 'endpointPredictor',
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
      role_id: 'endpointPredictor',
      title: 'endpointPredictor',
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

  test('without an id is rejected: a default of the path would change with the path', () => {
    expect(refusal(() => make({ roleId: undefined })).message).toBe(
      'prod/predict: roleId is required. It must be a string.',
    );
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
      'permissions must be a list of at least 1 and at most 3000 items (got []). Add an item.',
    ],
    [
      'a permission twice',
      { permissions: ['a.b.c', 'a.b.d', 'a.b.c'] },
      'permissions[2] must be unique in the list (got "a.b.c"). Omit it.',
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

  test.each([
    ['vertex_callback_shelf', 'vertex_callback_shelf'],
    ['rotate_db-password', 'rotate_db_password_f58c900e'],
    [`rotate_${'a'.repeat(60)}`, `rotate_${'a'.repeat(48)}_89dcefe5`],
  ])('for the purpose %s has the id %s', (purpose, roleId) => {
    expect(roleIdFrom(purpose)).toBe(roleId);
    expect(roleId.length).toBeLessThanOrEqual(64);
  });
});
