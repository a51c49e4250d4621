import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import {
  annotationsOf,
  addMetadataComment,
  justificationOf,
  type JustificationProps,
} from '../core/justification';
import type { AwaitedResource } from '../core/ordering';
import { validate } from '../core/validation';
import { objectMetadata } from '../kubernetes/metadata';
import { KubernetesObjects, type KnownObject } from '../kubernetes/objects';
import { labelBasedRoleRules, workloadProblems } from './label-based-role-rules';
import type { KubernetesProviderOptions } from '../kubernetes/options';

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
export interface LabelBasedRoleProps extends LabelBasedAccess, KubernetesProviderOptions {
  /** Namespace of the objects. */
  readonly namespace: string;
  /** Name of the Role and the RoleBinding: a DNS label. */
  readonly name: string;
}

/**
 * A Role and its RoleBinding by labels. Kubernetes RBAC supports names only, so the construct finds the labels among
 * the service accounts and workloads of the stack at synth. Each later deployment includes the objects that have
 * the labels then.
 */
export class LabelBasedRole extends Construct {
  private readonly props: WithInherited<LabelBasedRoleProps>;
  private readonly objects: KubernetesObjects;

  constructor(scope: Construct, id: string, given: LabelBasedRoleProps) {
    super(scope, id);
    this.props = validate(this, given, labelBasedRoleRules, workloadProblems);
    this.objects = KubernetesObjects.of(this, this.props.kubernetesProvider);
    const role = this.addRole();
    for (const resource of [role, this.addBinding(role)]) {
      this.objects.awaitNamespace(this.props.namespace, resource);
      addMetadataComment(resource, { ...justificationOf(this.props) });
    }
    this.node.addValidation({ validate: () => this.problems() });
  }

  private addRole(): RoleV1 {
    return new RoleV1(this, 'role', {
      metadata: objectMetadata(this.metadata()),
      rule: Lazy.anyValue({ produce: () => rules(this.props, this.workloadNames()) }) as never,
      provider: this.props.kubernetesProvider,
    });
  }

  private addBinding(role: RoleV1): RoleBindingV1 {
    return new RoleBindingV1(this, 'binding', {
      metadata: this.metadata(),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: this.props.name },
      subject: Lazy.anyValue({ produce: () => this.accounts().map(subject) }) as never,
      dependsOn: [role as AwaitedResource],
      provider: this.props.kubernetesProvider,
    });
  }

  private metadata() {
    const { name, namespace } = this.props;
    return { name, namespace, annotations: annotationsOf(this.props) };
  }

  private accounts(): KnownObject[] {
    return this.objects.serviceAccounts.carrying(this.props.serviceAccounts);
  }

  private workloadNames(): string[] | undefined {
    const { workloads, namespace } = this.props;
    if (workloads === undefined) return undefined;
    return this.objects.workloads
      .carrying(workloads)
      .filter((each) => each.namespace === namespace)
      .map(({ name }) => name)
      .sort();
  }

  private problems(): string[] {
    const { serviceAccounts, workloads } = this.props;
    return [
      ...this.unmatched(
        'serviceAccounts',
        serviceAccounts,
        this.accounts().length,
        'service account of the stack',
      ),
      ...this.unmatched('workloads', workloads, this.workloadNames()?.length, 'workload of the namespace'),
    ];
  }

  private unmatched(property: string, labels: unknown, found: number | undefined, kind: string): string[] {
    return labels === undefined || found !== 0
      ? []
      : [
          `${this.node.path}: ${property} must be labels of a ${kind} (got ${JSON.stringify(labels)}). Correct them, or remove the role.`,
        ];
  }
}

// Lazy values reach Terraform unchanged, so these two functions return attributes of Terraform.
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
