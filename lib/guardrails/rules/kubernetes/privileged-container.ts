import { rule } from '../../rule';
import { all } from '../../verdict';
import { containersOf, containerWith, deploymentOf, POD_SPEC, POD_TYPES, podsOf } from './pod';

/** Containers with the rights of their node. */
export const privilegedContainer = rule(POD_TYPES, {
  id: 'K8S001',
  title: 'Privileged container',
  severity: 'error',
  why: 'The container controls its node and every pod on it.',
  fix: 'Remove privileged and the added capabilities.',
  controls: ['CIS Kubernetes 5.2.2', 'SOC 2 CC6.8', 'ISO 27001 A.8.2'],
  check: (resource) =>
    podsOf(resource)
      .flatMap(containersOf)
      .flatMap((container) =>
        all(
          container.value('security_context.privileged').or(false).is(false),
          ...container
            .value('security_context.capabilities.add')
            .elements.map((capability) => capability.isNot('SYS_ADMIN', 'NET_ADMIN', 'SYS_PTRACE', 'ALL')),
        ),
      ),
  passes: [deploymentOf(POD_SPEC)],
  fails: [
    containerWith({ security_context: { privileged: true } }),
    containerWith({ security_context: { capabilities: { add: ['SYS_ADMIN'] } } }),
    {
      resource: {
        kubernetes_manifest: {
          x: {
            manifest: {
              apiVersion: 'v1',
              kind: 'Pod',
              spec: { containers: [{ name: 'a', image: 'b', securityContext: { privileged: true } }] },
            },
          },
        },
      },
    },
  ],
  unknowns: [containerWith({ security_context: { privileged: '${var.privileged}' } })],
});
