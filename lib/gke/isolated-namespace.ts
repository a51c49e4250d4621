import { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { ResourceQuotaV1 } from '@cdktf/provider-kubernetes/lib/resource-quota-v1';
import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { waitFor, type AwaitedResource } from '../core/ordering';
import { anObject, integer, list, oneOf, optional, record, shape, string } from '../core/rules';
import { validate } from '../core/validation';
import { KubernetesObjects } from '../identity/kubernetes-objects';
import { labels as labelsRule, workloadNamespace } from '../identity/workload-identity-rules';
import { cidrOf } from './cidr';
import { LabelBasedRole, type LabelBasedAccess } from './label-based-role';
import {
  allowDns,
  allowGoogleApis,
  allowMetadataServer,
  denyByDefault,
  networkPolicy,
  type GoogleApiAccess,
  type PolicyContext,
} from './namespace-policies';
import { quantity } from './quantity';

/** What containers get that ask for nothing. */
export interface ContainerDefaults {
  /**
   * CPU.
   * @default 250m
   */
  readonly cpu?: string;
  /**
   * Memory.
   * @default 512Mi
   */
  readonly memory?: string;
}

/** Props of an `IsolatedNamespace`. */
export interface IsolatedNamespaceProps {
  /** Name: a DNS label of at most 63 characters, and not `default`. */
  readonly name: string;
  /**
   * Pod Security Standard that is enforced. https://kubernetes.io/docs/concepts/security/pod-security-standards/
   * @default restricted
   */
  readonly podSecurity?: 'restricted' | 'baseline' | 'privileged';
  /**
   * Labels of the namespace.
   * @default - none but those of the Pod Security Standard
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * How its pods reach Google APIs.
   * @default public
   */
  readonly googleApis?: GoogleApiAccess;
  /**
   * What all its pods together may ask for, in the words of a ResourceQuota, for example
   * `{ 'requests.cpu': '20', pods: '100' }`.
   * @default - 20 CPU and 40Gi of memory requested, 40 CPU and 80Gi as limits, 100 pods
   */
  readonly quota?: Readonly<Record<string, string>>;
  /**
   * What containers get that ask for nothing.
   * @default - 250m CPU and 512Mi memory
   */
  readonly containerDefaults?: ContainerDefaults;
  /**
   * Kubernetes provider of all that it makes.
   * @default - the default provider of the stack
   */
  readonly kubernetesProvider?: TerraformProvider;
}

/** Pods that may call, and where. */
export interface IngressOptions {
  /** Labels of the pods that are called. */
  readonly to: Readonly<Record<string, string>>;
  /** TCP ports: at least one. */
  readonly ports: readonly number[];
  /**
   * Namespace of the callers.
   * @default - this namespace
   */
  readonly fromNamespace?: string;
  /**
   * Labels of the callers.
   * @default - every pod of their namespace
   */
  readonly fromPods?: Readonly<Record<string, string>>;
  /**
   * Ranges of callers outside the cluster, instead of pods. `35.191.0.0/16` and `130.211.0.0/22` are Google's
   * load balancers and health checks.
   * @default - pods only
   */
  readonly fromCidrs?: readonly string[];
}

/** Addresses that may be called. */
export interface EgressOptions {
  /** Ranges, for example those of a database. */
  readonly cidrs: readonly string[];
  /** TCP ports: at least one. */
  readonly ports: readonly number[];
  /**
   * Labels of the pods that call.
   * @default - every pod of the namespace
   */
  readonly from?: Readonly<Record<string, string>>;
}

const DEFAULT_QUOTA = {
  'requests.cpu': '20',
  'requests.memory': '40Gi',
  'limits.cpu': '40',
  'limits.memory': '80Gi',
  pods: '100',
};

const ports = list(integer(1, 65_535), { min: 1 });

/**
 * A namespace that is closed until something is opened: pods are held to a Pod Security Standard, reach DNS, the
 * metadata server and Google APIs and nothing else, and share a quota.
 */
export class IsolatedNamespace extends Construct {
  /** Name of the namespace. Known at synth. */
  public readonly name: string;
  private readonly namespace: NamespaceV1;
  private readonly policies: PolicyContext;
  private readonly provider?: TerraformProvider;

  constructor(scope: Construct, id: string, props: IsolatedNamespaceProps) {
    super(scope, id);
    validate(
      this,
      props,
      {
        name: workloadNamespace,
        podSecurity: optional(oneOf(['restricted', 'baseline', 'privileged'])),
        labels: optional(labelsRule),
        googleApis: optional(oneOf(['public', 'private', 'restricted', 'none'])),
        quota: optional(record(string(), quantity)),
        containerDefaults: optional(
          shape<ContainerDefaults>({ cpu: optional(quantity), memory: optional(quantity) }),
        ),
        kubernetesProvider: optional(anObject),
      },
      ({ name }, report) => {
        if (name !== 'default') return;
        const rule = 'the namespace "default" exists in every cluster and cannot be isolated';
        report({ property: 'name', value: name, rule, fix: 'Use a namespace of the workload.' });
      },
    );
    this.name = props.name;
    this.provider = props.kubernetesProvider;
    this.namespace = this.addNamespace(props);
    this.policies = {
      scope: this,
      namespace: this.name,
      waitsFor: this.namespace,
      provider: this.provider,
    };
    denyByDefault(this.policies);
    allowDns(this.policies);
    allowMetadataServer(this.policies);
    allowGoogleApis(this.policies, props.googleApis ?? 'public');
    this.addQuota(props);
  }

  /** What pods of the namespace have to wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return waitFor(scope, [this.namespace]);
  }

  /**
   * Opens a way in: to the pods with these labels, on these ports.
   * @param id name of the NetworkPolicy
   */
  public allowIngress(id: string, options: IngressOptions): void {
    const rule = new Construct(this, `ingress-${id}`);
    validate(rule, options, {
      to: labelsRule,
      ports,
      fromNamespace: optional(workloadNamespace),
      fromPods: optional(labelsRule),
      fromCidrs: optional(list(cidrOf(0, 32), { min: 1 })),
    });
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
    validate(rule, options, { cidrs: list(cidrOf(0, 32), { min: 1 }), ports, from: optional(labelsRule) });
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
      kubernetesProvider: this.provider,
    });
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
      provider: this.provider,
    });
    KubernetesObjects.of(this, this.provider).addNamespace(name, namespace);
    return namespace;
  }

  private addQuota({ quota, containerDefaults }: IsolatedNamespaceProps): void {
    const common = { dependsOn: [this.namespace], provider: this.provider };
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
