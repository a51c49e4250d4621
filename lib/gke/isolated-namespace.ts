import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import {
  integer,
  knownAtSynth,
  list,
  oneOf,
  oneOfOrToken,
  optional,
  provider,
  record,
  shape,
  string,
  type Report,
} from '../core/rules';
import { refuse, validate } from '../core/validation';
import { dnsLabel } from '../kubernetes/names';
import { KubernetesObjects } from '../kubernetes/objects';
import { labels as labelsRule, someLabels, workloadNamespace } from '../kubernetes/namespace-and-labels';
import { AcceleratorQuota, DEFAULT_ACCELERATOR, type AcceleratorAccess } from './accelerator-quota';
import { cidrOf } from '../core/cidr';
import { LabelBasedRole, type LabelBasedAccess } from './label-based-role';
import {
  allowDns,
  allowGoogleApis,
  allowMetadataServer,
  denyByDefault,
  networkPolicy,
  type PolicyContext,
} from './namespace-policies';
import { quantity } from '../kubernetes/quantity';
import type {
  ContainerDefaults,
  EgressOptions,
  IngressOptions,
  IsolatedNamespaceProps,
} from './isolated-namespace-props';

const DEFAULT_QUOTA = {
  'requests.cpu': '20',
  'requests.memory': '40Gi',
  'limits.cpu': '40',
  'limits.memory': '80Gi',
  pods: '100',
};

const OWN_POLICIES = ['default-deny', 'allow-dns', 'allow-metadata-server', 'allow-google-apis'];

// A port that Terraform evaluates to null would open every port, and an empty list of ranges every address.
const ports = knownAtSynth(list(knownAtSynth(integer(1, 65_535)), { min: 1 }));
const ranges = knownAtSynth(list(cidrOf(0, 32), { min: 1 }));

/**
 * A namespace that is closed until something is opened: pods are held to a Pod Security Standard, reach DNS, the
 * metadata server and Google APIs and nothing else, and share a quota.
 */
export class IsolatedNamespace extends Construct {
  /** Name of the namespace. Known at synth. */
  public readonly name: string;
  /** Kubernetes provider of the namespace; the default one of the stack if undefined. */
  public readonly kubernetesProvider?: TerraformProvider;
  private readonly namespace: NamespaceV1;
  private readonly policies: PolicyContext;
  private readonly policyNames = new Set(OWN_POLICIES);
  private readonly accelerators = new Set<string>();

  constructor(scope: Construct, id: string, given: IsolatedNamespaceProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        name: workloadNamespace,
        podSecurity: optional(oneOfOrToken(['restricted', 'baseline', 'privileged'])),
        labels: optional(labelsRule),
        googleApis: optional(oneOf(['public', 'private', 'restricted', 'none'])),
        quota: optional(record(string(), quantity)),
        containerDefaults: optional(
          shape<ContainerDefaults>({ cpu: optional(quantity), memory: optional(quantity) }),
        ),
        kubernetesProvider: optional(provider('kubernetes')),
      },
      ({ name, kubernetesProvider }, report) => {
        if (name === 'default') {
          const rule = 'not be "default", which exists in every cluster and cannot be isolated';
          report({ property: 'name', value: name, rule, fix: 'Use a dedicated namespace.' });
        }
        if (KubernetesObjects.of(this, kubernetesProvider).hasNamespace(name)) {
          const rule = 'be unique among the namespaces of this stack';
          report({
            property: 'name',
            value: name,
            rule,
            fix: 'Use the existing one, or choose another name.',
          });
        }
      },
    );
    this.name = props.name;
    this.kubernetesProvider = props.kubernetesProvider;
    this.namespace = this.addNamespace(props);
    this.policies = {
      scope: this,
      namespace: this.name,
      waitsFor: this.namespace,
      provider: this.kubernetesProvider,
    };
    denyByDefault(this.policies);
    allowDns(this.policies);
    allowMetadataServer(this.policies);
    allowGoogleApis(this.policies, props.googleApis ?? 'public');
    this.addQuota(props);
  }

  /** Resources that pods of the namespace must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.namespace]);
  }

  /**
   * Opens a way in: to the pods with these labels, on these ports.
   * @param id name of the NetworkPolicy
   */
  public allowIngress(id: string, options: IngressOptions): void {
    const rule = new Construct(this, `ingress-${id}`);
    validate(
      rule,
      options,
      {
        to: someLabels,
        ports,
        fromNamespace: optional(knownAtSynth(dnsLabel)),
        fromPods: optional(someLabels),
        fromCidrs: optional(ranges),
      },
      (values, report) => {
        this.isNewPolicy(id, report);
        if (values.fromCidrs === undefined) return;
        for (const property of ['fromNamespace', 'fromPods'] as const) {
          if (values[property] === undefined) continue;
          const statement = 'name pods or ranges, not both';
          report({
            property,
            value: values[property],
            rule: statement,
            fix: 'Call allowIngress once for pods and once for ranges.',
          });
        }
      },
    );
    this.policyNames.add(id);
    const pods = {
      podSelector: options.fromPods ? { matchLabels: { ...options.fromPods } } : {},
      namespaceSelector: options.fromNamespace
        ? { matchLabels: { 'kubernetes.io/metadata.name': options.fromNamespace } }
        : undefined,
    };
    networkPolicy({ ...this.policies, scope: rule }, id, {
      podSelector: { matchLabels: { ...options.to } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: options.fromCidrs?.map((cidr) => ({ ipBlock: { cidr } })) ?? [pods],
          ports: options.ports.map((port) => ({ port: String(port), protocol: 'TCP' })),
        },
      ],
    });
  }

  /**
   * Opens a way out: to these addresses, on these ports.
   * @param id name of the NetworkPolicy
   */
  public allowEgress(id: string, options: EgressOptions): void {
    const rule = new Construct(this, `egress-${id}`);
    validate(rule, options, { cidrs: ranges, ports, from: optional(someLabels) }, (_, report) =>
      this.isNewPolicy(id, report),
    );
    this.policyNames.add(id);
    networkPolicy({ ...this.policies, scope: rule }, id, {
      podSelector: options.from && { matchLabels: { ...options.from } },
      policyTypes: ['Egress'],
      egress: [
        {
          to: options.cidrs.map((cidr) => ({ ipBlock: { cidr } })),
          ports: options.ports.map((port) => ({ port: String(port), protocol: 'TCP' })),
        },
      ],
    });
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

  private isNewPolicy(name: string, report: Report): void {
    dnsLabel(name, 'id', report);
    if (!this.policyNames.has(name)) return;
    const rule = 'be unique among the NetworkPolicies of the namespace';
    report({ property: 'id', value: name, rule, fix: 'Choose another name.' });
  }

  private addNamespace({ name, podSecurity = 'restricted', labels }: IsolatedNamespaceProps): NamespaceV1 {
    const standard = (mode: string, level: string) => [`pod-security.kubernetes.io/${mode}`, level];
    const namespace = new NamespaceV1(this, 'namespace', {
      metadata: {
        name,
        labels: {
          ...labels,
          ...Object.fromEntries([
            standard('enforce', podSecurity),
            standard('audit', 'restricted'),
            standard('warn', 'restricted'),
          ]),
        },
      },
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
