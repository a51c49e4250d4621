import { decide, type DocumentKind } from '../../access/decide/decide';
import type { AccessEdge } from '../../access/graph/edge';
import { blocksAt, valuesAt } from '../../model/values/paths';
import type { Model, ModelResource } from '../../model/model';
import { isKnown, isModelObject, type ModelObject } from '../../model/values/value';
import type { AccessChange } from '../review';
import type { Sides } from '../sides';
import type { SideGraphs } from './graph-changes';
import type { Reached } from './reach';
import { changeOf, type Side } from './verdict';

/** A custom role of Google Cloud or a role of Kubernetes. */
interface Role {
  readonly resource: ModelResource;
  /** Name in edges, for example `ClusterRole/reader`. */
  readonly name: string;
  readonly kind: DocumentKind;
  readonly document: unknown;
}

/**
 * Changes of roles of which no plan has a holder. Their members and bindings are in another stack or of another tool,
 * so a change of the role changes access that the graph does not have.
 */
export function unheldRoles(sides: Sides, graphs: SideGraphs, reached: Reached): readonly AccessChange[] {
  const edges = [...graphs.before.edges, ...graphs.after.edges];
  const now = new Map(rolesIn(sides.after).map((role) => [keyOf(role), role]));
  return rolesIn(sides.before).flatMap((old) => {
    const role = now.get(keyOf(old));
    if (role === undefined || edges.some((edge) => isOf(edge, role.name))) return [];
    const change = changeOf({
      subject: `holders of ${role.name}`,
      gained: beyond(role, old, 'may now'),
      lost: beyond(old, role, 'may no longer'),
      resources: [role.resource],
      reached,
    });
    return change ?? [];
  });
}

const keyOf = ({ resource, name }: Role) => `${resource.stack} ${resource.address} ${name}`;

const isOf = ({ role = '' }: AccessEdge, name: string) => role === name || role.endsWith(`/${name}`);

function rolesIn({ stacks }: Model): readonly Role[] {
  return stacks.flatMap(({ resources }) => resources).flatMap((resource) => roleOf(resource) ?? []);
}

function roleOf(resource: ModelResource): Role | undefined {
  const { type, values } = resource;
  if (/^google_(project|organization)_iam_custom_role$/.test(type)) {
    const document = { permissions: valuesAt(values, 'permissions') };
    return { resource, name: `roles/${String(values.role_id)}`, kind: 'gcp-custom-role', document };
  }
  const [, cluster] = /^kubernetes_(cluster_)?role(?:_v1)?$/.exec(type) ?? [];
  if (cluster === undefined && !/^kubernetes_role(_v1)?$/.test(type)) return undefined;
  const kind = cluster === undefined ? 'Role' : 'ClusterRole';
  const [name = ''] = valuesAt(values, 'metadata.name');
  const rules = blocksAt(values, 'rule').map((rule) => (isModelObject(rule) ? ruleOf(rule) : rule));
  return { resource, name: `${kind}/${String(name)}`, kind: 'rbac', document: { rules } };
}

/** Lists of a rule by their names in the provider and in the API. */
const LISTS = {
  verbs: 'verbs',
  api_groups: 'apiGroups',
  resources: 'resources',
  resource_names: 'resourceNames',
  non_resource_urls: 'nonResourceURLs',
} as const;

function ruleOf(rule: ModelObject): object {
  const entries = Object.entries(LISTS).map(([ours, theirs]) => [theirs, valuesAt(rule, ours)] as const);
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0));
}

/** Access of a role that another version of it does not have. */
function beyond(role: Role, other: Role, verb: string): Side {
  if (![role, other].every(({ resource }) => isKnown(resource.values.permissions ?? null))) {
    return { certain: [], unknown: ['The permissions are known after apply.'] };
  }
  const relation = decide(role.kind, role.document, other.document);
  if (relation.relation === 'within') return { certain: [], unknown: [] };
  if (relation.relation === 'unknown') return { certain: [], unknown: [relation.reason] };
  return { certain: [`${verb} ${witnessText(relation.witness as Witness)}`], unknown: [] };
}

interface Witness {
  readonly permission?: string;
  readonly verb?: string;
  readonly apiGroup?: string;
  readonly resource?: string;
  readonly path?: string;
  readonly name?: string;
}

function witnessText({ permission, verb, apiGroup, resource, path, name }: Witness): string {
  if (permission !== undefined) return permission;
  const object = path ?? [apiGroup, resource].filter(Boolean).join('/');
  return [verb, object, name].filter(Boolean).join(' ');
}
