import type { JustificationProps } from '../core/justification';
import type { INamespace } from '../gke/namespace';
import type { GoogleProject } from '../google/project';
import type { ITrainingIdentity } from './vertex-training-identity';
import type { GoogleProviderOptions } from '../google/options';

/** Path through the VPC: jobs get an address in your subnetwork (Private Service Connect interface). */
export interface PrivateCallbackPath {
  /**
   * VPC of the cluster: its name, or `projects/PROJECT/global/networks/NAME`. The subnetwork and the firewall rule are
   * created in the project of the VPC, the network attachment in the project of the jobs.
   */
  readonly network: string;
  /** Range of the jobs, a prefix from /16 to /28; one address for each machine of a job. */
  readonly cidr: string;
  /** E-mail of the account of the cluster's nodes. The firewall rule applies to these nodes only. */
  readonly nodeServiceAccountEmail: string;
}

/** Path over the internet, through your Gateway or Ingress. */
export interface PublicCallbackPath {
  /**
   * Component that verifies signature, audience and e-mail of the caller's ID token: `application` (the pods, with the
   * audience and callers that they are given) or `iap` (Identity-Aware Proxy before them).
   */
  readonly tokenCheckedBy: 'application' | 'iap';
  /** Reason why the internet can reach the service: one line. */
  readonly reason: string;
}

/** Props of a `VertexCallback`. Give one of `privatePath` and `publicPath`. */
export interface VertexCallbackProps extends JustificationProps, GoogleProviderOptions {
  /**
   * Project of jobs and cluster. The private path needs its number too.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /**
   * Region of the jobs, which is that of the cluster.
   * @default - the location of `Defaults.of(scope)`; required if no scope has one
   */
  readonly location?: string;
  /** Name of the resources: a DNS label of at most 40 characters that starts with a letter. */
  readonly name: string;
  /** Identity of the jobs, the only allowed caller. */
  readonly runAs: ITrainingIdentity;
  /** Audience of the ID tokens of the jobs: an https URL. */
  readonly audience: string;
  /** Namespace of the service. */
  readonly namespace: INamespace;
  /** Name of the `Workload` that is called. */
  readonly workloadName: string;
  /** TCP port of its pods. */
  readonly port: number;
  /**
   * TCP port of the internal load balancer.
   * @default 443
   */
  readonly servicePort?: number;
  /**
   * Path through the VPC.
   * @default - the public path
   */
  readonly privatePath?: PrivateCallbackPath;
  /**
   * Path over the internet.
   * @default - the private path
   */
  readonly publicPath?: PublicCallbackPath;
}
