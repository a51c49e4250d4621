import { rule } from '../../rule';
import { all } from '../../verdict';
import { containersOf, containerWith, deploymentOf, POD_SPEC, POD_TYPES, podsOf } from './pod';

/** Containers that can take all memory of their node. */
export const resourceLimits = rule(POD_TYPES, {
  id: 'K8S009',
  title: 'Container without a memory limit or without requests',
  severity: 'warning',
  why: 'One container can evict the others on its node, and the scheduler places it without knowing its size.',
  fix: 'Set resources.requests and resources.limits.memory.',
  controls: ['SOC 2 A1.1', 'ISO 27001 A.8.6'],
  check: (resource) =>
    podsOf(resource)
      .flatMap(containersOf)
      .flatMap((container) =>
        all(
          container.value('resources.limits.memory').isSet(),
          container.value('resources.requests').isSet(),
        ),
      ),
  passes: [deploymentOf(POD_SPEC)],
  fails: [containerWith({ resources: undefined }), containerWith({ resources: { requests: { cpu: '1' } } })],
});
