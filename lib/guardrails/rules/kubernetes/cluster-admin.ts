import { rule } from '../../rule';
import { objectOf } from './manifest';
import { BINDING_TYPES, bindingOf } from './rbac';

/** Bindings of the role that may do everything. */
export const clusterAdmin = rule(BINDING_TYPES, {
  id: 'K8S017',
  title: 'Binding of cluster-admin',
  severity: 'error',
  why: 'The subject controls the whole cluster, or the whole namespace.',
  fix: 'Bind a role with the verbs and resources that the subject needs.',
  controls: ['CIS Kubernetes 5.1.1', 'SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (binding) =>
    objectOf(binding, 'RoleBinding', 'ClusterRoleBinding')
      ?.object.value('role_ref.name')
      .isNot('cluster-admin') ?? [],
  passes: [bindingOf('view', { kind: 'Group', name: 'team@example.com' })],
  fails: [bindingOf('cluster-admin', { kind: 'Group', name: 'team@example.com' })],
  unknowns: [bindingOf('${var.role}', { kind: 'Group', name: 'team@example.com' })],
});
