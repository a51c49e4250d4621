import { rule } from '../../rule';
import { objectOf, typesOf } from './manifest';
import { POD_SPEC } from './pod';

const KINDS = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ServiceAccount', 'StatefulSet'];

/** Workloads in namespaces that belong to the cluster or to no team. */
export const systemNamespace = rule(typesOf(...KINDS), {
  id: 'K8S005',
  title: 'Workload in the namespace default or in one of the system',
  severity: 'warning',
  why: 'Policies, quotas and Pod Security labels of a team do not apply there, and its identity is shared by accident.',
  fix: 'Make a namespace for the service.',
  controls: ['CIS Kubernetes 5.7.4', 'SOC 2 CC6.1'],
  check: (resource) => {
    const namespace = objectOf(resource, ...KINDS)
      ?.object.value('metadata.namespace')
      .or('default');
    return namespace?.isNot('default', 'kube-system', 'kube-public', 'kube-node-lease') ?? [];
  },
  passes: [{ metadata: { name: 'api', namespace: 'books' } }].map((values) => ({
    resource: { kubernetes_service_account_v1: { x: values } },
  })),
  fails: [
    { resource: { kubernetes_service_account_v1: { x: { metadata: { name: 'api' } } } } },
    {
      resource: {
        kubernetes_deployment: {
          x: {
            metadata: [{ name: 'api', namespace: 'kube-system' }],
            spec: { template: { spec: POD_SPEC } },
          },
        },
      },
    },
  ],
  unknowns: [
    {
      resource: {
        kubernetes_service_account_v1: { x: { metadata: { name: 'api', namespace: '${var.namespace}' } } },
      },
    },
  ],
});
