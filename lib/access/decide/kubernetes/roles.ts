import { isObject } from '../../../core/is-object';
import { Undecided } from '../relation';

/** One rule of a role. Absent lists are empty. */
export interface RbacRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** A Role, a ClusterRole, or a list of rules that belongs to neither. */
export interface RbacRole {
  readonly kind: 'Role' | 'ClusterRole' | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly rules: readonly RbacRule[];
  /** Label selectors of an aggregated ClusterRole, as written. */
  readonly selectors: readonly unknown[] | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const LISTS = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'] as const;

export function fieldsOf(value: unknown, path: string): Fields {
  if (!isObject(value)) throw new Undecided(`${path} must be an object.`);
  return value;
}

export function listOf(value: unknown, path: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Undecided(`${path} must be a list.`);
  return value;
}

function textsOf(value: unknown, path: string): readonly string[] {
  return listOf(value, path).map((each) => {
    if (typeof each !== 'string') throw new Undecided(`${path} must be a list of texts.`);
    return each;
  });
}

/**
 * Rejects the rules that the API server rejects, function `ValidatePolicyRule`:
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/validation/validation.go
 */
function checkRule(rule: RbacRule, kind: RbacRole['kind'], path: string): void {
  const problem = (rest: string): never => {
    throw new Undecided(`${path}: ${rest}`);
  };
  if (rule.verbs.length === 0) problem('verbs must have an entry.');
  if (rule.nonResourceURLs.length > 0) {
    if (kind === 'Role') problem('nonResourceURLs must be omitted in a Role.');
    if (rule.apiGroups.length + rule.resources.length + rule.resourceNames.length > 0) {
      problem('nonResourceURLs must not be combined with resources.');
    }
    return;
  }
  if (rule.apiGroups.length === 0) problem('apiGroups must have an entry.');
  if (rule.resources.length === 0) problem('resources must have an entry.');
}

function readRule(value: unknown, kind: RbacRole['kind'], path: string): RbacRule {
  const fields = fieldsOf(value, path);
  const strange = Object.keys(fields).find((name) => !LISTS.some((list) => list === name));
  if (strange !== undefined) throw new Undecided(`${path}: ${strange} is not a field of a rule.`);
  const [verbs, apiGroups, resources, resourceNames, nonResourceURLs] = LISTS.map((name) =>
    textsOf(fields[name], `${path}: ${name}`),
  );
  const rule: RbacRule = {
    verbs: verbs ?? [],
    apiGroups: apiGroups ?? [],
    resources: resources ?? [],
    resourceNames: resourceNames ?? [],
    nonResourceURLs: nonResourceURLs ?? [],
  };
  checkRule(rule, kind, path);
  return rule;
}

function kindOf(fields: Fields, path: string): RbacRole['kind'] {
  const { kind } = fields;
  if (kind === undefined || kind === 'Role' || kind === 'ClusterRole') return kind;
  throw new Undecided(`${path}: kind must be Role or ClusterRole.`);
}

const textOrNothing = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads a Role, a ClusterRole, or an object with `rules` only. */
export function readRole(value: unknown, path: string): RbacRole {
  const fields = fieldsOf(value, path);
  const kind = kindOf(fields, path);
  const metadata = isObject(fields.metadata) ? fields.metadata : {};
  const { aggregationRule } = fields;
  if (kind === undefined && !('rules' in fields)) throw new Undecided(`${path}: rules is required.`);
  if (kind === 'Role' && isObject(aggregationRule)) {
    throw new Undecided(`${path}: aggregationRule must be omitted in a Role.`);
  }
  return {
    kind,
    name: textOrNothing(metadata.name),
    namespace: kind === 'Role' ? textOrNothing(metadata.namespace) : undefined,
    labels: isObject(metadata.labels) ? metadata.labels : {},
    rules: listOf(fields.rules, `${path}: rules`).map((rule, index) =>
      readRule(rule, kind, `${path}, rule ${index + 1}`),
    ),
    selectors: isObject(aggregationRule)
      ? listOf(aggregationRule.clusterRoleSelectors, `${path}: clusterRoleSelectors`)
      : undefined,
  };
}

const isRule = (value: unknown): boolean => isObject(value) && 'verbs' in value;

/** Reads a role, a list of roles, or a list of rules. */
export function readRoles(value: unknown, path: string): readonly RbacRole[] {
  if (!Array.isArray(value)) return [readRole(value, path)];
  if (value.some(isRule)) return [readRole({ rules: value }, path)];
  return value.map((each, index) => readRole(each, `${path}, role ${index + 1}`));
}
