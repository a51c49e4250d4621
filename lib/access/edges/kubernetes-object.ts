import type { ModelResource } from '../../model/model';
import { isModelObject, type ModelObject } from '../../model/values/value';
import { blocks, knownText, type ReadContext } from './reader';

/** A Kubernetes object as an API server has it, from a typed resource or from a manifest. */
export interface KubernetesObject {
  /** Resource that declares the object. */
  readonly resource: ModelResource;
  readonly kind: string;
  readonly name: string | undefined;
  /** Namespace; `default` if the object names none. */
  readonly namespace: string;
  /** Fields with the names of the provider. */
  readonly fields: ModelObject;
}

/** Types of the provider by kind, without the suffix of the version. */
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
  kubernetes_role: 'Role',
  kubernetes_role_binding: 'RoleBinding',
  kubernetes_service_account: 'ServiceAccount',
  kubernetes_stateful_set: 'StatefulSet',
};

/** Fields of a manifest by their name in the provider. */
const SINGULAR: Readonly<Record<string, string>> = {
  rules: 'rule',
  subjects: 'subject',
};

/** The object of a resource; `undefined` for resources of another provider or of another kind. */
export function objectOf(resource: ModelResource, context: ReadContext): KubernetesObject | undefined {
  const isManifest = resource.type === 'kubernetes_manifest';
  const values = context.index.resolve(
    resource.stack,
    isManifest ? (resource.values.manifest ?? {}) : resource.values,
  );
  if (!isModelObject(values)) return undefined;
  const fields = isManifest ? (inProviderNames(values) as ModelObject) : values;
  const kind = isManifest
    ? knownText(values.kind)
    : KINDS[resource.type.replace(/_v\d+(beta\d+|alpha\d+)?$/, '')];
  if (kind === undefined) return undefined;
  const [metadata = {}] = blocks(fields, 'metadata');
  return {
    resource,
    kind,
    name: knownText((metadata as ModelObject).name),
    namespace: knownText((metadata as ModelObject).namespace) ?? 'default',
    fields,
  };
}

/**
 * Path of a field in the resource of an object.
 * @param field path in `fields`, with the names of the provider
 */
export function pathInResource({ resource }: KubernetesObject, field: string): string {
  if (resource.type !== 'kubernetes_manifest') return field;
  const plural = Object.fromEntries(Object.entries(SINGULAR).map(([many, one]) => [one, many]));
  const name = (step: string) =>
    (plural[step] ?? step).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `manifest.${field.replace(/[a-z_]+/g, name)}`;
}

/** Fields with the names that the provider gives them: snake case, and lists in the singular. */
function inProviderNames(value: unknown, inMap = false): unknown {
  if (Array.isArray(value)) return value.map((each) => inProviderNames(each));
  if (!isModelObject(value as never)) return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]) => {
      const isMap = ['labels', 'annotations', 'matchLabels'].includes(name);
      // An acronym is one word: nonResourceURLs, hostPID.
      const snake = name.replace(/[A-Z]{2,}|[A-Z]/g, (letters) => `_${letters.toLowerCase()}`);
      return [inMap ? name : (SINGULAR[name] ?? snake), inProviderNames(each, isMap)];
    }),
  );
}
