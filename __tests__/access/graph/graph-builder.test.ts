import { graphOf } from './graph-of';

const member = (comment: object, role = 'projects/p/roles/unknown') => ({
  project: 'p',
  role,
  member: 'group:a@example.com',
  '//': comment,
});
const both = (first: object, second: object) => [
  graphOf({ google_project_iam_member: { a: first, b: second } }),
  graphOf({ google_project_iam_member: { b: second, a: first } }),
];

test('an edge of two resources has both reasons and the earlier review, in any order', () => {
  for (const { edges } of both(
    member({ reason: 'writes', owner: 'team-a', reviewBy: '2031-01-01' }),
    member({ reason: 'reads', owner: 'team-a', reviewBy: '2030-01-01' }),
  )) {
    expect(edges).toEqual([
      expect.objectContaining({
        reason: 'reads; writes',
        owner: 'team-a',
        reviewBy: '2030-01-01',
        sources: [
          { stack: 'prod', address: 'google_project_iam_member.a' },
          { stack: 'prod', address: 'google_project_iam_member.b' },
        ],
      }),
    ]);
  }
});

test('an edge is certain if one of its resources is', () => {
  const binding = (name: string, role: string) => ({
    metadata: [{ name }],
    role_ref: [{ kind: 'ClusterRole', name: role }],
    subject: [{ kind: 'Group', name: 'staff' }],
  });
  const bindings = { a: binding('a', 'view'), b: binding('b', 'view') };
  const { edges } = graphOf({ kubernetes_cluster_role_binding_v1: bindings });
  expect(edges).toMatchObject([{ possible: true, sources: [{}, {}] }]);
});

test('gaps do not depend on the order of resources', () => {
  const [first, second] = both(member({}, 'r'), { ...member({}, 'r'), member: '${var.x}' });
  expect(first!.gaps).toEqual(second!.gaps);
  expect(first).toEqual(second);
});
