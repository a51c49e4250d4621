import { rmSync } from 'node:fs';
import { access, root, topic } from './synthesized';

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('in the cluster', () => {
  test('a Role needs "escalate", and a RoleBinding "bind"', () => {
    const { clusterRole } = access({
      resource: { kubernetes_role_v1: { jobs: {} }, kubernetes_role_binding_v1: { jobs: {} } },
    });
    expect(clusterRole).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'terraform-deployer' },
      rules: [
        { apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'], verbs: ['bind'] },
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          resources: ['roles'],
          verbs: ['bind', 'create', 'delete', 'escalate', 'get', 'patch', 'update'],
        },
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          resources: ['rolebindings'],
          verbs: ['create', 'delete', 'get', 'patch', 'update'],
        },
      ],
    });
  });

  test('an annotation patches an object and cannot create it', () => {
    const { clusterRole } = access({
      resource: { kubernetes_annotations: { existing: { api_version: 'v1', kind: 'ServiceAccount' } } },
    });
    expect(clusterRole?.rules).toEqual([
      { apiGroups: [''], resources: ['serviceaccounts'], verbs: ['get', 'patch'] },
    ]);
  });

  test('a plan reads', () => {
    const { clusterRole } = access({ resource: { kubernetes_role_v1: { jobs: {} } } }, { planOnly: true });
    expect(clusterRole?.rules).toEqual([
      { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['get'] },
    ]);
  });

  test('stacks without objects need no ClusterRole', () => {
    expect(access(topic).clusterRole).toBeUndefined();
  });
});
