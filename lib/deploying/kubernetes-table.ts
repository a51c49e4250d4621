import type { KubernetesRule, KubernetesTypePermissions } from './type-permissions';

/** Verbs that Terraform uses on an object that it owns. */
export const OWNER_VERBS: readonly string[] = ['create', 'delete', 'get', 'patch', 'update'];

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

/**
 * The API server rejects a Role with permissions that its author does not have, unless the author has `escalate`; the
 * same holds for `bind` and a RoleBinding. https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
function rbac(verb: string, ...resources: readonly string[]): readonly KubernetesRule[] {
  return [{ apiGroups: [RBAC], resources, verbs: [verb] }];
}

/** The provider searches the custom resource definitions for the kind of a manifest. */
export const MANIFEST_RULES: readonly KubernetesRule[] = [
  { apiGroups: ['apiextensions.k8s.io'], resources: ['customresourcedefinitions'], verbs: ['list'] },
];

const ROLE = { apiGroup: RBAC, resource: 'roles', rules: rbac('escalate', 'roles') };
const CLUSTER_ROLE = { apiGroup: RBAC, resource: 'clusterroles', rules: rbac('escalate', 'clusterroles') };
const BIND = rbac('bind', 'clusterroles', 'roles');

/** Resource of each kind, for types that name a kind: manifests, labels and annotations. */
export const KINDS: Readonly<Record<string, KubernetesTypePermissions>> = {
  ClusterRole: CLUSTER_ROLE,
  ClusterRoleBinding: { apiGroup: RBAC, resource: 'clusterrolebindings', rules: BIND },
  ConfigMap: { apiGroup: '', resource: 'configmaps' },
  CronJob: { apiGroup: 'batch', resource: 'cronjobs' },
  DaemonSet: { apiGroup: 'apps', resource: 'daemonsets' },
  Deployment: { apiGroup: 'apps', resource: 'deployments' },
  HorizontalPodAutoscaler: { apiGroup: 'autoscaling', resource: 'horizontalpodautoscalers' },
  Ingress: { apiGroup: 'networking.k8s.io', resource: 'ingresses' },
  Job: { apiGroup: 'batch', resource: 'jobs' },
  LimitRange: { apiGroup: '', resource: 'limitranges' },
  Namespace: { apiGroup: '', resource: 'namespaces' },
  NetworkPolicy: { apiGroup: 'networking.k8s.io', resource: 'networkpolicies' },
  PodDisruptionBudget: { apiGroup: 'policy', resource: 'poddisruptionbudgets' },
  ResourceQuota: { apiGroup: '', resource: 'resourcequotas' },
  Role: ROLE,
  RoleBinding: { apiGroup: RBAC, resource: 'rolebindings', rules: BIND },
  Secret: { apiGroup: '', resource: 'secrets' },
  Service: { apiGroup: '', resource: 'services' },
  ServiceAccount: { apiGroup: '', resource: 'serviceaccounts' },
  StatefulSet: { apiGroup: 'apps', resource: 'statefulsets' },
  ValidatingAdmissionPolicy: { apiGroup: ADMISSION, resource: 'validatingadmissionpolicies' },
  ValidatingAdmissionPolicyBinding: { apiGroup: ADMISSION, resource: 'validatingadmissionpolicybindings' },
};

/** Kind of each resource type that the library creates with the kubernetes provider. */
export const KUBERNETES_KINDS: Readonly<Record<string, string>> = {
  kubernetes_config_map_v1: 'ConfigMap',
  kubernetes_deployment_v1: 'Deployment',
  kubernetes_horizontal_pod_autoscaler_v2: 'HorizontalPodAutoscaler',
  kubernetes_limit_range_v1: 'LimitRange',
  kubernetes_namespace_v1: 'Namespace',
  kubernetes_network_policy_v1: 'NetworkPolicy',
  kubernetes_pod_disruption_budget_v1: 'PodDisruptionBudget',
  kubernetes_resource_quota_v1: 'ResourceQuota',
  kubernetes_role_binding_v1: 'RoleBinding',
  kubernetes_role_v1: 'Role',
  kubernetes_service_account_v1: 'ServiceAccount',
  kubernetes_service_v1: 'Service',
};

/** Types with the kind as an argument. They change an object that another owner created. */
export const KUBERNETES_PATCHES: readonly string[] = ['kubernetes_annotations', 'kubernetes_labels'];
