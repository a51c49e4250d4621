import type { ITerraformDependable } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { JustificationProps } from '../../core/justification';
import type { AwaitedResource } from '../../core/ordering';
import type { GoogleServiceAccountOptions, IGoogleServiceAccount } from './google-service-account';
import type { IamCondition } from './iam-condition';
import type { IGooglePrincipal, IWorkloadPool } from './principal';
import type { GoogleProviderOptions } from '../../google/options';
import type { KubernetesProviderOptions } from '../../kubernetes/options';

/** Ownership of the Kubernetes service account. */
export type KubernetesServiceAccountMode =
  /** The binding makes it. */
  | 'create'
  /** It exists, for example from a Helm chart. The binding adds its annotations and labels and changes nothing else. */
  | 'annotate'
  /** It exists, with its annotations; the binding does not touch it. */
  | 'unmanaged';

/** Safety checks that a binding can override, each with a reason. */
export interface WorkloadIdentityAcknowledgements {
  /**
   * Reason why the pods run in the namespace `default`.
   * @default - the namespace `default` is rejected
   */
  readonly defaultNamespace?: string;
}

/** A workload identity, without the cluster that it is in. */
export interface WorkloadIdentityOptions
  extends JustificationProps, GoogleProviderOptions, KubernetesProviderOptions {
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
   * Ownership of the Kubernetes service account.
   * @default create
   */
  readonly kubernetesServiceAccount?: KubernetesServiceAccountMode;
  /**
   * Resources that create the Kubernetes service account, for example a `helm_release` of the same stack. With
   * `annotate`, the annotations wait for them. Required if the same stack creates the namespace, because the account
   * does not exist before the first apply.
   * @default - the account exists before the apply
   */
  readonly serviceAccountCreatedBy?: readonly ITerraformDependable[];
  /**
   * Google service account that the pods impersonate: an existing one (any `IGoogleServiceAccount`, in any
   * project), or the account id of a new one. Needed for signed URLs, ID tokens and access across a VPC Service
   * Controls perimeter.
   * @default - none: roles are granted to the Kubernetes service account itself (the direct principal)
   */
  readonly googleServiceAccount?: IGoogleServiceAccount | GoogleServiceAccountOptions;
  /**
   * Condition under which the pods can impersonate the Google service account.
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
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: WorkloadIdentityAcknowledgements;
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
   * Resources that pods must wait for to start with their access: the account, its identity and its present roles.
   * @param scope scope of the pods
   */
  podDependenciesIn(scope: IConstruct): AwaitedResource[];
}
