import type { ModelStack } from '../../model/model';
import type { PlanChange } from '../../model/plan';
import { valuesAt } from '../../model/values/paths';
import type { ModelObject } from '../../model/values/value';

const POLICY = /^kubernetes_network_policy(_v1)?$/;
const NAMESPACE = /^kubernetes_namespace(_v1)?$/;

/** Sentence about a network policy whose deletion gives access. */
export const OPENED =
  'The network policy is deleted: its pods accept the traffic that only this policy rejected.';

/**
 * Whether a change deletes a network policy and leaves a direction of traffic without one. A pod that no policy selects
 * for a direction accepts all traffic of it: https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function isOpened(
  { type, actions, before }: PlanChange,
  { resources }: ModelStack,
  changes: readonly PlanChange[],
): boolean {
  if (!POLICY.test(type) || before === undefined) return false;
  if (!actions.includes('delete') || actions.includes('create')) return false;
  const namespace = textAt(before, 'metadata.namespace');
  const isGone = changes.some(
    (each) =>
      NAMESPACE.test(each.type) &&
      each.after === undefined &&
      each.before !== undefined &&
      textAt(each.before, 'metadata.name') === namespace,
  );
  if (isGone) return false;
  const others = resources
    .filter((each) => POLICY.test(each.type) && textAt(each.values, 'metadata.namespace') === namespace)
    .filter(({ values }) => selectsAll(values))
    .flatMap(({ values }) => valuesAt(values, 'spec.policy_types'));
  return valuesAt(before, 'spec.policy_types').some((direction) => !others.includes(direction));
}

const textAt = (values: ModelObject, path: string): string => String(valuesAt(values, path)[0] ?? '');

function selectsAll(values: ModelObject): boolean {
  return ['match_labels', 'match_expressions'].every(
    (name) => valuesAt(values, `spec.pod_selector.${name}`).length === 0,
  );
}
