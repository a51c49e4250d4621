import type { JustificationProps } from '../../core/justification';
import type { IGkeCluster } from '../../gke/cluster';
import type { ControlPlaneEndpoint } from '../../gke/gke-kubernetes-provider';
import type { AwsAccount } from '../../aws/account';
import type { IWorkloadIdentity } from '../../identity/google/workload-identity-binding-props';
import type { IAwsToGoogleFederation } from '../../identity/federation/aws-to-google-federation-props';
import type { ICancellableTarget } from '../targets/target';
import type { FunctionOptions, AwsProviderOptions } from '../../aws/options';
import type { GoogleProviderOptions } from '../../google/options';
import type { KubernetesProviderOptions } from '../../kubernetes/options';

/** Which pods may be started, and by which function: what a step names. */
export interface IGkeJobTarget extends ICancellableTarget {
  /** Namespace of the Jobs. */
  readonly namespace: string;
  /** Kubernetes service account of the pods. */
  readonly serviceAccountName: string;
  /** Images that may run; `*` matches any characters. */
  readonly images: readonly string[];
  /** Kueue queue that Jobs wait in, if there is one. */
  readonly queue?: string;
  /** Whether pods may be given a task token, to report with. */
  readonly callbacks?: boolean;
}

/** Safety checks of a target to override. */
export interface GkeJobTargetAcknowledgements {
  /**
   * Why any image may run: needed where one of `images` begins with `*`.
   * @default - such a pattern is rejected
   */
  readonly anyImage?: string;
  /**
   * Why Jobs run in the namespace `default`.
   * @default - the namespace `default` is rejected
   */
  readonly defaultNamespace?: string;
}

/** Props of a `GkeJobTarget`. */
export interface GkeJobTargetProps
  extends
    JustificationProps,
    FunctionOptions,
    AwsProviderOptions,
    GoogleProviderOptions,
    KubernetesProviderOptions {
  /**
   * Name: 1 to 40 lower-case letters, digits and hyphens. Functions and roles have names with this
   * prefix, so it must be unique in the account.
   * @default - the path of the construct, with hyphens; a change of the path renames the resources
   */
  readonly name?: string;
  /** Cluster of the Jobs. */
  readonly cluster: IGkeCluster;
  /**
   * Identity of the pods, for example a `WorkloadIdentityBinding`. Executions wait for its grants.
   * @default - the service account of `namespace` and `serviceAccountName`
   */
  readonly identity?: IWorkloadIdentity;
  /**
   * Namespace of the Jobs. With `identity`, one of its namespaces.
   * @default - the first namespace of `identity`; required without it
   */
  readonly namespace?: string;
  /**
   * Kubernetes service account of the pods, and the only one. Omitted with `identity`.
   * @default - the service account of `identity`; required without it
   */
  readonly serviceAccountName?: string;
  /** Images that may run: `REPOSITORY/*` for those of a repository, or whole references. At least one. */
  readonly images: readonly string[];
  /**
   * Account and region of the functions.
   * @default - the account of the federation
   */
  readonly account?: AwsAccount;
  /** Federation of AWS roles with Google. It accepts the role of the target. */
  readonly federation: IAwsToGoogleFederation;
  /**
   * Kueue LocalQueue that its Jobs wait in. https://kueue.sigs.k8s.io/docs/concepts/local_queue/
   * @default - Jobs start at once
   */
  readonly queue?: string;
  /**
   * Whether pods may be given a task token, for steps with `waitForCallback`: the function may then write Secrets of
   * that one type, and read none.
   * @default false
   */
  readonly callbacks?: boolean;
  /**
   * Secrets of the namespace that pods may read, by volume or variable.
   * @default - none
   */
  readonly secrets?: readonly string[];
  /**
   * How the functions reach the control plane.
   * @default - the DNS endpoint of the cluster, which is looked up
   */
  readonly endpoint?: ControlPlaneEndpoint;
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: GkeJobTargetAcknowledgements;
}
