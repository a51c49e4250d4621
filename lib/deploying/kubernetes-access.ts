import { KINDS, KUBERNETES_KINDS, KUBERNETES_PATCHES, MANIFEST_RULES, OWNER_VERBS } from './kubernetes-table';
import { grouped, sorted } from './grouped';
import { valuesAt } from '../model/values/paths';
import type { StackResource } from './stack-resource';
import type { DeployOperation, KubernetesRule } from './type-permissions';

/** A ClusterRole, as `kubectl apply --filename` reads it from a JSON file. */
export interface KubernetesClusterRole {
  /** API version of the object. */
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  /** Kind of the object. */
  readonly kind: 'ClusterRole';
  /** Metadata with the name of the role. */
  readonly metadata: {
    /** Name of the role. */
    readonly name: string;
  };
  /** Rules of the role. */
  readonly rules: readonly KubernetesRule[];
}

/** Kind of the object of a resource; `undefined` if the type or the kind is unknown. */
export function kubernetesKindOf({ type, values }: StackResource): string | undefined {
  const paths = KUBERNETES_PATCHES.includes(type) ? 'kind' : 'manifest.kind';
  const kind = KUBERNETES_KINDS[type] ?? valuesAt(values, paths)[0];
  return typeof kind === 'string' && KINDS[kind] !== undefined ? kind : undefined;
}

/** Rules of the resources; `undefined` if no resource is an object of Kubernetes. */
export function clusterRoleOf(
  resources: readonly StackResource[],
  operations: readonly DeployOperation[],
): KubernetesClusterRole | undefined {
  const rules = resources.flatMap((resource) => rulesOf(resource, operations));
  if (rules.length === 0) return undefined;
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'terraform-deployer' },
    rules: merged(rules),
  };
}

const VERBS: Readonly<Record<DeployOperation, readonly string[]>> = {
  create: ['create'],
  read: ['get'],
  // The provider patches most objects. A manifest is applied server-side, which is a patch too.
  update: ['patch', 'update'],
  delete: ['delete'],
};

function rulesOf(resource: StackResource, operations: readonly DeployOperation[]): KubernetesRule[] {
  const kind = kubernetesKindOf(resource);
  const row = kind === undefined ? undefined : KINDS[kind];
  if (row === undefined) return [];
  const writes = operations.some((operation) => operation !== 'read');
  const isPatch = KUBERNETES_PATCHES.includes(resource.type);
  const wanted = isPatch && writes ? ['get', 'patch'] : operations.flatMap((operation) => VERBS[operation]);
  return [
    {
      apiGroups: [row.apiGroup],
      resources: [row.resource],
      verbs: OWNER_VERBS.filter((verb) => wanted.includes(verb)),
    },
    ...(writes && !isPatch ? (row.rules ?? []) : []),
    ...(resource.type === 'kubernetes_manifest' ? MANIFEST_RULES : []),
  ];
}

/** One rule for each group and set of verbs. */
function merged(rules: readonly KubernetesRule[]): KubernetesRule[] {
  const verbs = collect(
    rules.flatMap(({ apiGroups, resources, verbs: own }) =>
      apiGroups.flatMap((group) => resources.map((resource) => [`${group}/${resource}`, own] as const)),
    ),
  );
  const resources = collect(
    [...verbs].map(([object, own]) => {
      const [group = '', resource = ''] = object.split('/');
      return [`${group}/${own.join(' ')}`, [resource]] as const;
    }),
  );
  return [...resources].map(([key, own]) => {
    const [group = '', words = ''] = key.split('/');
    return { apiGroups: [group], resources: own, verbs: words.split(' ') };
  });
}

/** Sorted and distinct values by key, sorted by key. */
function collect(entries: readonly (readonly [string, readonly string[]])[]): Map<string, string[]> {
  return new Map(
    grouped(entries, ([key]) => key).map(([key, same]) => [
      key,
      sorted(same.flatMap(([, values]) => values)),
    ]),
  );
}
