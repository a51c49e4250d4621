import { rule } from '../../rule';
import { deploymentOf, POD_SPEC, POD_TYPES, podsOf } from './pod';

/** Pods that share the default service account of their namespace. */
export const defaultAccount = rule(POD_TYPES, {
  id: 'K8S004',
  title: 'Pod with the default service account',
  severity: 'warning',
  why: 'All pods of the namespace that name no account are one identity, in RBAC and in Google Cloud.',
  fix: 'Make a service account for the workload and set service_account_name.',
  controls: ['CIS Kubernetes 5.1.5', 'SOC 2 CC6.1', 'ISO 27001 A.5.16'],
  check: (resource) =>
    podsOf(resource).map((pod) => {
      const account = pod.value('service_account_name');
      return account.isPresent ? account.isNot('default', '') : account.must('be set');
    }),
  passes: [deploymentOf(POD_SPEC)],
  fails: [
    deploymentOf({ ...POD_SPEC, service_account_name: undefined }),
    deploymentOf({ ...POD_SPEC, service_account_name: 'default' }),
  ],
});
