import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { acknowledgement, justificationRules } from '../../core/justification';
import {
  all,
  constructLike,
  knownAtSynth,
  list,
  oneOf,
  optional,
  record,
  rule,
  shape,
  string,
  type Report,
  type Rule,
  type Shape,
} from '../../core/rules';
import { serviceAccountOptionRules, type GoogleServiceAccountOptions } from './google-service-account';
import { condition } from './iam-condition';
import { serviceAccount, workloadPool } from './principal';
import { labelKey, serviceAccountName } from '../../kubernetes/names';
import type {
  WorkloadIdentityAcknowledgements,
  WorkloadIdentityBindingProps,
} from './workload-identity-binding-props';
import { workloadNamespace, labels } from '../../kubernetes/namespace-and-labels';
import { googleProviderRules } from '../../google/options';
import { kubernetesProviderRules } from '../../kubernetes/options';

/** The identity of pods. */
export const workloadIdentity: Rule = constructLike(
  'the identity of a Kubernetes service account, for example a WorkloadIdentityBinding',
  {
    namespace: 'string',
    namespaces: 'object',
    serviceAccountName: 'string',
    podDependenciesIn: 'function',
  },
);

const describedAccount = shape<GoogleServiceAccountOptions>(serviceAccountOptionRules);

const reserved = /^(iam\.gke\.io|cdktf-multicloud\.dev)\//;

export const bindingRules: Shape<WorkloadIdentityBindingProps> = {
  ...justificationRules,
  cluster: workloadPool,
  namespace: workloadNamespace,
  additionalNamespaces: optional(list(knownAtSynth(workloadNamespace))),
  serviceAccountName,
  kubernetesServiceAccount: optional(oneOf(['create', 'annotate', 'unmanaged'])),
  serviceAccountCreatedBy: optional(
    knownAtSynth(
      list(
        rule(
          'be a resource, for example a Release of Helm',
          (value) => typeof (value as { fqn?: unknown } | null)?.fqn === 'string',
        ),
        { min: 1 },
      ),
    ),
  ),
  googleServiceAccount: optional((value, property, report) => {
    const exists = typeof value === 'object' && value !== null && 'resourceName' in value;
    return (exists ? serviceAccount : describedAccount)(value, property, report);
  }),
  condition: optional(condition),
  labels: optional(labels),
  annotations: optional(
    // The binding adds annotations to the object, which cdktf cannot add to a token.
    knownAtSynth(
      record(
        all(
          labelKey,
          rule(
            'not be an annotation of iam.gke.io or cdktf-multicloud.dev, which the binding sets',
            (value) => !reserved.test(value as string),
          ),
        ),
        string(),
      ),
    ),
  ),
  acknowledge: optional(shape<WorkloadIdentityAcknowledgements>({ defaultNamespace: acknowledgement })),
  ...googleProviderRules,
  ...kubernetesProviderRules,
};

/** Path of a resource for a message; its address is a token. */
function pathOf(resource: ITerraformDependable): string {
  return Construct.isConstruct(resource) ? resource.node.path : 'a resource';
}

/** Cross-property validation of a binding. */
export function bindingCrossChecks(props: WithInherited<WorkloadIdentityBindingProps>, report: Report): void {
  const namespaces = [props.namespace, ...(props.additionalNamespaces ?? [])];
  if (namespaces.includes('default') && props.acknowledge?.defaultNamespace === undefined) {
    report({
      property: 'namespace',
      value: 'default',
      rule: 'not be "default", where pods without a namespace run, so that its policies and roles apply to them',
      fix: 'Use a dedicated namespace, or set acknowledge.defaultNamespace to the reason.',
    });
  }
  namespaces.forEach((namespace, index) => {
    if (namespaces.indexOf(namespace) === index) return;
    const property = `additionalNamespaces[${index - 1}]`;
    report({ property, value: namespace, rule: 'be unique in the list', fix: 'Omit it.' });
  });
  if (props.serviceAccountCreatedBy !== undefined && props.kubernetesServiceAccount !== 'annotate') {
    report({
      property: 'serviceAccountCreatedBy',
      value: props.serviceAccountCreatedBy.map((each) => pathOf(each)),
      rule: 'be omitted unless kubernetesServiceAccount is "annotate"',
      fix: 'Omit it, or set kubernetesServiceAccount to "annotate".',
    });
  }
  if (props.googleServiceAccount !== undefined) return;
  if (props.cluster.workloadPoolProject.number === undefined) {
    report({
      property: 'cluster.project.number',
      value: undefined,
      rule: 'be set because it is part of the name of a direct principal',
      fix: 'Set project to { id, number }, or set googleServiceAccount.',
    });
  }
  if (props.condition !== undefined) {
    report({
      property: 'condition',
      value: props.condition,
      rule: 'be omitted for a direct principal, which impersonates no Google service account',
      fix: 'Set the condition on the grants.',
    });
  }
}
