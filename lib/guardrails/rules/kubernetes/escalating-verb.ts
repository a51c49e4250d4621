import { rule } from '../../rule';
import { all } from '../../verdict';
import { ROLE_TYPES, roleWith, rulesOf } from './rbac';

/** Verbs that give their user the access of others. https://kubernetes.io/docs/concepts/security/rbac-good-practices/ */
const ESCALATING = /^(escalate|bind|impersonate|impersonate:.*|impersonate-on:.*)$/;

/** Roles with which a user obtains other access. */
export const escalatingVerb = rule(ROLE_TYPES, {
  id: 'K8S014',
  title: 'Role with escalate, bind or impersonate',
  severity: 'error',
  why: 'The user gives itself any role, or impersonates any other user.',
  fix: 'Remove the verb.',
  controls: ['CIS Kubernetes 5.1.8', 'SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (role) =>
    all(
      ...rulesOf(role).flatMap(({ verbs }) =>
        verbs.map((verb) => verb.satisfies('not raise access', (text) => !ESCALATING.test(String(text)))),
      ),
    ),
  passes: [roleWith({ api_groups: ['batch'], resources: ['jobs'], verbs: ['create'] })],
  fails: [
    'escalate',
    'bind',
    'impersonate',
    'impersonate:serviceaccount',
    'impersonate-on:user-info:get',
  ].map((verb) =>
    roleWith({ api_groups: [''], resources: ['users'], verbs: [verb] }, 'kubernetes_cluster_role_v1'),
  ),
  unknowns: [roleWith({ api_groups: [''], resources: ['users'], verbs: ['${var.verb}'] })],
});
