import { rule } from '../../rule';
import { deploymentOf, POD_SPEC, POD_TYPES, podsOf } from './pod';

/** Pods that get a token for the API server without asking for it. */
export const mountedToken = rule(POD_TYPES, {
  id: 'K8S003',
  title: 'Token of the API server in a pod that does not state a need',
  severity: 'warning',
  why: 'Everything that runs in the pod can call the API server as its service account.',
  fix: 'Set automount_service_account_token to false, or true where the pod calls the API server.',
  controls: ['CIS Kubernetes 5.1.6', 'SOC 2 CC6.1'],
  check: (resource) => podsOf(resource).map((pod) => pod.value('automount_service_account_token').isSet()),
  passes: [deploymentOf(POD_SPEC), deploymentOf({ ...POD_SPEC, automount_service_account_token: true })],
  fails: [deploymentOf({ ...POD_SPEC, automount_service_account_token: undefined })],
});
