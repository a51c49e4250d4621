/** How many nodes a pool may have. */
export interface NodePoolAutoscaling {
  /**
   * Fewest nodes, over all zones.
   * @default 0
   */
  readonly minNodes?: number;
  /** Most nodes, over all zones: 1 to 15,000. */
  readonly maxNodes: number;
  /**
   * How zones are chosen: `BALANCED`, or `ANY` to take what can be had.
   * @default - `ANY` for spot, flex-start and queued nodes, else `BALANCED`
   */
  readonly locationPolicy?: 'ANY' | 'BALANCED';
}

/** Keeps pods off the nodes that do not tolerate it. */
export interface NodeTaint {
  /** Key, for example `dedicated`. */
  readonly key: string;
  /** Value, for example `training`. */
  readonly value: string;
  /** Effect on pods that do not tolerate the taint. */
  readonly effect: 'NO_SCHEDULE' | 'PREFER_NO_SCHEDULE' | 'NO_EXECUTE';
}

/** How pods share one GPU. */
export interface GpuSharing {
  /** `TIME_SHARING` (in turns) or `MPS` (at once, with separate memory). */
  readonly strategy: 'TIME_SHARING' | 'MPS';
  /** How many pods share one GPU: 2 to 48. */
  readonly maxSharedClientsPerGpu: number;
}

/** GPUs of each node. https://cloud.google.com/kubernetes-engine/docs/how-to/gpus */
export interface NodeGpu {
  /** Accelerator type, for example `nvidia-l4`. */
  readonly type: string;
  /** GPUs of one node: 1 to 16, and as many as the machine type has. */
  readonly count: number;
  /**
   * Driver that GKE installs.
   * @default DEFAULT
   */
  readonly driverVersion?: 'DEFAULT' | 'LATEST' | 'INSTALLATION_DISABLED';
  /**
   * Size of a multi-instance GPU partition, for example `1g.5gb`.
   * @default - the whole GPU
   */
  readonly partitionSize?: string;
  /**
   * How pods share one GPU.
   * @default - they do not
   */
  readonly sharing?: GpuSharing;
}

/** A node pool of a Standard cluster. */
export interface GkeNodePoolOptions {
  /** Name of the pool: at most 40 lower-case letters, digits and hyphens. */
  readonly name: string;
  /**
   * Machine type. A pool with GPUs names it.
   * @default e2-standard-4
   */
  readonly machineType?: string;
  /**
   * Size of the boot disk in GB: 10 to 65,536.
   * @default 100
   */
  readonly diskSizeGb?: number;
  /**
   * Type of the boot disk, for example `pd-ssd`. Machine series that accept Hyperdisk only (C4, N4, A4, G4, …) reject
   * Persistent Disks.
   * @default - `hyperdisk-balanced` for these series; for others GKE chooses, at present `pd-balanced`
   */
  readonly diskType?: string;
  /**
   * Zones of the nodes.
   * @default - the zones of the cluster
   */
  readonly zones?: readonly string[];
  /**
   * How many nodes there may be.
   * @default - 0 to 3, unless `nodeCount` is given
   */
  readonly autoscaling?: NodePoolAutoscaling;
  /**
   * A fixed number of nodes in each zone, instead of autoscaling: 0 to 1,000.
   * @default - autoscaling
   */
  readonly nodeCount?: number;
  /**
   * Whether the nodes are spot VMs, which are cheaper and may be taken back at any time.
   * @default false
   */
  readonly spot?: boolean;
  /**
   * Labels of the nodes, for node selectors.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Taints of the nodes. A pool with GPUs also gets `nvidia.com/gpu=present:NoSchedule`. GKE adds the toleration to
   * pods that request GPUs.
   * @default - none, or the taint for GPUs
   */
  readonly taints?: readonly NodeTaint[];
  /**
   * Network tags of the nodes, for firewall rules.
   * @default - none
   */
  readonly networkTags?: readonly string[];
  /**
   * GPUs of each node.
   * @default - none
   */
  readonly gpu?: NodeGpu;
  /**
   * Whether nodes start when capacity is found and run for at most seven days. Not spot, no reservation, no
   * auto-repair. https://cloud.google.com/kubernetes-engine/docs/concepts/dws
   * @default false
   */
  readonly flexStart?: boolean;
  /**
   * Whether all nodes for a queued job are created together. Scales from 0, needs GPUs, not spot, no reservation.
   * @default false
   */
  readonly queuedProvisioning?: boolean;
  /**
   * Seconds after which GKE deletes a node: 60 to 604,800 (seven days).
   * @default - no end
   */
  readonly maxRunDurationSeconds?: number;
  /**
   * Reservation that the nodes use.
   * @default - any that matches; none for flex-start and queued nodes
   */
  readonly reservation?: string;
  /**
   * Most pods on a node: 8 to 256.
   * @default - as the cluster says
   */
  readonly maxPodsPerNode?: number;
}
