import { rule } from '../../rule';
import { containersOf, deploymentOf, POD_SPEC, POD_TYPES, podsOf } from './pod';

/** Containers that may run as root. */
export const rootUser = rule(POD_TYPES, {
  id: 'K8S007',
  title: 'Container that may run as root',
  severity: 'warning',
  why: 'A process that leaves the container is root on the node.',
  fix: 'Set security_context.run_as_non_root to true for the pod or the container.',
  controls: ['CIS Kubernetes 5.2.7', 'SOC 2 CC6.8'],
  check: (resource) =>
    podsOf(resource).flatMap((pod) =>
      containersOf(pod).map((container) => {
        const own = container.value('security_context.run_as_non_root');
        const ofPod = pod.value('security_context.run_as_non_root');
        return own.isPresent ? own.is(true) : ofPod.or(false).is(true);
      }),
    ),
  passes: [deploymentOf(POD_SPEC)],
  fails: [
    deploymentOf({ ...POD_SPEC, security_context: undefined, container: [{ name: 'api', image: 'api' }] }),
    deploymentOf({
      ...POD_SPEC,
      container: [{ name: 'api', image: 'api', security_context: { run_as_non_root: false } }],
    }),
  ],
});
