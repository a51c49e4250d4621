import { rule } from '../../rule';
import { all, every, fail, when } from '../../verdict';
import { objectOf } from './manifest';
import { hasNoNames, names, ROLE_TYPES, roleWith, rulesOf } from './rbac';

/** Roles that read the secrets of every namespace. */
export const wideSecretAccess = rule(ROLE_TYPES, {
  id: 'K8S016',
  title: 'Secrets of every namespace',
  severity: 'error',
  why: 'A binding of the role reads the credentials of all teams; list and watch show the content too.',
  fix: 'Use a Role in the namespace and name the secrets with resource_names.',
  controls: ['CIS Kubernetes 5.1.2', 'SOC 2 CC6.3', 'ISO 27001 A.8.3'],
  check: (role) =>
    objectOf(role, 'ClusterRole') === undefined
      ? []
      : all(
          ...rulesOf(role).flatMap((each) =>
            when(
              every(
                names(each.groups, '*', ''),
                names(each.resources, '*', 'secrets'),
                names(each.verbs, '*', 'get', 'list', 'watch'),
                hasNoNames(each),
              ),
              fail('The role reads secrets of all namespaces.', { property: each.rule.self.property }),
            ),
          ),
        ),
  passes: [
    roleWith({ api_groups: [''], resources: ['secrets'], verbs: ['get'] }),
    roleWith(
      { api_groups: [''], resources: ['secrets'], resource_names: ['ca'], verbs: ['get'] },
      'kubernetes_cluster_role_v1',
    ),
  ],
  fails: [
    roleWith({ api_groups: [''], resources: ['secrets'], verbs: ['list'] }, 'kubernetes_cluster_role_v1'),
    roleWith(
      { api_groups: ['*'], resources: ['configmaps', 'secrets'], verbs: ['get'] },
      'kubernetes_cluster_role',
    ),
  ],
});
