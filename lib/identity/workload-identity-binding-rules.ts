import { acknowledgement, justificationRules } from '../core/justification';
import {
  all,
  constructLike,
  provider,
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
} from '../core/rules';
import { serviceAccountOptionRules, type GoogleServiceAccountOptions } from './google-service-account';
import { condition } from './iam-condition';
import { serviceAccount, workloadPool } from './principal';
import { labelKey, serviceAccountName } from '../kubernetes/names';
import type {
  WorkloadIdentityAcknowledgements,
  WorkloadIdentityBindingProps,
} from './workload-identity-binding-props';
import { workloadNamespace, labels } from '../kubernetes/namespace-and-labels';

/** The identity of pods. */
export const workloadIdentity: Rule = constructLike(
  'the identity of a Kubernetes service account: a WorkloadIdentityBinding',
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
  additionalNamespaces: optional(list(workloadNamespace)),
  serviceAccountName,
  kubernetesServiceAccount: optional(oneOf(['create', 'annotate', 'unmanaged'])),
  googleServiceAccount: optional((value, property, report) => {
    const exists = typeof value === 'object' && value !== null && 'resourceName' in value;
    return (exists ? serviceAccount : describedAccount)(value, property, report);
  }),
  condition: optional(condition),
  labels: optional(labels),
  annotations: optional(
    record(
      all(
        labelKey,
        rule(
          'annotations of iam.gke.io and cdktf-multicloud.dev are written by the binding',
          (value) => !reserved.test(value as string),
        ),
      ),
      string(),
    ),
  ),
  acknowledge: optional(shape<WorkloadIdentityAcknowledgements>({ defaultNamespace: acknowledgement })),
  googleProvider: optional(provider('google')),
  kubernetesProvider: optional(provider('kubernetes')),
};

/** What no single property of a binding tells. */
export function bindingCrossChecks(props: WorkloadIdentityBindingProps, report: Report): void {
  const namespaces = [props.namespace, ...(props.additionalNamespaces ?? [])];
  if (namespaces.includes('default') && props.acknowledge?.defaultNamespace === undefined) {
    report({
      property: 'namespace',
      value: 'default',
      rule: 'whatever names no namespace lands in "default", so its policies and roles reach strangers',
      fix: 'Use a namespace of the workload, or say why in acknowledge.defaultNamespace.',
    });
  }
  namespaces.forEach((namespace, index) => {
    if (namespaces.indexOf(namespace) === index) return;
    const property = `additionalNamespaces[${index - 1}]`;
    report({ property, value: namespace, rule: 'each namespace is named once' });
  });
  if (props.googleServiceAccount !== undefined) return;
  if (props.cluster.workloadPoolProject.number === undefined) {
    report({
      property: 'cluster.project.number',
      value: undefined,
      rule: 'the name of a direct principal holds the number of the project',
      fix: 'Give the project as { id, number }, or let the pods act as a googleServiceAccount.',
    });
  }
  if (props.condition !== undefined) {
    report({
      property: 'condition',
      value: props.condition,
      rule: 'it says when pods may act as a Google service account, and a direct principal has none',
      fix: 'Put the condition on the grants.',
    });
  }
}
