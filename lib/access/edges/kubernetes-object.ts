import { apiNameOf, kindOfType, providerNameOf } from '../../model/kubernetes-names';
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

/** The object of a resource; `undefined` for resources of another provider or of another kind. */
export function objectOf(resource: ModelResource, context: ReadContext): KubernetesObject | undefined {
  const isManifest = resource.type === 'kubernetes_manifest';
  const values = context.index.resolve(
    resource.stack,
    isManifest ? (resource.values.manifest ?? {}) : resource.values,
  );
  if (!isModelObject(values)) return undefined;
  const fields = isManifest ? (inProviderNames(values) as ModelObject) : values;
  const kind = isManifest ? knownText(values.kind) : kindOfType(resource.type);
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
  return `manifest.${field.replace(/[a-z_]+/g, apiNameOf)}`;
}

/** Fields with the names that the provider gives them. */
function inProviderNames(value: unknown, inMap = false): unknown {
  if (Array.isArray(value)) return value.map((each) => inProviderNames(each));
  if (!isModelObject(value as never)) return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]) => {
      const isMap = ['labels', 'annotations', 'matchLabels'].includes(name);
      return [inMap ? name : providerNameOf(name), inProviderNames(each, isMap)];
    }),
  );
}
