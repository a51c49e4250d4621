import { pathInResource, type KubernetesObject } from '../edges/kubernetes-object';
import { POD_MAKERS, rulesOf, subjectNode, type KubernetesObjects } from '../edges/kubernetes-rbac';
import { allTexts, anyText, blocks, elements } from '../edges/reader';
import type { ModelObject } from '../../model/values/value';
import type { AccessNode } from '../graph/node';
import { permits } from '../questions/match';
import { admissionRejections } from './admission';
import { at, isUsed, type LinkContext } from './context';
import type { Link, Rejection } from './link';
import { missingAccount } from './service-accounts';

/** Permission of Kubernetes in a namespace that the next link needs. */
interface Need {
  /** `VERB GROUP/RESOURCE`; one of them is enough. */
  readonly permissions: readonly string[];
  /** Namespace; `undefined` for the whole cluster. */
  readonly namespace: string | undefined;
  /** Service account of the pods that the identity starts. */
  readonly account?: AccessNode;
}

const IDENTITIES = [
  'google.serviceAccount',
  'google.member',
  'kubernetes.serviceAccount',
  'kubernetes.subject',
];

/** Links of an identity by role bindings: it starts pods of a service account, or it has the permission. */
export function rbacLinks(
  node: AccessNode,
  objects: KubernetesObjects,
  context: LinkContext,
): readonly Link[] {
  if (!IDENTITIES.includes(node.kind)) return [];
  return needsOf(context).flatMap((need) =>
    objects.bindings.map((binding) => ({
      from: node.id,
      to: need.account?.id,
      rejections: [
        ...bindingRejections(node, binding, need, objects, context),
        ...(need.account === undefined
          ? []
          : [
              ...admissionRejections(node, need.account, objects),
              ...missingAccount(need.account, objects, context),
            ]),
      ],
    })),
  );
}

function needsOf({ built, goal, reach }: LinkContext): readonly Need[] {
  const starts = built.nodes
    .filter(({ kind }) => kind === 'kubernetes.serviceAccount')
    .map((account) => ({
      permissions: POD_MAKERS.map((each) => `create ${each}`),
      namespace: account.scope,
      account,
    }));
  const uses = goal.targets
    .map((id) => reach.node(id))
    .filter(({ kind }) => kind === 'kubernetes.namespace' || kind === 'kubernetes.resource')
    .map(({ scope }) => ({ permissions: [goal.permission], namespace: scope }));
  return [...starts, ...uses];
}

function bindingRejections(
  node: AccessNode,
  binding: KubernetesObject,
  need: Need,
  objects: KubernetesObjects,
  context: LinkContext,
): readonly Rejection[] {
  return [
    ...subjectRejection(node, binding, context),
    ...namespaceRejection(binding, need, context),
    ...roleRejections(binding, need, objects),
  ];
}

function subjectRejection(
  node: AccessNode,
  binding: KubernetesObject,
  context: LinkContext,
): readonly Rejection[] {
  const subjects = blocks(binding.fields, 'subject');
  const nodes = subjects.map((each) => subjectNode(each, binding.namespace, context));
  if (nodes.includes(node.id)) return [];
  const [first] = subjects;
  const named = nodes[0] === undefined ? undefined : context.reach.tryNode(nodes[0]);
  // The name is right and the kind is wrong: no other identity has this name.
  const isName = first !== undefined && node.names.includes(anyText(first.name));
  return [
    {
      stage: 'RBAC',
      cause: `The binding ${binding.name ?? ''} names ${named?.names[0] ?? 'no subject'}, and not ${node.label}.`,
      ...at(binding.resource),
      change: {
        kind: 'set',
        ...at(binding.resource),
        path: pathInResource(binding, 'subject[0]'),
        value: subjectOf(node, binding),
      },
      cost: isName || named === undefined || !isUsed(named, context) ? 1 : 2,
    },
  ];
}

/** The identity as the subject of a binding. */
function subjectOf({ kind, label, names, scope }: AccessNode, { resource }: KubernetesObject): ModelObject {
  const group = resource.type === 'kubernetes_manifest' ? 'apiGroup' : 'api_group';
  if (kind === 'kubernetes.serviceAccount') {
    return { kind: 'ServiceAccount', name: label.replace(/^.*\//, ''), namespace: scope ?? 'default' };
  }
  const name = names.find((each) => !each.includes(':')) ?? label;
  return { kind: 'User', name, [group]: 'rbac.authorization.k8s.io' };
}

function namespaceRejection(
  binding: KubernetesObject,
  { namespace }: Need,
  context: LinkContext,
): readonly Rejection[] {
  if (binding.kind === 'ClusterRoleBinding' || binding.namespace === namespace) return [];
  const isDeclared = context.built.nodes.some(
    ({ kind, scope, source }) =>
      kind === 'kubernetes.serviceAccount' && scope === binding.namespace && source,
  );
  return [
    {
      stage: 'RBAC',
      cause: `The binding ${binding.name ?? ''} is in the namespace ${binding.namespace}, and not in ${namespace ?? 'the whole cluster'}.`,
      ...at(binding.resource),
      ...(namespace !== undefined && {
        change: {
          kind: 'set',
          ...at(binding.resource),
          path: pathInResource(binding, 'metadata.namespace'),
          value: namespace,
        },
      }),
      cost: isDeclared ? 2 : 1,
    },
  ];
}

function roleRejections(
  binding: KubernetesObject,
  need: Need,
  objects: KubernetesObjects,
): readonly Rejection[] {
  const [reference = {} as ModelObject] = blocks(binding.fields, 'role_ref');
  const [kind, name] = [anyText(reference.kind), anyText(reference.name)];
  if (kind === 'ClusterRole' && name === 'cluster-admin') return [];
  const namespace = binding.kind === 'ClusterRoleBinding' ? undefined : (need.namespace ?? binding.namespace);
  const isIn = (role: KubernetesObject) => role.kind === 'ClusterRole' || role.namespace === namespace;
  const bound = objects.roles.find((each) => each.kind === kind && each.name === name && isIn(each));
  if (bound !== undefined) return rulesRejection(bound, need, objects);
  const other = objects.roles.find(
    (each) => isIn(each) && rulesRejection(each, need, objects).length === 0 && each.name !== undefined,
  );
  const moved = objects.roles.find((each) => each.kind === kind && each.name === name);
  if (moved !== undefined && namespace !== undefined) {
    return [
      {
        stage: 'RBAC',
        cause: `The role ${name} is in the namespace ${moved.namespace}, and the binding ${binding.name ?? ''} is in ${namespace}.`,
        ...at(moved.resource),
        change: {
          kind: 'set',
          ...at(moved.resource),
          path: pathInResource(moved, 'metadata.namespace'),
          value: namespace,
        },
        cost: 1,
      },
      ...rulesRejection(moved, need, objects),
    ];
  }
  return [
    {
      stage: 'RBAC',
      cause: `The binding ${binding.name ?? ''} names the ${kind} ${name}, which no stack declares${namespace === undefined ? '' : ` in the namespace ${namespace}`}.`,
      ...at(binding.resource),
      ...(other !== undefined && {
        change: {
          kind: 'set',
          ...at(binding.resource),
          path: pathInResource(binding, 'role_ref'),
          value: {
            [binding.resource.type === 'kubernetes_manifest' ? 'apiGroup' : 'api_group']:
              'rbac.authorization.k8s.io',
            kind: other.kind,
            name: other.name ?? '',
          },
        },
      }),
      cost: 1,
    },
  ];
}

/** Rejection of the rules of a role that have none of the permissions. */
function rulesRejection(
  role: KubernetesObject,
  { permissions }: Need,
  objects: KubernetesObjects,
): readonly Rejection[] {
  const allowed = rulesOf(role, objects).flatMap((each) => each.permissions);
  if (permissions.some((wanted) => allowed.some((each) => permits(each, wanted)))) return [];
  const { path, value, wanted } = extendedRule(role, permissions);
  return [
    {
      stage: 'RBAC',
      cause: `The role ${role.name ?? ''} has no rule for ${wanted}.`,
      ...at(role.resource),
      change: { kind: 'set', ...at(role.resource), path: pathInResource(role, path), value },
      cost: 1,
    },
  ];
}

/** The change of the rule that is nearest to one of the permissions: of the same resource, else of the same verb. */
function extendedRule(role: KubernetesObject, permissions: readonly string[]) {
  const isManifest = role.resource.type === 'kubernetes_manifest';
  const rules = blocks(role.fields, 'rule');
  const parsed = permissions.map((wanted) => {
    const [verb = '', resource = ''] = wanted.split(' ');
    const [group, name] = resource.includes('/') ? resource.split('/') : ['', resource];
    return { wanted, verb, group: group ?? '', name: name ?? '' };
  });
  const list = (rule: ModelObject, field: string) => allTexts(elements(rule[field]));
  const candidates = parsed.flatMap((need) =>
    rules.map((rule, index) => ({
      need,
      rule,
      index,
      score: [
        list(rule, 'resources').includes(need.name) ? 4 : 0,
        list(rule, 'verbs').includes(need.verb) ? 2 : 0,
        list(rule, 'api_groups').includes(need.group) ? 1 : 0,
      ].reduce((sum, each) => sum + each, 0),
    })),
  );
  const [best] = candidates.sort((a, b) => b.score - a.score);
  const need = best?.need ?? parsed[0] ?? { wanted: '', verb: '', group: '', name: '' };
  const isNear = best !== undefined && best.score >= 4;
  const merged = (field: string, value: string) => {
    const known = isNear ? list(best.rule, field) : [];
    return known.includes(value) || known.includes('*') ? known : [...known, value];
  };
  // A rule with names of objects cannot allow their creation.
  const value: ModelObject = {
    [isManifest ? 'apiGroups' : 'api_groups']: merged('api_groups', need.group),
    resources: merged('resources', need.name),
    verbs: merged('verbs', need.verb),
  };
  return { path: `rule[${isNear ? best.index : rules.length}]`, value, wanted: need.wanted };
}
