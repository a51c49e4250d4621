import { verdicts } from '../plans';

const rbac = (rules: readonly object[], subjects: readonly object[] = [{ kind: 'Group', name: 'staff' }]) =>
  [
    { type: 'kubernetes_role_v1', value: { metadata: [{ name: 'r', namespace: 'books' }], rule: rules } },
    {
      type: 'kubernetes_role_binding_v1',
      value: {
        metadata: [{ name: 'b', namespace: 'books' }],
        role_ref: [{ kind: 'Role', name: 'r' }],
        subject: subjects,
      },
    },
  ] as const;
const rule = (verbs: readonly string[], resources: readonly string[]) => ({
  api_groups: [''],
  resources,
  verbs,
});

test.each<[string, ReturnType<typeof rbac>, ReturnType<typeof rbac>, string[]]>([
  [
    'a verb is added',
    rbac([rule(['get'], ['pods'])]),
    rbac([rule(['get', 'delete'], ['pods'])]),
    ['broadened'],
  ],
  [
    'a verb is removed',
    rbac([rule(['get', 'delete'], ['pods'])]),
    rbac([rule(['get'], ['pods'])]),
    ['narrowed'],
  ],
  [
    'rules are split',
    rbac([rule(['get', 'list'], ['pods'])]),
    rbac([rule(['get'], ['pods']), rule(['list'], ['pods'])]),
    [],
  ],
  [
    'a wildcard covers what was listed',
    rbac([rule(['*'], ['pods'])]),
    rbac([rule(['get'], ['pods'])]),
    ['narrowed'],
  ],
  [
    'a subject is added',
    rbac([rule(['get'], ['pods'])]),
    rbac(
      [rule(['get'], ['pods'])],
      [
        { kind: 'Group', name: 'staff' },
        { kind: 'User', name: 'ada' },
      ],
    ),
    ['broadened'],
  ],
])('RBAC: %s', (_, before, after, expected) => {
  expect(
    verdicts(before.map(({ type, value }, index) => ({ type, before: value, after: after[index]!.value }))),
  ).toEqual(expected);
});
