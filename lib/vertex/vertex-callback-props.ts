import type { TerraformProvider } from 'cdktf';
import type { JustificationProps } from '../core/justification';
import type { INamespace } from '../gke/namespace';
import type { GoogleProject } from '../google/project';
import type { ITrainingIdentity } from './vertex-training-identity';

/** The way through the VPC: jobs get an address in a subnetwork of yours (Private Service Connect interface). */
export interface PrivateCallbackPath {
  /**
   * VPC of the cluster: its name, or `projects/PROJECT/global/networks/NAME`. The subnetwork and the firewall rule are
   * created in the project of the VPC, the network attachment in the project of the jobs.
   */
  readonly network: string;
  /** Range of the jobs, a prefix from /16 to /28; one address for each machine of a job. */
  readonly cidr: string;
  /** E-mail of the account of the cluster's nodes, to which alone the firewall opens. */
  readonly nodeServiceAccountEmail: string;
}

/** The way over the internet, through a Gateway or Ingress of yours. */
export interface PublicCallbackPath {
  /**
   * Who checks the caller's ID token, its signature, audience and e-mail: `application` (the pods, with the
   * audience and callers that they are given) or `iap` (Identity-Aware Proxy before them).
   */
  readonly tokenCheckedBy: 'application' | 'iap';
  /** Why the service is reachable from the internet: one line. */
  readonly reason: string;
}

/** Props of a `VertexCallback`. Give one of `privatePath` and `publicPath`. */
export interface VertexCallbackProps extends JustificationProps {
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
  /** Name of what is made: a DNS label of at most 40 characters that starts with a letter. */
  readonly name: string;
  /** Who the jobs run as: the one caller that is let in. */
  readonly runAs: ITrainingIdentity;
  /** Audience of the ID token that jobs bring along: an https URL. */
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
   * The way through the VPC.
   * @default - the public path
   */
  readonly privatePath?: PrivateCallbackPath;
  /**
   * The way over the internet.
   * @default - the private path
   */
  readonly publicPath?: PublicCallbackPath;
  /**
   * Google provider of the network's part.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
}
