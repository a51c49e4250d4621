import { rule } from '../../rule';
import { all } from '../../verdict';
import { ROLE_TYPES, roleWith, rulesOf } from './rbac';

/** Roles that name everything. */
export const wildcardRole = rule(ROLE_TYPES, {
  id: 'K8S013',
  title: 'Role with a wildcard',
  severity: 'error',
  why: 'The role covers verbs and resources that no reviewer has read, also those of later versions and extensions.',
  fix: 'List the verbs and the resources.',
  controls: ['CIS Kubernetes 5.1.3', 'SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (role) =>
    all(
      ...rulesOf(role).flatMap(({ verbs, resources }) =>
        [...verbs, ...resources].map((word) => word.isNot('*', '*/*')),
      ),
    ),
  passes: [roleWith({ api_groups: ['batch'], resources: ['jobs'], verbs: ['create'] })],
  fails: [
    roleWith({ api_groups: ['batch'], resources: ['jobs'], verbs: ['*'] }),
    roleWith({ api_groups: [''], resources: ['*'], verbs: ['get'] }, 'kubernetes_cluster_role_v1'),
  ],
});
