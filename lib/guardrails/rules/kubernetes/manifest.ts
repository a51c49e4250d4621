import { apiNameOf, kindOfType, typesOfKind } from '../../../model/kubernetes-names';
import { isKnown } from '../../../model/values/value';
import { Subject } from '../../subject';

/** A Kubernetes object with the names of the Terraform provider, from each source: a typed resource or a manifest. */
export interface KubernetesObject {
  /** Kind, for example `Deployment`. */
  readonly kind: string;
  /** The object; rules name its arguments as the provider does. */
  readonly object: Subject;
}

/** Types of resources whose object is one of the kinds; manifests are among them. */
export function typesOf(...kinds: readonly string[]): readonly string[] {
  const types = kinds.flatMap(typesOfKind);
  return [...types.flatMap((type) => [type, `${type}_v1`]), 'kubernetes_manifest'];
}

/** The object of a resource; `undefined` if it is of another kind. A manifest that is not known can be of any kind. */
export function objectOf(resource: Subject, ...kinds: readonly string[]): KubernetesObject | undefined {
  if (resource.type !== 'kubernetes_manifest') {
    const kind = kindOfType(resource.type);
    return kind !== undefined && kinds.includes(kind) ? { kind, object: resource } : undefined;
  }
  const stated = resource.value('manifest.kind');
  const kind = kinds.find((each) => stated.is(each).verdict !== 'fail');
  if (kind === undefined) return undefined;
  if (!isKnown(stated.value)) {
    return { kind, object: new Subject(resource.resource, resource.index, stated.value, 'manifest.kind') };
  }
  const { manifest } = resource.resource.values;
  return { kind, object: new Subject(resource.resource, resource.index, manifest, 'manifest', apiNameOf) };
}
