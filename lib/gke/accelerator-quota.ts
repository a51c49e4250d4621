import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import { Construct } from 'constructs';
import type { AwaitedResource } from '../core/ordering';
import { constructLike, integer, knownAtSynth, list, matching, optional, type Report } from '../core/rules';
import { validate } from '../core/validation';
import { admissionBinding, admissionPolicy } from '../kubernetes/admission-policy';
import { dnsLabel } from '../kubernetes/names';
import type { IWorkloadIdentity } from '../identity/google/workload-identity-binding-props';
import { someLabels } from '../kubernetes/namespace-and-labels';
import { workloadIdentity } from '../identity/google/workload-identity-binding-rules';
import { kubernetesProviderRules, type KubernetesProviderOptions } from '../kubernetes/options';

/** Resource name of GPUs on GKE. */
export const DEFAULT_ACCELERATOR = 'nvidia.com/gpu';

/** Access of labelled pods to accelerators in a namespace, with a quota. */
export interface AcceleratorAccess {
  /** Labels of the pods that may: all of them, at least one. */
  readonly labels: Readonly<Record<string, string>>;
  /**
   * Identity that those pods run as, and that no pod without the labels can use. A user who can create or change
   * pods and workloads of the namespace can add the labels.
   */
  readonly identity: IWorkloadIdentity;
  /** Accelerators of all those pods together: 0 to 10,000. */
  readonly count: number;
  /**
   * Resource name of the accelerator in a pod.
   * @default nvidia.com/gpu
   */
  readonly resource?: string;
}

/** Props of an `AcceleratorQuota`. */
export interface AcceleratorQuotaProps extends AcceleratorAccess, KubernetesProviderOptions {
  /** Namespace of the pods. */
  readonly namespace: string;
  /** Resources that the quota must wait for. */
  readonly waitsFor: readonly AwaitedResource[];
}

/**
 * Accelerators of a namespace, tied to a label: pods that carry it run as the identity and share the quota; others
 * get neither. A quota knows no labels, so an admission policy of the API server tells the pods apart.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class AcceleratorQuota extends Construct {
  constructor(scope: Construct, id: string, given: AcceleratorQuotaProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        // The policies of the cluster have the namespace in their names.
        namespace: knownAtSynth(dnsLabel),
        labels: someLabels,
        identity: workloadIdentity,
        count: integer(0, 10_000),
        resource: optional(
          matching(
            /^[a-z0-9.-]+\/[a-z0-9.-]+$/,
            'be the resource name of an accelerator, for example "nvidia.com/gpu" or "google.com/tpu"',
          ),
        ),
        waitsFor: list(constructLike('a resource', { fqn: 'string', node: 'object' })),
        ...kubernetesProviderRules,
      },
      identityIsThere,
    );
    const resource = props.resource ?? DEFAULT_ACCELERATOR;
    const name = `accelerators-${resource.replace(/[^a-z0-9]+/g, '-')}`;
    const common = { dependsOn: [...props.waitsFor], provider: props.kubernetesProvider };
    new ResourceQuotaV1(this, 'quota', {
      metadata: { name, namespace: props.namespace },
      spec: { hard: { [`requests.${resource}`]: String(props.count) } },
      ...common,
    });
    // Policies belong to the cluster, so their name includes the namespace.
    const policyName = `${props.namespace}-${name}`;
    const policy = new Manifest(this, 'policy', {
      manifest: policyOf(policyName, resource, props),
      ...common,
    });
    new Manifest(this, 'policy-binding', {
      manifest: admissionBinding(policyName, props.namespace),
      ...common,
      dependsOn: [...props.waitsFor, policy],
    });
  }
}

function identityIsThere({ identity, namespace }: AcceleratorQuotaProps, report: Report): void {
  if (identity.namespaces.includes(namespace)) return;
  report({
    property: 'identity',
    value: identity.namespaces,
    rule: `be an identity that exists in the namespace ${namespace}`,
    fix: 'Add the namespace to the identity, or use one of its namespaces.',
  });
}

/** Three sentences, each a CEL expression that holds for every pod of the namespace. */
function policyOf(name: string, resource: string, { labels, identity }: AcceleratorQuotaProps) {
  const quote = (text: string) => JSON.stringify(text);
  const carries = Object.entries(labels)
    .map(([key, value]) => `object.metadata.?labels[?${quote(key)}].orValue("") == ${quote(value)}`)
    .join(' && ');
  const asks = `(object.spec.containers + object.spec.?initContainers.orValue([])).exists(c, ${quote(resource)} in c.?resources.?limits.orValue({}) || ${quote(resource)} in c.?resources.?requests.orValue({})) || object.spec.?resourceClaims.hasValue()`;
  const account = quote(identity.serviceAccountName);
  const written = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
  return admissionPolicy({
    name,
    resources: { apiGroup: '', kind: 'pods', operations: ['CREATE'] },
    variables: [
      { name: 'carries', expression: carries },
      { name: 'asks', expression: asks },
      { name: 'account', expression: 'object.spec.?serviceAccountName.orValue("default")' },
    ],
    rules: [
      {
        expression: '!variables.asks || variables.carries',
        message: `pods that ask for ${resource} carry ${written}`,
      },
      {
        expression: `!variables.carries || variables.account == ${account}`,
        message: `pods that carry ${written} run as the service account ${identity.serviceAccountName}`,
      },
      {
        expression: `variables.carries || variables.account != ${account}`,
        message: `only pods that carry ${written} run as the service account ${identity.serviceAccountName}`,
      },
    ],
  });
}
