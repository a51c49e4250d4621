/*
 * Names of the Kubernetes provider and of the Kubernetes API. A typed resource has those of the provider, a
 * `kubernetes_manifest` those of the API.
 */

/** Kinds of the API by the type of the provider, without the suffix of the API version. */
const KINDS: Readonly<Record<string, string>> = {
  kubernetes_cluster_role: 'ClusterRole',
  kubernetes_cluster_role_binding: 'ClusterRoleBinding',
  kubernetes_cron_job: 'CronJob',
  kubernetes_daemon_set: 'DaemonSet',
  kubernetes_daemonset: 'DaemonSet',
  kubernetes_deployment: 'Deployment',
  kubernetes_job: 'Job',
  kubernetes_namespace: 'Namespace',
  kubernetes_network_policy: 'NetworkPolicy',
  kubernetes_pod: 'Pod',
  kubernetes_replication_controller: 'ReplicationController',
  kubernetes_role: 'Role',
  kubernetes_role_binding: 'RoleBinding',
  kubernetes_secret: 'Secret',
  kubernetes_service_account: 'ServiceAccount',
  kubernetes_stateful_set: 'StatefulSet',
};

/** Kind of the objects of a type, for example `Role` for `kubernetes_role_v1`. */
export function kindOfType(type: string): string | undefined {
  return KINDS[type.replace(/_v\d+(beta\d+|alpha\d+)?$/, '')];
}

/** Types of the provider for a kind, without the suffix of the API version. */
export function typesOfKind(kind: string): readonly string[] {
  return Object.keys(KINDS).filter((type) => KINDS[type] === kind);
}

/** Names of the API that are not the name of the provider in camel case: lists and acronyms. */
const API_NAMES: Readonly<Record<string, string>> = {
  container: 'containers',
  ephemeral_container: 'ephemeralContainers',
  host_ipc: 'hostIPC',
  host_pid: 'hostPID',
  init_container: 'initContainers',
  non_resource_urls: 'nonResourceURLs',
  rule: 'rules',
  subject: 'subjects',
  toleration: 'tolerations',
  volume: 'volumes',
  volume_mount: 'volumeMounts',
};

const PROVIDER_NAMES = Object.fromEntries(
  Object.entries(API_NAMES).map(([providerName, apiName]) => [apiName, providerName]),
);

/** Name of the API for an argument of the provider: `nonResourceURLs` for `non_resource_urls`. */
export function apiNameOf(argument: string): string {
  return API_NAMES[argument] ?? argument.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Argument of the provider for a name of the API. */
export function providerNameOf(field: string): string {
  return PROVIDER_NAMES[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
