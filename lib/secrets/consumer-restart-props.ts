import type { IGkeCluster } from '../gke/cluster';
import type { ControlPlaneEndpoint } from '../gke/gke-kubernetes-provider';
import type { IAwsToGoogleFederation } from '../identity/federation/aws-to-google-federation-props';
import type { GoogleProviderOptions } from '../google/options';
import type { KubernetesProviderOptions } from '../kubernetes/options';

/** Deployments that get new pods whenever consumers have a new value. */
export interface ConsumerRestart extends GoogleProviderOptions, KubernetesProviderOptions {
  /** Cluster of the Deployments. */
  readonly cluster: IGkeCluster;
  /** Namespace of the Deployments. */
  readonly namespace: string;
  /** Names of the Deployments: 1 to 20. One that does not exist yet is passed over. */
  readonly deployments: readonly string[];
  /** Federation by which the rotation comes to the cluster; it is of the account of the rotation. */
  readonly federation: IAwsToGoogleFederation;
  /**
   * How the control plane is reached.
   * @default - the DNS endpoint of the cluster, which is looked up
   */
  readonly endpoint?: ControlPlaneEndpoint;
}
