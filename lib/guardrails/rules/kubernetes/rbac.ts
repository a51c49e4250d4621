import { isKnown } from '../../../model/values/value';
import type { CheckedValue } from '../../checked-value';
import type { Subject } from '../../subject';
import { objectOf, typesOf } from './manifest';
import { any, every, fail, type Verdict } from '../../verdict';

/** Resource types of roles. */
export const ROLE_TYPES = typesOf('Role', 'ClusterRole');

/** Resource types of bindings. */
export const BINDING_TYPES = typesOf('RoleBinding', 'ClusterRoleBinding');

/** One rule of a role. */
export interface RoleRule {
  /** Place of the rule. */
  readonly rule: Subject;
  readonly verbs: readonly CheckedValue[];
  readonly groups: readonly CheckedValue[];
  readonly resources: readonly CheckedValue[];
  /** Names of the resources; empty for all names. */
  readonly names: readonly CheckedValue[];
}

/** Rules of a role. */
export function rulesOf(resource: Subject): readonly RoleRule[] {
  const role = objectOf(resource, 'Role', 'ClusterRole')?.object;
  return (role?.blocks('rule') ?? []).map((rule) => ({
    rule,
    verbs: rule.value('verbs').elements,
    groups: rule.value('api_groups').elements,
    resources: rule.value('resources').elements,
    names: rule.value('resource_names').elements,
  }));
}

/** Passes if a list names one of the words. */
export function names(list: readonly CheckedValue[], ...words: readonly string[]): Verdict {
  return any(fail('The list names other words.'), ...list.map((each) => each.is(...words)));
}

/** Passes if a rule is about all names of its resources. */
export function hasNoNames({ names: list }: RoleRule): Verdict {
  return every(...list.map((each) => (isKnown(each.value) ? each.must('be omitted') : each.unknown())));
}

/** A role with one rule, for examples. */
export function roleWith(rule: object, type = 'kubernetes_role_v1'): Readonly<Record<string, unknown>> {
  const namespace = type.includes('cluster') ? {} : { namespace: 'books' };
  return { resource: { [type]: { x: { metadata: { name: 'x', ...namespace }, rule: [rule] } } } };
}

/** A binding of a cluster role, for examples. */
export function bindingOf(role: string, subject: object): Readonly<Record<string, unknown>> {
  return {
    resource: {
      kubernetes_cluster_role_binding_v1: {
        x: {
          metadata: { name: 'x' },
          role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
          subject: [subject],
        },
      },
    },
  };
}
