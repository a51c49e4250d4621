import fc from 'fast-check';
import { decide } from '../../../../lib/access/decide';
import { PREDEFINED_ROLES_DATE } from '../../../../lib/access/permissions/predefined-roles';

const get = 'storage.objects.get';
const list = 'storage.objects.list';
const role = (permissions: unknown, given: object = {}) => ({ permissions, ...given });
const compare = (a: unknown, b: unknown) => decide('gcp-custom-role', a, b);
const within = { relation: 'within' };
const broader = (permission: string) => ({ relation: 'broader', witness: { permission } });

test.each([
  ['equal permissions', role([get, list]), role([list, get]), within],
  ['fewer permissions', role([get]), role([get, list]), within],
  ['one more permission', role([get, list]), role([get]), broader(list)],
  ['another case of letters', role(['storage.objects.GET']), role([get]), broader('storage.objects.GET')],
  ['no permission', role([]), role([get]), within],
  ['the names of the API', { includedPermissions: [get], stage: 'GA' }, role([get]), within],
  ['a disabled role A', role([get, list], { stage: 'DISABLED' }), role([get]), within],
  ['a disabled role B', role([get]), role([get], { stage: 'DISABLED' }), broader(get)],
  ['a deleted role A', role([get, list], { deleted: true }), role([get]), within],
  ['a deprecated role', role([get, list], { stage: 'DEPRECATED' }), role([get]), broader(list)],
  ['a predefined role of the table', 'roles/storage.objectViewer', 'roles/storage.objectAdmin', within],
  [
    'a predefined role and a custom one',
    'roles/storage.objectCreator',
    role(['storage.objects.create']),
    broader('orgpolicy.policy.get'),
  ],
  ['a custom role and a predefined one', role([get, list]), 'roles/storage.objectViewer', within],
  ['one predefined role outside of the table', 'roles/other.viewer', 'roles/other.viewer', within],
  ['one predefined role', 'roles/storage.objectViewer', 'roles/storage.objectViewer', within],
  ['a service with a hyphen and four parts', role(['a-b.c.d.e']), role([]), broader('a-b.c.d.e')],
])('%s', (_, a, b, expected) => {
  expect(compare(a, b)).toEqual(expected);
});

test.each([
  [
    'roles/other.admin',
    `Document A: the permissions of "roles/other.admin" are not in the table of ${PREDEFINED_ROLES_DATE}.`,
  ],
  [{}, 'Document A: permissions is required.'],
  [role('x'), 'Document A: permissions must be a list.'],
  [
    role(['storage.*']),
    'Document A: permissions must contain permissions such as "storage.objects.get" (got "storage.*").',
  ],
  [
    role([get], { includedPermissions: [get] }),
    'Document A: permissions must not be combined with includedPermissions.',
  ],
  [
    role([get], { stage: 'Disabled' }),
    'Document A: stage must be one of ALPHA, BETA, GA, DEPRECATED, DISABLED, EAP (got "Disabled").',
  ],
  [role([get], { deleted: 'yes' }), 'Document A: deleted must be true or false (got "yes").'],
])('is unknown for %j', (a, reason) => {
  expect(compare(a, role([get]))).toEqual({ relation: 'unknown', reason });
});

test('decides as the difference of the sets, for random roles', () => {
  const permissions = fc.subarray(['a.b.c', 'a.b.d', 'e.f.g', 'h.i.j']);
  fc.assert(
    fc.property(permissions, permissions, (a, b) => {
      const missing = a.filter((each) => !b.includes(each));
      const answer = compare(role(a), role(b));
      expect(answer.relation).toBe(missing.length > 0 ? 'broader' : 'within');
      if (answer.relation === 'broader') {
        expect(missing).toContain((answer.witness as { permission: string }).permission);
      }
    }),
  );
});
