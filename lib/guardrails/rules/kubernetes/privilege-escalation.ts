import { rule } from '../../rule';
import { containersOf, containerWith, deploymentOf, POD_SPEC, POD_TYPES, podsOf } from './pod';

/** Containers whose processes can gain rights. */
export const privilegeEscalation = rule(POD_TYPES, {
  id: 'K8S008',
  title: 'Container whose processes can gain privileges',
  severity: 'warning',
  why: 'A program with the setuid bit gives a process more rights than its parent has.',
  fix: 'Set security_context.allow_privilege_escalation to false.',
  controls: ['CIS Kubernetes 5.2.6', 'SOC 2 CC6.8'],
  check: (resource) =>
    podsOf(resource)
      .flatMap(containersOf)
      .map((container) => container.value('security_context.allow_privilege_escalation').or(true).is(false)),
  passes: [deploymentOf(POD_SPEC)],
  fails: [
    containerWith({ security_context: undefined }),
    containerWith({ security_context: { allow_privilege_escalation: true } }),
  ],
});
