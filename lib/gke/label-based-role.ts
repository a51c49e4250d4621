import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { Lazy, type TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import {
  annotationsOf,
  addMetadataComment,
  justificationOf,
  justificationRules,
  type JustificationProps,
} from '../core/justification';
import type { AwaitedResource } from '../core/ordering';
import { knownAtSynth, list, matching, optional, provider } from '../core/rules';
import { validate } from '../core/validation';
import { KubernetesObjects, type KnownObject } from '../kubernetes/objects';
import { dnsLabel } from '../kubernetes/names';
import { someLabels } from '../kubernetes/namespace-and-labels';

/** Permissions of service accounts on objects of a namespace, both selected by labels. */
export interface LabelBasedAccess extends JustificationProps {
  /**
   * Labels of the service accounts that may: those of the stack, in any namespace of the cluster, that carry all
   * of them. At least one.
   */
  readonly serviceAccounts: Readonly<Record<string, string>>;
  /**
   * Verbs, for example `get` and `patch`. No wildcard. A subject that can create or change pods, or workloads that create
   * pods, can run them as any service account of the namespace.
   */
  readonly verbs: readonly string[];
  /**
   * Resources, with their API group where they have one, for example `pods` and `deployments.apps`. No wildcard.
   */
  readonly resources: readonly string[];
  /**
   * Labels of the `Workload`s of the namespace that the role includes by name. For
   * resources that are named after their workload, such as `deployments.apps`.
   * @default - every object of these resources in the namespace
   */
  readonly workloads?: Readonly<Record<string, string>>;
}

/** Props of a `LabelBasedRole`. */
export interface LabelBasedRoleProps extends LabelBasedAccess {
  /** Namespace of the objects. */
  readonly namespace: string;
  /** Name of the Role and the RoleBinding: a DNS label. */
  readonly name: string;
  /**
   * Kubernetes provider of the role.
   * @default - the default provider of the stack
   */
  readonly kubernetesProvider?: TerraformProvider;
}

const NAMED_LIKE_WORKLOADS =
  /^(deployments(\/[a-z]+)?\.apps|services(\/[a-z]+)?|poddisruptionbudgets\.policy|horizontalpodautoscalers\.autoscaling)$/;
const BY_NAME_ONLY = ['get', 'delete', 'patch', 'update'];

/**
 * A Role and its RoleBinding by labels. Kubernetes RBAC supports names only, so the construct finds the labels among
 * the service accounts and workloads of the stack at synth. Each later deployment includes the objects that have
 * the labels then.
 */
export class LabelBasedRole extends Construct {
  constructor(scope: Construct, id: string, given: LabelBasedRoleProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        ...justificationRules,
        name: dnsLabel,
        namespace: dnsLabel,
        serviceAccounts: someLabels,
        verbs: list(matching(/^[a-z]+$/, 'be a verb in lower-case letters, and not a wildcard'), {
          min: 1,
        }),
        resources: knownAtSynth(
          list(
            knownAtSynth(
              matching(
                /^[a-z]+(\/[a-z]+)?(\.[a-z0-9.-]+)?$/,
                'be a resource of the form RESOURCE or RESOURCE.GROUP in lower case, and not a wildcard',
              ),
            ),
            { min: 1 },
          ),
        ),
        workloads: optional(someLabels),
        kubernetesProvider: optional(provider('kubernetes')),
      },
      ({ verbs, resources, workloads }, report) => {
        if (workloads === undefined) return;
        for (const resource of resources.filter((each) => !NAMED_LIKE_WORKLOADS.test(each))) {
          report({
            property: 'resources',
            value: resource,
            rule: 'be a resource whose objects have the names of workloads',
            fix: 'With workloads, use deployments.apps, services, poddisruptionbudgets.policy or horizontalpodautoscalers.autoscaling.',
          });
        }
        for (const verb of verbs.filter((each) => !BY_NAME_ONLY.includes(each))) {
          report({
            property: 'verbs',
            value: verb,
            rule: 'be a verb that Kubernetes can limit to objects of a name',
            fix: `With workloads, use ${BY_NAME_ONLY.join(', ')}; allow "${verb}" in a separate role.`,
          });
        }
      },
    );
    const { namespace, name } = props;
    const objects = KubernetesObjects.of(this, props.kubernetesProvider);
    const accounts = () => objects.serviceAccounts.carrying(props.serviceAccounts);
    const names = () => workloadNames(objects, props);
    const role = new RoleV1(this, 'role', {
      metadata: { name, namespace, annotations: annotationsOf(props) },
      rule: Lazy.anyValue({ produce: () => rules(props, names()) }) as never,
      provider: props.kubernetesProvider,
    });
    const binding = new RoleBindingV1(this, 'binding', {
      metadata: { name, namespace, annotations: annotationsOf(props) },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subject: Lazy.anyValue({ produce: () => accounts().map(subject) }) as never,
      dependsOn: [role as AwaitedResource],
      provider: props.kubernetesProvider,
    });
    for (const resource of [role, binding]) {
      objects.awaitNamespace(namespace, resource);
      addMetadataComment(resource, { ...justificationOf(props) });
    }
    this.node.addValidation({
      validate: () => [
        ...this.unmatched(
          'serviceAccounts',
          props.serviceAccounts,
          accounts().length,
          'service account of the stack',
        ),
        ...this.unmatched('workloads', props.workloads, names()?.length, 'workload of the namespace'),
      ],
    });
  }

  private unmatched(property: string, labels: unknown, found: number | undefined, kind: string): string[] {
    return labels === undefined || found !== 0
      ? []
      : [
          `${this.node.path}: ${property} must be labels of a ${kind} (got ${JSON.stringify(labels)}). Correct them, or remove the role.`,
        ];
  }
}

function workloadNames(
  objects: KubernetesObjects,
  props: WithInherited<LabelBasedRoleProps>,
): string[] | undefined {
  const { workloads, namespace } = props;
  if (workloads === undefined) return undefined;
  return objects.workloads
    .carrying(workloads)
    .filter((each) => each.namespace === namespace)
    .map(({ name }) => name)
    .sort();
}

// Lazy values reach Terraform as they are, so these two are in its own words.
function rules(
  { verbs, resources }: WithInherited<LabelBasedRoleProps>,
  names: string[] | undefined,
): object[] {
  const groups = new Map<string, string[]>();
  for (const resource of resources) {
    const [name = resource, ...group] = resource.split('.');
    const key = group.join('.');
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups].map(([group, each]) => ({
    api_groups: [group],
    resources: each,
    verbs: [...verbs],
    ...(names && { resource_names: names }),
  }));
}

function subject({ namespace, name }: KnownObject): object {
  return { kind: 'ServiceAccount', name, namespace };
}
