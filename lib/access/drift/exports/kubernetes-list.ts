import { isObject } from '../../../core/is-object';
import { isBootstrapBinding } from './kubernetes-bootstrap';
import {
  ExportError,
  kindOf,
  listIn,
  liveResource,
  modelValue,
  textIn,
  type LiveExport,
  type Unread,
} from './live-export';

const KINDS = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];

/**
 * Roles and bindings of a cluster, as `kubectl get rolebindings,clusterrolebindings,roles,clusterroles -A -o json`
 * prints them.
 * @param file name of the file, for addresses and messages
 * @param document parsed JSON of the file
 * @throws ExportError if the document has another form
 */
export function kubernetesExport(file: string, document: unknown): LiveExport {
  if (!isObject(document) || !Array.isArray(document.items)) {
    throw new ExportError(
      `${file} must be a list of Kubernetes objects (got ${kindOf(document)} without items). Write it with "kubectl get rolebindings,clusterrolebindings,roles,clusterroles -A -o json".`,
    );
  }
  const unread: Unread[] = [];
  const cloudMade: string[] = [];
  const resources = listIn(document, 'items', file).flatMap((object, index) => {
    const kind = textIn(object, 'kind');
    const metadata = isObject(object.metadata) ? object.metadata : {};
    const name = textIn(metadata, 'name');
    if (kind === '' || name === '')
      throw new ExportError(`${file}: items[${index}] must have kind and metadata.name.`);
    if (!KINDS.includes(kind)) {
      unread.push({ what: `${kind} ${name}`, reason: 'Only roles and bindings are compared.' });
      return [];
    }
    const place = [textIn(metadata, 'namespace'), name].filter((part) => part !== '').join('/');
    const resource = liveResource(file, 'kubernetes_manifest', `${kind}/${place}`, {
      manifest: modelValue(object),
    });
    if (isBootstrapBinding(object)) cloudMade.push(resource.address);
    return [resource];
  });
  return { resources, covers: ['kubernetes'], cloudMade, unread };
}
