import { PREDEFINED_ROLES_DATE } from '../../../../../lib/access/permissions/predefined-roles';
import { alice, robot, team, viewer, admin, answerOf, brief } from './policy-fixtures';

const binding = (role: string, members: readonly string[], expression?: string) => ({
  role,
  members,
  ...(expression !== undefined && { condition: { title: 't', expression } }),
});
const policy = (...bindings: object[]) => ({ bindings, etag: 'BwX', version: 3 });
const custom = 'projects/books/roles/reader';
const roles = (permissions: readonly string[]) => ({
  roles: [{ name: custom, includedPermissions: permissions }],
});

describe('allow policies', () => {
  test.each([
    ['a narrower role', policy(binding(viewer, [alice])), policy(binding(admin, [alice])), 'within'],
    [
      'a wider role',
      policy(binding(admin, [alice])),
      policy(binding(viewer, [alice])),
      `broader ${alice} storage.folders.create`,
    ],
    [
      'a role in two parts',
      policy(binding('roles/storage.objectUser', [alice])),
      policy(binding(viewer, [alice]), binding('roles/storage.objectCreator', [alice])),
      `broader ${alice} storage.folders.delete`,
    ],
    [
      'roles of two members',
      policy(binding(viewer, [alice, robot])),
      policy(binding(viewer, [alice]), binding(admin, [robot])),
      'within',
    ],
    [
      'a condition that is dropped',
      policy(binding(viewer, [alice])),
      policy(binding(viewer, [alice], 'resource.name.startsWith("projects/_/buckets/a")')),
      `broader ${alice} storage.folders.get`,
    ],
    [
      'conditions that are all requests together',
      policy(binding(viewer, [alice], 'resource.type == "a"')),
      policy(
        binding(viewer, [alice], 'request.time < timestamp("2027-01-01T00:00:00Z") && resource.type == "a"'),
        binding(viewer, [alice], 'request.time >= timestamp("2027-01-01T00:00:00Z")'),
      ),
      'within',
    ],
    [
      'a condition on the member of a wider binding',
      policy(binding(viewer, [alice])),
      policy(binding(viewer, [team]), binding(viewer, [alice], 'resource.type == "a"')),
      `Whether ${alice} belongs to ${team} is not known.`,
    ],
    [
      'a custom role',
      { ...policy(binding(custom, [alice])), ...roles(['a.b.c']) },
      { ...policy(binding(custom, [alice])), ...roles(['a.b.c', 'd.e.f']) },
      'within',
    ],
    [
      'a custom role that grows',
      { ...policy(binding(custom, [alice])), ...roles(['a.b.c', 'd.e.f']) },
      { ...policy(binding(custom, [alice])), ...roles(['a.b.c']) },
      `broader ${alice} d.e.f`,
    ],
    [
      'a role that is not known, in both',
      policy(binding(custom, [alice])),
      policy(binding(custom, [alice])),
      'within',
    ],
    [
      'a role that is not known, for another member',
      policy(binding(custom, [alice, robot])),
      policy(binding(custom, [alice])),
      `broader ${robot} ${custom}`,
    ],
    [
      'a role that is not known, and a known one',
      policy(binding(custom, [alice])),
      policy(binding('roles/owner', [alice])),
      `The permissions of ${custom} are not in the table of ${PREDEFINED_ROLES_DATE}.`,
    ],
    ['an empty policy', {}, policy(binding(viewer, [alice])), 'within'],
    [
      'a field that is not known',
      { ...policy(), rules: [] },
      policy(),
      'Document A: rules is not a known field.',
    ],
    [
      'a role without a name',
      policy(binding('viewer', [alice])),
      policy(),
      'Document A: bindings[0].role must be a role such as "roles/viewer" (got "viewer").',
    ],
    [
      'a JSON text',
      JSON.stringify(policy(binding(viewer, [alice]))),
      JSON.stringify(policy(binding(admin, [alice]))),
      'within',
    ],
    ['a text that is no JSON', '{', policy(), 'Document A must be JSON.'],
  ])('%s', (_, a, b, expected) => {
    expect(brief('gcp-policy', a, b)).toBe(expected);
  });

  test('a witness has the attributes of the condition', () => {
    const a = policy(binding(viewer, [alice], 'resource.name.startsWith("projects/_/buckets/a")'));
    const b = policy(binding(viewer, [alice], 'resource.name.startsWith("projects/_/buckets/ab")'));
    expect(answerOf('gcp-policy', a, b)).toEqual({
      relation: 'broader',
      witness: {
        principal: alice,
        memberOf: [],
        permission: 'storage.folders.get',
        attributes: { 'resource.name': 'projects/_/buckets/a' },
        absent: [],
      },
    });
  });
});
