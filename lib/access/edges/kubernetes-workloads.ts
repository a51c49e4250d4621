import { sourceOf } from '../graph/graph-builder';
import { serviceAccountNode } from './external-identity';
import { objectOf } from './kubernetes-object';
import { factsOf } from './kubernetes-rbac';
import { PODS } from './pods';
import { blocks, knownText, type EdgeReader } from './reader';

/** Declares a service account, and adds an edge from each workload to the account of its pods. */
export const readWorkload: EdgeReader = (resource, context) => {
  const object = resource.type.startsWith('kubernetes_') ? objectOf(resource, context) : undefined;
  if (object?.name === undefined) return;
  if (object.kind === 'ServiceAccount') {
    const name = `${object.namespace}/${object.name}`;
    const id = context.graph.node('kubernetes.serviceAccount', {
      names: [name, `system:serviceaccount:${object.namespace}:${object.name}`],
      label: name,
      source: sourceOf(resource),
      scope: object.namespace,
    });
    context.directory.declare(resource, id);
    return;
  }
  const path = PODS[object.kind];
  if (path === undefined) return;
  const from = context.graph.node('kubernetes.workload', {
    names: [`${object.namespace}/${object.kind}/${object.name}`],
    source: sourceOf(resource),
    scope: object.namespace,
  });
  for (const pod of blocks(object.fields, path)) {
    const account = knownText(pod.service_account_name) ?? 'default';
    context.graph.edge(resource, undefined, {
      kind: 'runsAs',
      from,
      to: serviceAccountNode(context.graph, object.namespace, account),
      ...factsOf(object),
    });
  }
};
