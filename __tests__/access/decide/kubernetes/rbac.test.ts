import { decide } from '../../../../lib/access/decide';

const rule = (given: object = {}) => ({ apiGroups: [''], resources: ['pods'], verbs: ['get'], ...given });
const role = (...rules: object[]) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: { name: 'reader', namespace: 'books' },
  rules,
});
const clusterRole = (name: string, rules: object[], given: object = {}, labels: object = {}) => ({
  kind: 'ClusterRole',
  metadata: { name, labels },
  rules,
  ...given,
});
const rbac = (a: unknown, b: unknown) => decide('rbac', a, b);
const within = { relation: 'within' };
const broader = (witness: object) => ({ relation: 'broader', witness });
const unknown = (reason: string) => ({ relation: 'unknown', reason });
const pods = { apiGroup: '', resource: 'pods' };

test.each([
  ['a verb', rule({ verbs: ['get', 'list'] }), rule(), { verb: 'list', ...pods }],
  ['the verb *', rule({ verbs: ['*'] }), rule({ verbs: ['get'] }), { verb: 'list', ...pods }],
  [
    'an API group',
    rule({ apiGroups: ['', 'apps'] }),
    rule(),
    { verb: 'get', apiGroup: 'apps', resource: 'pods', name: 'x' },
  ],
  [
    'the API group *',
    rule({ apiGroups: ['*'] }),
    rule(),
    { verb: 'get', apiGroup: 'x', resource: 'pods', name: 'x' },
  ],
  [
    'a subresource',
    rule({ resources: ['pods', 'pods/log'] }),
    rule(),
    { verb: 'get', ...pods, subresource: 'log', name: 'x' },
  ],
  [
    'a subresource of all resources',
    rule({ resources: ['*/scale'] }),
    rule({ resources: ['deployments/scale'] }),
    { verb: 'get', apiGroup: '', resource: 'x', subresource: 'scale', name: 'x' },
  ],
  [
    'the resource * against all subresources of one name',
    rule({ resources: ['*'] }),
    rule({ resources: ['*/scale'] }),
    { verb: 'get', apiGroup: '', resource: 'x', name: 'x' },
  ],
  ['no resource name', rule(), rule({ resourceNames: ['a'] }), { verb: 'get', ...pods, name: 'x' }],
  [
    'create without a name',
    rule({ verbs: ['create'] }),
    rule({ verbs: ['create'], resourceNames: ['a'] }),
    { verb: 'create', ...pods },
  ],
  [
    'list without a name',
    rule({ verbs: ['list'] }),
    rule({ verbs: ['list'], resourceNames: ['a'] }),
    { verb: 'list', ...pods },
  ],
  [
    'all objects of deletecollection',
    rule({ verbs: ['deletecollection'] }),
    rule({ verbs: ['deletecollection'], resourceNames: ['a'] }),
    { verb: 'deletecollection', ...pods },
  ],
  [
    'the resource name * is the name of an object',
    rule(),
    rule({ resourceNames: ['*'] }),
    { verb: 'get', ...pods, name: 'x' },
  ],
  [
    'an impersonation verb of another mode',
    rule({ verbs: ['impersonate-on:user-info:list'] }),
    rule({ verbs: ['impersonate-on:user-info:get', 'impersonate-on:serviceaccount:list'] }),
    { verb: 'impersonate-on:user-info:list', ...pods, name: 'x' },
  ],
  [
    'impersonation without constraints',
    rule({ verbs: ['impersonate'], resources: ['users'] }),
    rule({ verbs: ['impersonate:user-info'], resources: ['users'] }),
    { verb: 'impersonate', apiGroup: '', resource: 'users', name: 'x' },
  ],
  [
    'all subresources do not contain the resource',
    rule(),
    rule({ resources: ['pods/*'] }),
    { verb: 'get', ...pods, name: 'x' },
  ],
])('%s is broader', (_, a, b, witness) => {
  expect(rbac(role(a), role(b))).toEqual(broader(witness));
});

test.each([
  ['a verb and *', rule(), rule({ verbs: ['*'] })],
  ['a resource name', rule({ resourceNames: ['a'] }), rule()],
  ['a subresource', rule({ resources: ['pods/log'] }), rule({ resources: ['*/log'] })],
  ['all subresources of one name', rule({ resources: ['*/log'] }), rule({ resources: ['*'] })],
  [
    'an impersonation verb',
    rule({ verbs: ['impersonate:serviceaccount'] }),
    rule({ verbs: ['impersonate:serviceaccount', 'impersonate-on:serviceaccount:get'] }),
  ],
])('%s: within', (_, a, b) => {
  expect(rbac(role(a), role(b))).toEqual(within);
});

test('compares the union of rules', () => {
  const one = rule({ verbs: ['get', 'list'], resources: ['pods', 'secrets'] });
  const split = [rule({ verbs: ['get', 'list'] }), rule({ verbs: ['*'], resources: ['secrets'] })];
  expect(rbac(role(one), role(...split))).toEqual(within);
  expect(rbac([one], split)).toEqual(within);
  expect(
    rbac(
      [role(one)],
      split.map((each) => role(each)),
    ),
  ).toEqual(within);
});

describe('paths', () => {
  const urls = (...nonResourceURLs: string[]) => [{ nonResourceURLs, verbs: ['get'] }];
  test.each([
    [urls('/healthz/ready'), urls('/healthz/*'), within],
    [urls('/healthz/*'), urls('/healthz*'), within],
    [urls('/healthz**'), urls('/healthz*'), within],
    [urls('/healthz'), urls('/healthz/*'), broader({ verb: 'get', path: '/healthz' })],
    [urls('*'), urls('/healthz', '/'), broader({ verb: 'get', path: '/x' })],
    [urls('/a*b'), urls('/a'), broader({ verb: 'get', path: '/a*b' })],
  ])('%j and %j', (a, b, expected) => {
    expect(rbac(a, b)).toEqual(expected);
  });

  test('are not allowed by resources', () => {
    const everything = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
    expect(rbac(urls('/x'), everything)).toEqual(broader({ verb: 'get', path: '/x' }));
    expect(rbac(everything, urls('*'))).toMatchObject({ relation: 'broader', witness: { resource: 'x' } });
  });
});

describe('an aggregated ClusterRole', () => {
  const select = (...clusterRoleSelectors: object[]) => ({ aggregationRule: { clusterRoleSelectors } });
  const secrets = rule({ resources: ['secrets'] });
  // The control plane replaces these rules.
  const view = clusterRole('view', [rule({ verbs: ['*'] })], select({ matchLabels: { view: 'true' } }));
  const edit = clusterRole('edit', [], select({ matchLabels: { edit: 'true' } }), { view: 'true' });
  const leaf = clusterRole('leaf', [secrets], {}, { edit: 'true' });

  test('has the rules of the selected ClusterRoles, also of aggregated ones', () => {
    const document = { roles: view, clusterRoles: [view, edit, leaf] };
    expect(rbac(document, [secrets])).toEqual(within);
    expect(rbac([secrets], document)).toEqual(within);
  });

  test('gets broader by a label', () => {
    const labelled = { ...leaf, metadata: { name: 'leaf', labels: {} } };
    const before = { roles: view, clusterRoles: [view, edit, labelled] };
    const after = { roles: view, clusterRoles: [view, edit, leaf] };
    expect(rbac(after, before)).toEqual(
      broader({ verb: 'get', apiGroup: '', resource: 'secrets', name: 'x' }),
    );
  });

  test.each([
    [{ key: 'edit', operator: 'In', values: ['true'] }, true],
    [{ key: 'edit', operator: 'NotIn', values: ['true'] }, false],
    [{ key: 'edit', operator: 'Exists' }, true],
    [{ key: 'edit', operator: 'DoesNotExist' }, false],
    [{ key: 'other', operator: 'NotIn', values: ['true'] }, true],
  ])('selects by the expression %j: %s', (expression, isSelected) => {
    const all = clusterRole('all', [], select({ matchExpressions: [expression] }));
    const answer = rbac({ roles: [all], clusterRoles: [all, leaf] }, []);
    expect(answer.relation).toBe(isSelected ? 'broader' : 'within');
  });

  test('ends when two ClusterRoles select each other', () => {
    const first = clusterRole('first', [], select({}), {});
    const second = clusterRole('second', [], select({}), {});
    expect(rbac({ roles: [first], clusterRoles: [first, second, leaf] }, [secrets])).toEqual(within);
  });

  test('is unknown without the set of ClusterRoles', () => {
    expect(rbac(view, view)).toEqual(
      unknown('The ClusterRole view is aggregated: its rules depend on other ClusterRoles.'),
    );
  });
});

test('a ClusterRole is not within a Role with the same rules', () => {
  expect(rbac(role(rule()), clusterRole('a', [rule()]))).toEqual(within);
  expect(rbac(clusterRole('a', [rule()]), role(rule()))).toEqual(
    unknown('A has a ClusterRole and B has a Role, so the bindings decide the namespaces.'),
  );
});

test.each([
  ['books', 'Document A must be an object.'],
  [{ kind: 'RoleBinding' }, 'Document A: kind must be Role or ClusterRole.'],
  [{}, 'Document A: rules is required.'],
  [role(rule({ verbs: [] })), 'Document A, rule 1: verbs must have an entry.'],
  [role(rule({ apiGroups: undefined })), 'Document A, rule 1: apiGroups must have an entry.'],
  [role(rule({ resources: [] })), 'Document A, rule 1: resources must have an entry.'],
  [role(rule({ verbs: 'get' })), 'Document A, rule 1: verbs must be a list.'],
  [role(rule({ verbs: [1] })), 'Document A, rule 1: verbs must be a list of texts.'],
  [role(rule({ api_groups: [''] })), 'Document A, rule 1: api_groups is not a field of a rule.'],
  [
    role({ verbs: ['get'], nonResourceURLs: ['/'] }),
    'Document A, rule 1: nonResourceURLs must be omitted in a Role.',
  ],
  [
    [rule({ nonResourceURLs: ['/'] })],
    'Document A, rule 1: nonResourceURLs must not be combined with resources.',
  ],
  [{ ...role(rule()), metadata: { namespace: 'other' } }, 'The roles are in more than one namespace.'],
])('is unknown for %j', (a, reason) => {
  expect(rbac(a, role(rule()))).toEqual(unknown(reason));
});
