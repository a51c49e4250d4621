import type { Model } from '../model/model';
import { ModelIndex } from '../model/model-index';
import {
  declareAlias,
  declareAwsNode,
  declareOidcProvider,
  readEventSource,
  readExecutionRole,
} from './edges/aws-identities';
import { readPolicies } from './edges/aws-policies';
import { readFunctionPermission, readResourcePolicy } from './edges/aws-resource-policies';
import { readTrust } from './edges/aws-trust';
import { Directory } from './edges/directory';
import { joinMembers, readProvider } from './edges/google-federation';
import { declareGoogleAccount, readGoogleGrant, readServiceAccountKey } from './edges/google-members';
import { readGooglePolicy } from './edges/google-policies';
import { bindingReader, kubernetesObjects } from './edges/kubernetes-rbac';
import { readWorkload } from './edges/kubernetes-workloads';
import { readOtherGrant } from './edges/other-grants';
import type { EdgeReader, ReadContext } from './edges/reader';
import type { AccessGraph } from './graph/graph';
import { GraphBuilder } from './graph/graph-builder';

/** Readers that declare nodes, so that the edges of all stacks find them. */
const DECLARATIONS: readonly EdgeReader[] = [declareAwsNode, declareGoogleAccount, readWorkload];

const EDGES: readonly EdgeReader[] = [
  readExecutionRole,
  readEventSource,
  readTrust,
  readPolicies,
  readResourcePolicy,
  readFunctionPermission,
  readOtherGrant,
  readProvider,
  readGoogleGrant,
  readGooglePolicy,
  readServiceAccountKey,
];

/** Identities, what they can use, and the grants between them, from the resources of all stacks of a model. */
export function accessGraph(model: Model): AccessGraph {
  return readAccess(model).graph.build();
}

/** Reads the edges of a model. The context has the nodes that resources declare. */
export function readAccess(model: Model): ReadContext {
  const index = new ModelIndex(model);
  const graph = new GraphBuilder();
  const context: ReadContext = { index, graph, directory: new Directory(index, graph) };
  const resources = model.stacks.flatMap((stack) => stack.resources.filter(({ mode }) => mode === 'managed'));
  const read = (readers: readonly EdgeReader[]) => {
    for (const resource of resources) for (const reader of readers) reader(resource, context);
  };
  read(DECLARATIONS);
  for (const resource of resources) {
    if (resource.type === 'aws_iam_openid_connect_provider') declareOidcProvider(resource, context);
    declareAlias(resource, context);
  }
  read([...EDGES, bindingReader(kubernetesObjects(context))]);
  joinMembers(context);
  return context;
}
