import type { GoogleApiAccess } from './namespace-policies';
import type { KubernetesProviderOptions } from '../kubernetes/options';

/** Requests and limits of containers that set none. */
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
export interface IsolatedNamespaceProps extends KubernetesProviderOptions {
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
   * Total requests and limits of its pods, with the keys of a ResourceQuota, for example
   * `{ 'requests.cpu': '20', pods: '100' }`.
   * @default - 20 CPU and 40Gi of memory requested, 40 CPU and 80Gi as limits, 100 pods
   */
  readonly quota?: Readonly<Record<string, string>>;
  /**
   * Requests and limits of containers that set none.
   * @default - 250m CPU and 512Mi memory
   */
  readonly containerDefaults?: ContainerDefaults;
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
