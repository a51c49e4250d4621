import type { TerraformProvider } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { Justification } from '../core/justification';
import type { AwaitedResource } from '../core/ordering';
import type { GoogleServiceAccountOptions, IGoogleServiceAccount } from './google-service-account';
import type { IamCondition } from './iam-condition';
import type { IGooglePrincipal, IWorkloadPool } from './principal';

/** Who makes the Kubernetes service account. */
export type KubernetesServiceAccountMode =
  /** The binding makes it. */
  | 'create'
  /** It exists, made by a Helm chart say; the binding adds its annotations and labels and leaves the rest alone. */
  | 'annotate'
  /** It exists, with its annotations; the binding does not touch it. */
  | 'unmanaged';

/** Defaults of the library that a binding may set aside, each with the reason why. */
export interface WorkloadIdentityAcknowledgements {
  /**
   * Why the pods run in the namespace `default`.
   * @default - the namespace `default` is refused
   */
  readonly defaultNamespace?: string;
}

/** A workload identity, without the cluster that it is in. */
export interface WorkloadIdentityOptions extends Justification {
  /** Namespace of the pods: a DNS label of at most 63 characters. */
  readonly namespace: string;
  /**
   * More namespaces in which the account of the same name has the same identity.
   * @default - none
   */
  readonly additionalNamespaces?: readonly string[];
  /** Name of the Kubernetes service account: a DNS subdomain, and not `default`. */
  readonly serviceAccountName: string;
  /**
   * Who makes the Kubernetes service account.
   * @default create
   */
  readonly kubernetesServiceAccount?: KubernetesServiceAccountMode;
  /**
   * Google service account that the pods act as: one that exists (any `IGoogleServiceAccount`, in any
   * project), or what a new one is called. Needed for signed URLs, ID tokens and access across a VPC Service
   * Controls perimeter.
   * @default - none: roles are granted to the Kubernetes service account itself (the direct principal)
   */
  readonly googleServiceAccount?: IGoogleServiceAccount | GoogleServiceAccountOptions;
  /**
   * When the pods may act as the Google service account.
   * @default - always
   */
  readonly condition?: IamCondition;
  /**
   * Labels of the Kubernetes service account; `IsolatedNamespace.allowByLabel` finds it by them.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Further annotations of the Kubernetes service account.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * What is known and accepted.
   * @default - nothing
   */
  readonly acknowledge?: WorkloadIdentityAcknowledgements;
  /**
   * Google provider of the account and the grants.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
  /**
   * Kubernetes provider of the service account.
   * @default - the default provider of the stack
   */
  readonly kubernetesProvider?: TerraformProvider;
}

/** Props of a `WorkloadIdentityBinding`. */
export interface WorkloadIdentityBindingProps extends WorkloadIdentityOptions {
  /** Cluster of the pods, made here or imported, or the pool of its fleet. */
  readonly cluster: IWorkloadPool;
}

/** A Kubernetes service account with an identity in Google Cloud: what a `Workload` runs as. */
export interface IWorkloadIdentity extends IGooglePrincipal {
  /** First namespace of the account. */
  readonly namespace: string;
  /** All namespaces of the account. */
  readonly namespaces: readonly string[];
  /** Name of the Kubernetes service account. */
  readonly serviceAccountName: string;
  /**
   * What pods have to wait for to start with their access: the account, its identity and its roles so far.
   * @param scope where the pods are made
   */
  podDependenciesIn(scope: IConstruct): AwaitedResource[];
}
