import { isObject } from '../../../core/is-object';
import { Undecided } from '../relation';
import { fieldsOf, listOf, type RbacRole, type RbacRule } from './roles';

type Labels = RbacRole['labels'];

function matchesExpression(expression: unknown, labels: Labels): boolean {
  const { key, operator, values } = fieldsOf(expression, 'matchExpressions');
  const value = typeof key === 'string' ? labels[key] : undefined;
  const isListed = listOf(values, 'values of matchExpressions').includes(value);
  switch (operator) {
    case 'In':
      return value !== undefined && isListed;
    case 'NotIn':
      return value === undefined || !isListed;
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      throw new Undecided(`The operator ${String(operator)} of a label selector is not known.`);
  }
}

/** Whether a label selector selects the labels. An empty selector selects everything. */
function selects(selector: unknown, labels: Labels): boolean {
  const { matchLabels, matchExpressions } = fieldsOf(selector, 'clusterRoleSelectors');
  return (
    Object.entries(isObject(matchLabels) ? matchLabels : {}).every(([key, value]) => labels[key] === value) &&
    listOf(matchExpressions, 'matchExpressions').every((each) => matchesExpression(each, labels))
  );
}

/**
 * Rules of a role. The control plane replaces the rules of an aggregated ClusterRole by those of the selected
 * ClusterRoles, so its own rules do not count:
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 * @throws Undecided for an aggregated ClusterRole without the set of ClusterRoles.
 */
export function rulesOf(
  role: RbacRole,
  clusterRoles: readonly RbacRole[] | undefined,
  visited: ReadonlySet<RbacRole> = new Set(),
): readonly RbacRule[] {
  if (!role.selectors) return role.rules;
  if (!clusterRoles) {
    throw new Undecided(
      `The ClusterRole ${role.name ?? ''} is aggregated: its rules depend on other ClusterRoles.`,
    );
  }
  const path = new Set([...visited, role]);
  return clusterRoles
    .filter((each) => (each.name === undefined || each.name !== role.name) && !path.has(each))
    .filter((each) => role.selectors?.some((selector) => selects(selector, each.labels)))
    .flatMap((each) => rulesOf(each, clusterRoles, path));
}
