import type { ModelResource } from '../../model/model';
import type { ModelObject } from '../../model/values/value';
import type { AccessEdge } from '../graph/edge';
import { serviceAccountNode } from './external-identity';
import { permitsKubernetes, resourceText, urlText } from '../permissions/kubernetes-permission';
import { objectOf, type KubernetesObject } from './kubernetes-object';
import { PODS } from './pods';
import { anyText, blocks, elements, type EdgeReader, type ReadContext } from './reader';

/** Kubernetes objects of all stacks, which bindings of other stacks name. */
export interface KubernetesObjects {
  readonly roles: readonly KubernetesObject[];
  readonly serviceAccounts: readonly KubernetesObject[];
  readonly admissionPolicies: readonly KubernetesObject[];
  readonly bindings: readonly KubernetesObject[];
  readonly networkPolicies: readonly KubernetesObject[];
  readonly workloads: readonly KubernetesObject[];
}

/** Reads the objects that bindings refer to. */
export function kubernetesObjects(context: ReadContext): KubernetesObjects {
  const objects = context.index.model.stacks
    .flatMap(({ resources }) => resources)
    .filter(({ mode, type }) => mode === 'managed' && type.startsWith('kubernetes_'))
    .flatMap((resource) => objectOf(resource, context) ?? []);
  const of = (...kinds: readonly string[]) => objects.filter(({ kind }) => kinds.includes(kind));
  return {
    roles: of('Role', 'ClusterRole'),
    serviceAccounts: of('ServiceAccount'),
    admissionPolicies: of('ValidatingAdmissionPolicy'),
    bindings: of('RoleBinding', 'ClusterRoleBinding'),
    networkPolicies: of('NetworkPolicy'),
    workloads: of(...Object.keys(PODS)),
  };
}

/** Roles that every cluster has. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = { 'cluster-admin': ['* *'] };

/** Edges of role bindings: permissions in a namespace or in the cluster, and pods that the subject can start. */
export function bindingReader(objects: KubernetesObjects): EdgeReader {
  const rolesByName = new Map<string, KubernetesObject[]>();
  for (const role of objects.roles) {
    const key = roleKey(role.kind, role.kind === 'ClusterRole' ? '' : role.namespace, role.name ?? '');
    rolesByName.set(key, [...(rolesByName.get(key) ?? []), role]);
  }
  return (resource, context) => {
    const binding = resource.type.startsWith('kubernetes_') ? objectOf(resource, context) : undefined;
    if (binding?.kind !== 'RoleBinding' && binding?.kind !== 'ClusterRoleBinding') return;
    const isClusterWide = binding.kind === 'ClusterRoleBinding';
    const namespace = isClusterWide ? undefined : binding.namespace;
    const [roleRef = {}] = blocks(binding.fields, 'role_ref');
    const role = anyText((roleRef as ModelObject).name);
    const kind = anyText((roleRef as ModelObject).kind);
    const found = rolesByName.get(roleKey(kind, kind === 'ClusterRole' ? '' : namespace, role)) ?? [];
    const rules = found.flatMap((each) => rulesOf(each, objects));
    const builtIn = BUILT_IN[role];
    const to =
      namespace === undefined
        ? context.graph.node('kubernetes.resource', { names: ['cluster'], label: 'the whole cluster' })
        : context.graph.node('kubernetes.namespace', { names: [namespace], scope: namespace });
    for (const subject of blocks(binding.fields, 'subject')) {
      const from = subjectNode(subject, binding.namespace, context);
      context.graph.edge(resource, undefined, {
        kind: 'grants',
        from,
        to,
        role: `${kind}/${role}`,
        permissions: builtIn ?? rules.flatMap(({ permissions }) => permissions),
        ...(found.length === 0 && builtIn === undefined && { possible: true }),
        ...factsOf(binding),
      });
      if (!rules.some(({ startsPods }) => startsPods) && builtIn === undefined) continue;
      startEdges(resource, { from, namespace }, objects, context);
    }
  };
}

const roleKey = (kind: string, namespace: string | undefined, name: string) =>
  JSON.stringify([kind, namespace, name]);

export interface RoleRules {
  readonly permissions: readonly string[];
  readonly startsPods: boolean;
}

/** Resources whose creation starts pods. */
export const POD_MAKERS = [
  'pods',
  'replicationcontrollers',
  'apps/daemonsets',
  'apps/deployments',
  'apps/replicasets',
  'apps/statefulsets',
  'batch/cronjobs',
  'batch/jobs',
];

/** Whether a permission lets its holder start pods. The name of an object limits changes, and it forbids creation. */
function startsPods(permission: string): boolean {
  const [withoutNames = ''] = permission.split('=');
  return POD_MAKERS.some(
    (each) =>
      permitsKubernetes(permission, `create ${each}`) ||
      ['update', 'patch'].some((verb) => permitsKubernetes(withoutNames, `${verb} ${each}`)),
  );
}

/** Permissions of the rules of a role: `VERB GROUP/RESOURCE`, with names after "=". */
export function rulesOf(role: KubernetesObject, { roles }: KubernetesObjects): readonly RoleRules[] {
  const own = blocks(role.fields, 'rule');
  const aggregated = blocks(role.fields, 'aggregation_rule.cluster_role_selectors').flatMap((selector) =>
    roles
      .filter((each) => each !== role && each.kind === 'ClusterRole' && hasLabels(each, selector))
      .flatMap((each) => blocks(each.fields, 'rule')),
  );
  return [...own, ...aggregated].map((rule) => {
    const list = (name: string) => elements(rule[name]).map(anyText);
    const groups = list('api_groups');
    const names = list('resource_names');
    const resources = [
      ...list('resources').flatMap((each) => groups.map((group) => resourceText(group, each))),
      ...list('non_resource_urls').map(urlText),
    ];
    const suffix = names.length > 0 ? `=${names.join(',')}` : '';
    const permissions = list('verbs').flatMap((verb) => resources.map((each) => `${verb} ${each}${suffix}`));
    return { permissions, startsPods: permissions.some(startsPods) };
  });
}

function hasLabels(role: KubernetesObject, selector: ModelObject): boolean {
  const [metadata = {}] = blocks(role.fields, 'metadata');
  const [labels = {}] = blocks(metadata, 'labels');
  const [wanted = {}] = blocks(selector, 'match_labels');
  const entries = Object.entries(wanted);
  return entries.length > 0 && entries.every(([name, value]) => (labels as ModelObject)[name] === value);
}

/** Node of the subject of a binding. A user with the e-mail of a Google service account is that account. */
export function subjectNode(subject: ModelObject, namespace: string, { graph }: ReadContext): string {
  const kind = anyText(subject.kind);
  const name = anyText(subject.name);
  if (kind === 'ServiceAccount') {
    return serviceAccountNode(graph, anyText(subject.namespace) || namespace, name);
  }
  if (kind === 'User' && /^[^@${}]+@([a-z0-9-]+\.)*gserviceaccount\.com$/.test(name)) {
    return graph.node('google.serviceAccount', { names: [name], label: name });
  }
  if (kind === 'User' && name.startsWith('principal')) return graph.node('google.member', { names: [name] });
  return graph.node('kubernetes.subject', { names: [`${kind} ${name}`] });
}

/** Edges to the service accounts that pods of the subject can have, unless an admission policy excludes them. */
function startEdges(
  resource: ModelResource,
  { from, namespace }: { readonly from: string; readonly namespace: string | undefined },
  { serviceAccounts, admissionPolicies }: KubernetesObjects,
  { graph }: ReadContext,
): void {
  const subject = from.replace(/^[^/]*\//, '');
  const policies = admissionPolicies.filter((each) => mentions(each, 'match_conditions', `"${subject}"`));
  const conditions = policies.map(({ name }) => `ValidatingAdmissionPolicy ${name ?? ''}`);
  const limits = policies.filter((each) => mentions(each, 'validations', 'serviceAccountName'));
  for (const account of serviceAccounts) {
    if (account.name === undefined || (namespace !== undefined && account.namespace !== namespace)) continue;
    if (limits.length > 0 && !limits.every((each) => mentions(each, 'validations', `"${account.name}"`)))
      continue;
    graph.edge(resource, undefined, {
      kind: 'starts',
      from,
      to: serviceAccountNode(graph, account.namespace, account.name),
      ...(conditions.length > 0 && { conditions }),
    });
  }
}

/** Whether expressions of an admission policy have a text. */
export function mentions({ fields }: KubernetesObject, list: string, text: string): boolean {
  const [spec = {}] = blocks(fields, 'spec');
  return [...blocks(spec, list), ...blocks(spec, 'variables')].some(({ expression }) =>
    anyText(expression).includes(text),
  );
}

/** Reason, owner and ticket in the annotations of a Kubernetes object. */
export function factsOf({ fields }: KubernetesObject): Partial<AccessEdge> {
  const [metadata = {}] = blocks(fields, 'metadata');
  const [annotations = {}] = blocks(metadata, 'annotations');
  return Object.fromEntries(
    ['reason', 'owner', 'ticket', 'reviewBy'].flatMap((name) => {
      const value = (annotations as ModelObject)[`cdktf-multicloud.dev/${name}`];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
