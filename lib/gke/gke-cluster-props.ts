import type { IGoogleServiceAccount } from '../identity/google/google-service-account';
import type { GoogleProject } from '../google/project';
import type { RepositoryReference } from '../identity/google/references';
import type { IGkeNetwork } from './gke-network';
import type { GkeNodePoolOptions } from './node-pool/node-pool-options';
import type { GoogleProviderOptions } from '../google/options';

/** A range that may reach the IP endpoint of the control plane. */
export interface AuthorizedNetwork {
  /** IPv4 range, for example `203.0.113.0/24`. A prefix shorter than /8 is rejected. */
  readonly cidr: string;
  /** Description of the network: one line, at most 100 bytes. */
  readonly displayName: string;
}

/**
 * When GKE may upgrade: at least 48 hours in each 32 days, in windows of at least four hours.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions
 */
export interface MaintenanceWindow {
  /** First start, RFC 3339, for example `2026-01-03T02:00:00Z`. */
  readonly startTime: string;
  /** End of the first window, RFC 3339; at least four hours later. */
  readonly endTime: string;
  /** How it repeats, RFC 5545, for example `FREQ=WEEKLY;BYDAY=SA,SU`. */
  readonly recurrence: string;
}

/** Safety checks that a cluster can override, each with a reason. */
export interface GkeClusterAcknowledgements {
  /**
   * Reason for a control plane with a public IP address.
   * @default - `publicIpEndpoint` is rejected
   */
  readonly publicIpEndpoint?: string;
}

/** Props of a `GkeCluster`. */
export interface GkeClusterProps extends GoogleProviderOptions {
  /**
   * Project of the cluster.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /** Name: at most 40 lower-case letters, digits and hyphens. */
  readonly name: string;
  /**
   * Region, for a control plane in three zones, or one zone. Autopilot needs a region.
   * @default - the location of `Defaults.of(scope)`; required if no scope has one
   */
  readonly location?: string;
  /** Network of the nodes: a `GkeNetwork`, or `GkeNetwork.fromAttributes(…)` for one that exists. */
  readonly network: IGkeNetwork;
  /**
   * Owner of the nodes: Google, by the requests of the pods (`autopilot`), or you, by node pools (`standard`).
   * @default autopilot
   */
  readonly mode?: 'autopilot' | 'standard';
  /**
   * Node pools of a Standard cluster; `addNodePool` adds more.
   * @default - none
   */
  readonly nodePools?: readonly GkeNodePoolOptions[];
  /**
   * How soon the cluster gets new versions.
   * @default REGULAR
   */
  readonly releaseChannel?: 'RAPID' | 'REGULAR' | 'STABLE' | 'EXTENDED';
  /**
   * Whether Terraform rejects a plan that destroys the cluster. Set it to false and apply before you destroy.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Service account of the nodes. You grant its roles.
   * @default - a new one with `roles/container.defaultNodeServiceAccount`
   */
  readonly nodeServiceAccount?: IGoogleServiceAccount;
  /**
   * Repositories that the nodes of the new account pull images from.
   * @default - none
   */
  readonly imageRepositories?: readonly RepositoryReference[];
  /**
   * Workload identity pool. GKE knows one, that of the project of the cluster.
   * @default - PROJECT_ID.svc.id.goog
   */
  readonly workloadPool?: string;
  /**
   * Whether the DNS endpoint of the control plane answers callers from outside Google Cloud. IAM
   * (`container.clusters.connect`) controls access.
   * @default true
   */
  readonly dnsEndpointExternalTraffic?: boolean;
  /**
   * Private ranges that may reach the control plane by its private IP address in the VPC. A list enables the IP
   * endpoint; nodes and pods of the cluster may always use it.
   * @default - the IP endpoint is off
   */
  readonly authorizedNetworks?: readonly AuthorizedNetwork[];
  /**
   * Whether the IP endpoint also has a public address, which `authorizedNetworks` may reach from the internet. Needs
   * `acknowledge.publicIpEndpoint`.
   * @default false
   */
  readonly publicIpEndpoint?: boolean;
  /**
   * Key of Cloud KMS that encrypts Kubernetes Secrets, `projects/P/locations/L/keyRings/R/cryptoKeys/K`.
   * @default - Google's own encryption at rest
   */
  readonly databaseKmsKeyName?: string;
  /**
   * Whether only images that the project's Binary Authorization policy admits may run.
   * @default false
   */
  readonly binaryAuthorization?: boolean;
  /**
   * Group of Google Workspace whose member groups can be named in RBAC, `gke-security-groups@DOMAIN`.
   * @default - RBAC names users only
   */
  readonly rbacSecurityGroup?: string;
  /**
   * Whether the Secret Manager add-on mounts secrets into pods.
   * @default true
   */
  readonly secretManagerAddon?: boolean;
  /**
   * Project of the fleet that the cluster is registered with.
   * @default - not registered
   */
  readonly fleetProject?: string;
  /**
   * When GKE may upgrade.
   * @default - at any time
   */
  readonly maintenanceWindow?: MaintenanceWindow;
  /**
   * Labels of the cluster, for billing.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: GkeClusterAcknowledgements;
}
