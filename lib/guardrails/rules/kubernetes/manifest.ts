import { isKnown, isModelObject, type ModelValue } from '../../../model/values/value';
import { Subject } from '../../subject';

/** Types of the provider by kind, without the suffix of the API version. */
const KINDS: Readonly<Record<string, string>> = {
  kubernetes_cluster_role: 'ClusterRole',
  kubernetes_cluster_role_binding: 'ClusterRoleBinding',
  kubernetes_cron_job: 'CronJob',
  kubernetes_daemonset: 'DaemonSet',
  kubernetes_daemon_set: 'DaemonSet',
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

/** A Kubernetes object with the names of the Terraform provider, from each source: a typed resource or a manifest. */
export interface KubernetesObject {
  /** Kind, for example `Deployment`. */
  readonly kind: string;
  /** The object; names are in snake case. */
  readonly object: Subject;
}

/** Types of resources whose object is one of the kinds; manifests are among them. */
export function typesOf(...kinds: readonly string[]): readonly string[] {
  const types = Object.keys(KINDS).filter((type) => kinds.includes(KINDS[type] ?? ''));
  return [...types.flatMap((type) => [type, `${type}_v1`]), 'kubernetes_manifest'];
}

/** The object of a resource; `undefined` if it is of another kind. A manifest that is not known can be of any kind. */
export function objectOf(resource: Subject, ...kinds: readonly string[]): KubernetesObject | undefined {
  if (resource.type !== 'kubernetes_manifest') {
    const kind = KINDS[resource.type.replace(/_v\d+(beta\d+|alpha\d+)?$/, '')] ?? '';
    return kinds.includes(kind) ? { kind, object: resource } : undefined;
  }
  const stated = resource.value('manifest.kind');
  const kind = kinds.find((each) => stated.is(each).verdict !== 'fail');
  if (kind === undefined) return undefined;
  if (!isKnown(stated.value)) {
    return { kind, object: new Subject(resource.resource, resource.index, stated.value, 'manifest.kind') };
  }
  const manifest = withProviderNames(resource.resource.values.manifest);
  return { kind, object: new Subject(resource.resource, resource.index, manifest, 'manifest') };
}

/** Lists that the provider names in the singular, by their name in a manifest. */
const SINGULAR: Readonly<Record<string, string>> = {
  containers: 'container',
  initContainers: 'init_container',
  ephemeralContainers: 'ephemeral_container',
  volumes: 'volume',
  volumeMounts: 'volume_mount',
  rules: 'rule',
  subjects: 'subject',
  tolerations: 'toleration',
};
/** Maps whose keys belong to the user. */
const MAPS = [
  'annotations',
  'labels',
  'matchLabels',
  'data',
  'stringData',
  'limits',
  'requests',
  'nodeSelector',
];

function withProviderNames(value: ModelValue | undefined): ModelValue | undefined {
  if (Array.isArray(value))
    return (value as readonly ModelValue[]).map((each) => withProviderNames(each) ?? null);
  if (!isModelObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      SINGULAR[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      MAPS.includes(name) ? each : withProviderNames(each),
    ]),
  ) as ModelValue;
}
