import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import { refuse, validate } from '../core/validation';
import { objectMetadata } from '../kubernetes/metadata';
import { KubernetesObjects } from '../kubernetes/objects';
import { AcceleratorQuota, DEFAULT_ACCELERATOR, type AcceleratorAccess } from './accelerator-quota';
import type { KubernetesProviderOptions } from '../kubernetes/options';
import { ImportedNamespace, type INamespace } from './namespace';
import { NamespaceOpenings } from './namespace-openings';
import { LabelBasedRole, type LabelBasedAccess } from './label-based-role';
import { allowDns, allowGoogleApis, allowMetadataServer, denyByDefault } from './namespace-policies';
import { isolatedNamespaceRules } from './isolated-namespace-rules';
import type { EgressOptions, IngressOptions, IsolatedNamespaceProps } from './isolated-namespace-props';

const DEFAULT_QUOTA = {
  'requests.cpu': '20',
  'requests.memory': '40Gi',
  'limits.cpu': '40',
  'limits.memory': '80Gi',
  pods: '100',
};

const OWN_POLICIES = ['default-deny', 'allow-dns', 'allow-metadata-server', 'allow-google-apis'];

/**
 * A namespace that is closed until something is opened: pods are held to a Pod Security Standard, reach DNS, the
 * metadata server and Google APIs and nothing else, and share a quota.
 */
export class IsolatedNamespace extends Construct implements INamespace {
  /**
   * Imports a namespace of another stack or tool. `allowIngress` and `allowEgress` add NetworkPolicies to it. The
   * import creates no other resource, so pods without a policy stay open.
   */
  public static fromName(
    scope: Construct,
    id: string,
    name: string,
    options?: KubernetesProviderOptions,
  ): INamespace {
    return new ImportedNamespace(scope, id, name, options);
  }

  /** Name of the namespace. Known at synth. */
  public readonly name: string;
  /** Kubernetes provider of the namespace; the default one of the stack if undefined. */
  public readonly kubernetesProvider?: TerraformProvider;
  private readonly namespace: NamespaceV1;
  private readonly openings: NamespaceOpenings;
  private readonly accelerators = new Set<string>();

  constructor(scope: Construct, id: string, given: IsolatedNamespaceProps) {
    super(scope, id);
    const props = validate(this, given, isolatedNamespaceRules, ({ name, kubernetesProvider }, report) => {
      if (!KubernetesObjects.of(this, kubernetesProvider).hasNamespace(name)) return;
      const rule = 'be unique among the namespaces of this stack';
      report({ property: 'name', value: name, rule, fix: 'Use the existing one, or choose another name.' });
    });
    this.name = props.name;
    this.kubernetesProvider = props.kubernetesProvider;
    this.namespace = this.addNamespace(props);
    const policies = {
      scope: this,
      namespace: this.name,
      waitsFor: this.namespace,
      provider: this.kubernetesProvider,
    };
    denyByDefault(policies);
    allowDns(policies);
    allowMetadataServer(policies);
    allowGoogleApis(policies, props.googleApis ?? 'public');
    this.openings = new NamespaceOpenings(policies, OWN_POLICIES);
    this.addQuota(props);
  }

  /** Resources that pods of the namespace must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.namespace]);
  }

  /**
   * Allows connections to pods with these labels, on these ports.
   * @param id name of the NetworkPolicy
   */
  public allowIngress(id: string, options: IngressOptions): void {
    this.openings.allowIngress(id, options);
  }

  /**
   * Allows connections from pods to these addresses, on these ports.
   * @param id name of the NetworkPolicy
   */
  public allowEgress(id: string, options: EgressOptions): void {
    this.openings.allowEgress(id, options);
  }

  /**
   * Gives the service accounts that carry these labels a role in this namespace.
   * @param id name of the Role and its RoleBinding
   */
  public allowByLabel(id: string, access: LabelBasedAccess): LabelBasedRole {
    return new LabelBasedRole(this, `role-${id}`, {
      ...access,
      name: id,
      namespace: this.name,
      kubernetesProvider: this.kubernetesProvider,
    });
  }

  /**
   * Lets the pods with these labels, and no others, use accelerators, as one identity and within a quota.
   * @param id construct id, part of the Terraform address
   */
  public allowAccelerators(id: string, access: AcceleratorAccess): AcceleratorQuota {
    const resource = access.resource ?? DEFAULT_ACCELERATOR;
    if (this.accelerators.has(resource)) {
      const rule =
        'not be the target of an earlier call, because two policies for the same pods exclude each other';
      const fix = 'Call it once, with a label that all pods have.';
      refuse(this, { property: 'allowAccelerators', value: resource, rule, fix });
    }
    this.accelerators.add(resource);
    return new AcceleratorQuota(this, `accelerators-${id}`, {
      ...access,
      namespace: this.name,
      waitsFor: [this.namespace],
      kubernetesProvider: this.kubernetesProvider,
    });
  }

  private addNamespace({ name, podSecurity = 'restricted', labels }: IsolatedNamespaceProps): NamespaceV1 {
    const standard = (mode: string, level: string) => [`pod-security.kubernetes.io/${mode}`, level];
    const namespace = new NamespaceV1(this, 'namespace', {
      metadata: objectMetadata({
        name,
        labels: {
          ...labels,
          ...Object.fromEntries([
            standard('enforce', podSecurity),
            standard('audit', 'restricted'),
            standard('warn', 'restricted'),
          ]),
        },
      }),
      provider: this.kubernetesProvider,
    });
    this.node.defaultChild = namespace;
    KubernetesObjects.of(this, this.kubernetesProvider).addNamespace(name, namespace);
    return namespace;
  }

  private addQuota({ quota, containerDefaults }: IsolatedNamespaceProps): void {
    const common = { dependsOn: [this.namespace], provider: this.kubernetesProvider };
    new ResourceQuotaV1(this, 'quota', {
      metadata: { name: 'quota', namespace: this.name },
      spec: { hard: { ...(quota ?? DEFAULT_QUOTA) } },
      ...common,
    });
    const defaults = { cpu: containerDefaults?.cpu ?? '250m', memory: containerDefaults?.memory ?? '512Mi' };
    new LimitRangeV1(this, 'limits', {
      metadata: { name: 'container-defaults', namespace: this.name },
      spec: { limit: [{ type: 'Container', default: defaults, defaultRequest: defaults }] },
      ...common,
    });
  }
}
