/*
 * Where the arguments of the Terraform provider for Kubernetes are not the fields of the Kubernetes API in snake
 * case. https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs
 */

/** What a resource type is to the API. */
export const KINDS: Readonly<Record<string, { readonly apiVersion: string; readonly kind: string }>> = {
  kubernetes_cluster_role_binding_v1: {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
  },
  kubernetes_cluster_role_v1: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' },
  kubernetes_config_map_v1: { apiVersion: 'v1', kind: 'ConfigMap' },
  kubernetes_cron_job_v1: { apiVersion: 'batch/v1', kind: 'CronJob' },
  kubernetes_deployment_v1: { apiVersion: 'apps/v1', kind: 'Deployment' },
  kubernetes_horizontal_pod_autoscaler_v2: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  kubernetes_job_v1: { apiVersion: 'batch/v1', kind: 'Job' },
  kubernetes_limit_range_v1: { apiVersion: 'v1', kind: 'LimitRange' },
  kubernetes_namespace_v1: { apiVersion: 'v1', kind: 'Namespace' },
  kubernetes_network_policy_v1: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  kubernetes_pod_disruption_budget_v1: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  kubernetes_pod_v1: { apiVersion: 'v1', kind: 'Pod' },
  kubernetes_resource_quota_v1: { apiVersion: 'v1', kind: 'ResourceQuota' },
  kubernetes_role_binding_v1: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
  kubernetes_role_v1: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  kubernetes_secret_v1: { apiVersion: 'v1', kind: 'Secret' },
  kubernetes_service_account_v1: { apiVersion: 'v1', kind: 'ServiceAccount' },
  kubernetes_service_v1: { apiVersion: 'v1', kind: 'Service' },
};

/** Blocks that are lists in the API, and what they are called there. Every other block is one object. */
export const LISTS: Readonly<Record<string, string>> = {
  container: 'containers',
  egress: 'egress',
  env: 'env',
  env_from: 'envFrom',
  from: 'from',
  host_aliases: 'hostAliases',
  http_header: 'httpHeaders',
  image_pull_secret: 'imagePullSecrets',
  image_pull_secrets: 'imagePullSecrets',
  ingress: 'ingress',
  init_container: 'initContainers',
  items: 'items',
  limit: 'limits',
  match_expressions: 'matchExpressions',
  metric: 'metrics',
  option: 'options',
  policy: 'policies',
  port: 'ports',
  ports: 'ports',
  rule: 'rules',
  subject: 'subjects',
  to: 'to',
  toleration: 'tolerations',
  topology_spread_constraint: 'topologySpreadConstraints',
  volume: 'volumes',
  volume_mount: 'volumeMounts',
};

/** Maps: their keys belong to the user. */
export const MAPS: ReadonlySet<string> = new Set([
  'annotations',
  'binary_data',
  'data',
  'default',
  'default_request',
  'hard',
  'labels',
  'limits',
  'match_labels',
  'max',
  'max_limit_request_ratio',
  'min',
  'node_selector',
  'requests',
  // Of a Service. That of a Deployment is a block, and is told apart by what it holds.
  'selector',
]);

/** Numbers, or a number or a percentage, that the provider takes as text. */
export const NUMBERS: ReadonlySet<string> = new Set([
  'end_port',
  'fs_group',
  'max_surge',
  'max_unavailable',
  'min_available',
  'port',
  'replicas',
  'run_as_group',
  'run_as_user',
  'target_port',
  'toleration_seconds',
]);

/** Modes of files: octal text for the provider, a number for the API. */
export const OCTALS: ReadonlySet<string> = new Set(['default_mode', 'mode']);

/** Names that camel case alone does not give. */
export const ACRONYMS: Readonly<Record<string, string>> = {
  cluster_ip: 'clusterIP',
  cluster_ips: 'clusterIPs',
  external_ips: 'externalIPs',
  host_ip: 'hostIP',
  host_ipc: 'hostIPC',
  host_pid: 'hostPID',
  load_balancer_ip: 'loadBalancerIP',
  non_resource_urls: 'nonResourceURLs',
};

/** What Terraform and the provider keep for themselves. */
export const NOT_SENT: ReadonlySet<string> = new Set([
  '//',
  'depends_on',
  'lifecycle',
  'provider',
  'timeouts',
  'wait_for_default_service_account',
  'wait_for_load_balancer',
  'wait_for_rollout',
]);
