import type { WithInherited } from '../core/inherited';
import { justificationRules } from '../core/justification';
import { knownAtSynth, list, matching, optional, type Report, type Shape } from '../core/rules';
import { dnsLabel } from '../kubernetes/names';
import { someLabels } from '../kubernetes/namespace-and-labels';
import type { LabelBasedRoleProps } from './label-based-role';
import { kubernetesProviderRules } from '../kubernetes/options';

const NAMED_LIKE_WORKLOADS =
  /^(deployments(\/[a-z]+)?\.apps|services(\/[a-z]+)?|poddisruptionbudgets\.policy|horizontalpodautoscalers\.autoscaling)$/;

/** Verbs that RBAC can limit to names. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
const BY_NAME_ONLY = ['get', 'delete', 'patch', 'update'];

const verb = matching(/^[a-z]+$/, 'be a verb in lower-case letters, and not a wildcard', (value) =>
  /^[A-Z]+$/.test(value) ? `Use "${value.toLowerCase()}".` : undefined,
);
const resource = matching(
  /^[a-z]+(\/[a-z]+)?(\.[a-z0-9.-]+)?$/,
  'be a resource of the form RESOURCE or RESOURCE.GROUP in lower case, and not a wildcard',
);

export const labelBasedRoleRules: Shape<LabelBasedRoleProps> = {
  ...justificationRules,
  name: dnsLabel,
  namespace: dnsLabel,
  serviceAccounts: someLabels,
  verbs: list(verb, { min: 1 }),
  resources: knownAtSynth(list(knownAtSynth(resource), { min: 1 })),
  workloads: optional(someLabels),
  ...kubernetesProviderRules,
};

/** Names of workloads limit a role only where RBAC knows the names of the objects. */
export function workloadProblems(
  { verbs, resources, workloads }: WithInherited<LabelBasedRoleProps>,
  report: Report,
): void {
  if (workloads === undefined) return;
  for (const value of resources.filter((each) => !NAMED_LIKE_WORKLOADS.test(each))) {
    report({
      property: 'resources',
      value,
      rule: 'be a resource whose objects have the names of workloads',
      fix: 'With workloads, use deployments.apps, services, poddisruptionbudgets.policy or horizontalpodautoscalers.autoscaling.',
    });
  }
  for (const value of verbs.filter((each) => !BY_NAME_ONLY.includes(each))) {
    report({
      property: 'verbs',
      value,
      rule: 'be a verb that Kubernetes can limit to objects of a name',
      fix: `With workloads, use ${BY_NAME_ONLY.join(', ')}; allow "${value}" in a separate role.`,
    });
  }
}
