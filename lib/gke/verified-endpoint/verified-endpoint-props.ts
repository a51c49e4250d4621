import type { Justification } from '../../core/justification';
import type { IsolatedNamespace } from '../isolated-namespace';

/** Google service accounts that may call, by the ID token that Google gives them. */
export interface GoogleCallers {
  /** Audience that they ask the token for: an https URL. */
  readonly audience: string;
  /** E-mails of the accounts: 1 to 50. Each is matched as a whole. */
  readonly serviceAccountEmails: readonly string[];
}

/** AWS roles that may call, by the token of `sts:GetWebIdentityToken`. */
export interface AwsCallers {
  /** Issuer of the AWS account, `https://ID.tokens.sts.global.api.aws`: IAM shows it under outbound federation. */
  readonly issuer: string;
  /** Audience that they ask the token for: an https URL. */
  readonly audience: string;
  /** ARNs of the roles, `arn:aws:iam::ACCOUNT:role/NAME`: 1 to 50. Each is matched as a whole. */
  readonly roleArns: readonly string[];
}

/** Callers of one issuer and one audience. */
export type EndpointCallers = { readonly google: GoogleCallers } | { readonly aws: AwsCallers };

/** What a `Workload` says of itself, or plain values for pods that another tool made. */
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

/** What one caller may take up. */
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

/** What each pod of the endpoint asks for. Limits are the same, as Autopilot has it. */
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
}

/** Defaults of the library that an endpoint may set aside, each with the reason why. */
export interface VerifiedEndpointAcknowledgements {
  /**
   * Why tokens may cross the network in plain HTTP, where whoever reads along could use them until they expire.
   * Never for an external endpoint.
   * @default - an endpoint without a certificate is refused
   */
  readonly plainHttp?: string;
}

/** Props of a `VerifiedEndpoint`. */
export interface VerifiedEndpointProps extends Justification {
  /** Name of the Deployment, the Service and the label that selects the pods: at most 40 characters. */
  readonly name: string;
  /** Namespace of the endpoint, and of the service behind it. */
  readonly namespace: IsolatedNamespace;
  /** The service that verified requests go to. */
  readonly service: EndpointService;
  /** Who may call: 1 to 20, each of another issuer or audience. */
  readonly callers: readonly EndpointCallers[];
  /** Image of Envoy by digest, `envoyproxy/envoy:distroless-v1.40.0@sha256:…`: 1.36 or newer. */
  readonly image: string;
  /**
   * Where the endpoint can be reached: `cluster` (its Service alone), `internal` (a load balancer in the VPC) or
   * `external` (a load balancer on the internet).
   */
  readonly exposure: 'cluster' | 'internal' | 'external';
  /**
   * Ranges that may connect, for the firewall of the load balancer and for the NetworkPolicy. Required with a load
   * balancer; `0.0.0.0/0` is anybody, who then still needs a token.
   * @default - none
   */
  readonly allowedRanges?: readonly string[];
  /**
   * Namespaces whose pods may connect.
   * @default - this namespace if there are no `allowedRanges`, else none
   */
  readonly allowedNamespaces?: readonly string[];
  /**
   * Secret of the type `kubernetes.io/tls` in the namespace, for example of cert-manager. A new certificate is taken
   * up without a restart. Until the Secret exists the pods do not start.
   * @default - plain HTTP, which has to be acknowledged
   */
  readonly tlsSecretName?: string;
  /**
   * DNS name that callers use and the certificate is made out for. The record is yours: it points to `address`.
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
   * Paths that are let through, each with all below it: `/v1` is `/v1` and `/v1/…`, not `/v1x`. 1 to 50.
   * @default - all
   */
  readonly paths?: readonly string[];
  /**
   * Methods that are let through.
   * @default - all
   */
  readonly methods?: readonly string[];
  /**
   * What one caller may take up.
   * @default - 1 MiB bodies, 60 seconds, 256 requests at a time
   */
  readonly limits?: EndpointLimits;
  /**
   * Number of pods: 1 to 50.
   * @default 2
   */
  readonly replicas?: number;
  /**
   * What each pod asks for.
   * @default - 500m CPU, 512Mi memory
   */
  readonly resources?: EndpointResources;
  /**
   * What is known and accepted.
   * @default - nothing
   */
  readonly acknowledge?: VerifiedEndpointAcknowledgements;
}
