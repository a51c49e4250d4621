import type { GraphBuilder } from '../graph/graph-builder';

/** Node of the subject of an OpenID Connect token: a Kubernetes service account, a workflow, or any other subject. */
export function externalIdentity(graph: GraphBuilder, subject: string): string {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):(.+)$/.exec(subject) ?? [];
  if (namespace !== undefined && name !== undefined) return serviceAccountNode(graph, namespace, name);
  return graph.node('ci.identity', { names: [subject] });
}

/** Node of a Kubernetes service account. */
export function serviceAccountNode(graph: GraphBuilder, namespace: string, name: string): string {
  return graph.node('kubernetes.serviceAccount', {
    names: [`${namespace}/${name}`, `system:serviceaccount:${namespace}:${name}`],
    label: `${namespace}/${name}`,
    scope: namespace,
  });
}
