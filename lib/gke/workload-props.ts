import type { IPodAwsRole } from '../identity/federation/pod-aws-role';
import type { Toleration } from '../kubernetes/toleration';
import type { IWorkloadIdentity } from '../identity/google/workload-identity-binding-props';
import type { KubernetesProviderOptions } from '../kubernetes/options';

/** Resource requests and limits of one container. */
export interface WorkloadResources {
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
  /**
   * Disk space of the node.
   * @default 1Gi
   */
  readonly ephemeralStorage?: string;
  /**
   * GPUs: 1 to 16. Ask for nodes that have them by `nodeSelector`.
   * @default - none
   */
  readonly gpus?: number;
  /**
   * Whether these are initial values: Autopilot (for values outside its ranges) or a VerticalPodAutoscaler adjusts
   * them. A plan then ignores every later change, of these props too.
   * @default - false: each apply restores the values
   */
  readonly adjustedByCluster?: boolean;
}

/** How Kubernetes finds out that a container is ready and alive. */
export interface WorkloadProbe {
  /**
   * Path of the HTTP probe, for example `/healthz`.
   * @default - none: a TCP connection is enough
   */
  readonly path?: string;
  /**
   * Path of the liveness probe. Set it if `path` also checks dependencies: a failed liveness probe restarts the
   * container, which repairs no dependency. Requires `path`.
   * @default - `path`
   */
  readonly livenessPath?: string;
  /**
   * Seconds the container may take to start: 1 to 3,600.
   * @default 60
   */
  readonly startupSeconds?: number;
}

/** How many pods there are, by CPU use. */
export interface WorkloadAutoscaling {
  /** Fewest pods: at least 1. */
  readonly minReplicas: number;
  /** Most pods. */
  readonly maxReplicas: number;
  /**
   * Target for the average CPU use, in percent of the request: 1 to 100.
   * @default 70
   */
  readonly cpuPercent?: number;
}

/** Safety checks that a workload can override, each with a reason. */
export interface WorkloadAcknowledgements {
  /**
   * Reason for an image tag, which can point to another image later.
   * @default - an image without a digest is rejected
   */
  readonly imageByTag?: string;
}

/** Props of a `Workload`. */
export interface WorkloadProps extends KubernetesProviderOptions {
  /** Name of the Deployment and the Service, and the label that selects the pods: at most 63 characters. */
  readonly name: string;
  /** Identity of the pods; its namespace is that of the workload. */
  readonly identity: IWorkloadIdentity;
  /**
   * Namespace, for an identity that has several.
   * @default - the first namespace of the identity
   */
  readonly namespace?: string;
  /**
   * AWS role that the pods take on as well, of the same namespace and Kubernetes service account. They get its
   * environment variables and the token that AWS takes.
   * @default - none
   */
  readonly awsRole?: IPodAwsRole;
  /** Image by digest, `REPOSITORY@sha256:…`. */
  readonly image: string;
  /**
   * When a node pulls the image. `Always` also checks the access of the node to an image that it has; `IfNotPresent`
   * starts pods without the registry.
   * @default - `IfNotPresent` for an image by digest, as Kubernetes defines
   */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent';
  /** TCP port that the container listens on: 1 to 65,535. */
  readonly port: number;
  /**
   * Name of the container.
   * @default - the name of the workload
   */
  readonly containerName?: string;
  /**
   * TCP port of the Service: 1 to 65,535.
   * @default 80
   */
  readonly servicePort?: number;
  /**
   * Environment variables. No secrets: those are read by the identity.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Why the pods call Google: one line of at most 100 bytes. The pods get it, with who they are, as
   * `REQUEST_REASON`, to send as the header `X-Goog-Request-Reason` and in the user agent.
   * @default - no `REQUEST_REASON`
   */
  readonly requestReason?: string;
  /**
   * Command, instead of that of the image.
   * @default - as the image says
   */
  readonly command?: readonly string[];
  /**
   * Arguments, instead of those of the image.
   * @default - as the image says
   */
  readonly args?: readonly string[];
  /**
   * Labels of the Deployment and the pods.
   * @default - `app.kubernetes.io/name` alone
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Number of pods, instead of autoscaling: 0 to 1,000.
   * @default 2
   */
  readonly replicas?: number;
  /**
   * A number of pods that follows their CPU use.
   * @default - `replicas`
   */
  readonly autoscaling?: WorkloadAutoscaling;
  /**
   * Resource requests of each pod. Limits are equal, as on Autopilot.
   * @default - 250m CPU, 512Mi memory, 1Gi disk
   */
  readonly resources?: WorkloadResources;
  /**
   * How Kubernetes finds out that a pod is ready and alive.
   * @default - a TCP connection to `port`, at most 60 seconds after the start
   */
  readonly probe?: WorkloadProbe;
  /**
   * User and group of the process, by number: 1 to 4,294,967,294, never root.
   * @default 10001
   */
  readonly userId?: number;
  /**
   * Whether the root file system can be written. `/tmp` always can.
   * @default false
   */
  readonly writableRootFilesystem?: boolean;
  /**
   * Whether the pods get a token for the Kubernetes API. Their Google identity needs none.
   * @default false
   */
  readonly kubernetesApiToken?: boolean;
  /**
   * Labels of the nodes to run on, for example a pool or, on Autopilot, a compute class.
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * Tolerated taints of nodes, for example of a pool with `taints`. With a list, each apply restores exactly this
   * list; on Autopilot it must contain the tolerations that GKE adds.
   * @default - none; tolerations that GKE adds stay
   */
  readonly tolerations?: readonly Toleration[];
  /**
   * Seconds a pod has to end: 0 to 600.
   * @default 30
   */
  readonly terminationGracePeriodSeconds?: number;
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: WorkloadAcknowledgements;
}
