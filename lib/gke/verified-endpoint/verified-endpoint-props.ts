import type { JustificationProps } from '../../core/justification';
import type { Toleration } from '../../kubernetes/toleration';
import type { EndpointCallers } from '../../identity/federation/endpoint-callers';
import type { INamespace } from '../namespace';

/** Members of a `Workload`, or plain values for pods of another tool. */
export interface IEndpointWorkload {
  /** Namespace of the Service and the pods. */
  readonly namespace: string;
  /** DNS name of the Service, `NAME.NAMESPACE.svc.cluster.local`. */
  readonly serviceHost: string;
  /** Labels that the pods are selected by. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/** The service behind the endpoint. */
export interface EndpointService {
  /** The `Workload`, in the namespace of the endpoint. */
  readonly workload: IEndpointWorkload;
  /** TCP port of its pods: 1 to 65,535. */
  readonly port: number;
  /**
   * TCP port of its Service: 1 to 65,535.
   * @default 80
   */
  readonly servicePort?: number;
}

/** Limits of one caller. */
export interface EndpointLimits {
  /**
   * Longest body of a request, in bytes: 1 to 33,554,432. A longer one is answered with 413. Bodies are held in
   * memory, `concurrentRequests` of them at most.
   * @default 1,048,576
   */
  readonly requestBytes?: number;
  /**
   * Seconds until the service has to have answered: 1 to 900. Then the caller gets 504.
   * @default 60
   */
  readonly timeoutSeconds?: number;
  /**
   * Requests that one pod of the endpoint has open to the service: 1 to 10,000. More are answered with 503.
   * @default 256
   */
  readonly concurrentRequests?: number;
  /**
   * Requests until a connection is closed, so that callers find new pods: 1 to 1,000,000.
   * @default 1,000
   */
  readonly requestsPerConnection?: number;
}

/** Resource requests of each pod of the endpoint. Limits are equal, as on Autopilot. */
export interface EndpointResources {
  /**
   * CPU.
   * @default 500m
   */
  readonly cpu?: string;
  /**
   * Memory.
   * @default 512Mi
   */
  readonly memory?: string;
  /**
   * Whether these are initial values: Autopilot (for values outside its ranges) or a VerticalPodAutoscaler adjusts
   * them. A plan then ignores every later change, of these props too.
   * @default - false: each apply restores the values
   */
  readonly adjustedByCluster?: boolean;
}

/** Safety checks that an endpoint can override, each with a reason. */
export interface VerifiedEndpointAcknowledgements {
  /**
   * Reason for tokens in plain HTTP, which a reader of the traffic can use until they expire.
   * Never for an external endpoint.
   * @default - an endpoint without a certificate is rejected
   */
  readonly plainHttp?: string;
}

/** Props of a `VerifiedEndpoint`. */
export interface VerifiedEndpointProps extends JustificationProps {
  /**
   * Name of the Deployment, the Service and the label that selects the pods: at most 40 characters.
   * @default - the path of the construct, with hyphens; a change of the path replaces the objects
   */
  readonly name?: string;
  /** Namespace of the endpoint, and of the service behind it. */
  readonly namespace: INamespace;
  /** The service that verified requests go to. */
  readonly service: EndpointService;
  /** Accepted callers: 1 to 20 entries, each with another issuer or audience. */
  readonly callers: readonly EndpointCallers[];
  /** Image of Envoy by digest, `envoyproxy/envoy:distroless-v1.40.0@sha256:…`: 1.36 or newer. */
  readonly image: string;
  /**
   * Network exposure: `cluster` (its Service alone), `internal` (a load balancer in the VPC) or
   * `external` (a load balancer on the internet).
   */
  readonly exposure: 'cluster' | 'internal' | 'external';
  /**
   * Ranges that may connect, for the firewall of the load balancer and for the NetworkPolicy. Required with a load
   * balancer; `0.0.0.0/0` includes every address; callers still need a token.
   * @default - none
   */
  readonly allowedRanges?: readonly string[];
  /**
   * Namespaces whose pods may connect.
   * @default - this namespace if there are no `allowedRanges`, else none
   */
  readonly allowedNamespaces?: readonly string[];
  /**
   * Secret of the type `kubernetes.io/tls` in the namespace, for example of cert-manager. A new certificate is
   * loaded without a restart. Until the Secret exists the pods do not start.
   * @default - plain HTTP, which has to be acknowledged
   */
  readonly tlsSecretName?: string;
  /**
   * DNS name of the endpoint, for which the certificate is issued. Create its record with the value of `address`.
   * @default - the name of the Service within the cluster, or the address of the load balancer
   */
  readonly hostName?: string;
  /**
   * Reserved IPv4 address of the load balancer, in its region.
   * @default - Google picks one
   */
  readonly loadBalancerIp?: string;
  /**
   * Whether an internal load balancer is reached from all regions, as over a VPN or Interconnect that ends in another.
   * @default false
   */
  readonly globalAccess?: boolean;
  /**
   * TCP port that callers connect to: 1 to 65,535.
   * @default - 443, or 80 in plain HTTP
   */
  readonly port?: number;
  /**
   * Allowed paths, each with all paths below it: `/v1` is `/v1` and `/v1/…`, not `/v1x`. 1 to 50.
   * @default - all
   */
  readonly paths?: readonly string[];
  /**
   * Allowed methods.
   * @default - all
   */
  readonly methods?: readonly string[];
  /**
   * Limits of one caller.
   * @default - 1 MiB bodies, 60 seconds, 256 requests at a time
   */
  readonly limits?: EndpointLimits;
  /**
   * Number of pods: 1 to 50.
   * @default 2
   */
  readonly replicas?: number;
  /**
   * Resource requests of each pod.
   * @default - 500m CPU, 512Mi memory
   */
  readonly resources?: EndpointResources;
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
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: VerifiedEndpointAcknowledgements;
}
