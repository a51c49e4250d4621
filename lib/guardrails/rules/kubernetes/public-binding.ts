import { rule } from '../../rule';
import { all } from '../../verdict';
import { objectOf } from './manifest';
import { BINDING_TYPES, bindingOf } from './rbac';

const EVERYONE = [
  'system:anonymous',
  'system:authenticated',
  'system:masters',
  'system:serviceaccounts',
  'system:unauthenticated',
];

/** Bindings to all users. */
export const publicBinding = rule(BINDING_TYPES, {
  id: 'K8S018',
  title: 'Binding to all users',
  severity: 'error',
  why: 'system:authenticated contains every Google account in the world on GKE, and system:masters bypasses RBAC.',
  fix: 'Bind the role to a service account, a user or a group of yours.',
  controls: ['CIS GKE 4.1.8', 'SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  check: (binding) =>
    all(
      ...(objectOf(binding, 'RoleBinding', 'ClusterRoleBinding')?.object.blocks('subject') ?? []).map(
        (subject) => subject.value('name').isNot(...EVERYONE),
      ),
    ),
  passes: [bindingOf('view', { kind: 'Group', name: 'team@example.com' })],
  fails: EVERYONE.map((name) => bindingOf('view', { kind: 'Group', name })),
});
