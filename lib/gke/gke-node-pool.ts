import {
  ContainerNodePool,
  type ContainerNodePoolConfig,
  type ContainerNodePoolNodeConfig,
} from '@cdktf/provider-google/lib/container-node-pool';
import { Construct } from 'constructs';
import { undefinedIfEmpty } from '../core/ordering';
import { validate } from '../core/validation';
import type { IGoogleServiceAccount } from '../identity/google/google-service-account';
import { serviceAccount } from '../identity/google/principal';
import { defaultDiskType } from './node-pool/boot-disk';
import { cluster as clusterRule, type IGkeCluster } from './cluster';
import type { GkeNodePoolOptions, NodeGpu, NodeTaint } from './node-pool/node-pool-options';
import { checkZones, nodePoolCrossChecks, nodePoolRules } from './node-pool/node-pool-rules';
import { checkUniqueName } from '../core/unique-names';
import { googleProviderRules, type GoogleProviderOptions } from '../google/options';

/** Props of a `GkeNodePool`. */
export interface GkeNodePoolProps extends GkeNodePoolOptions, GoogleProviderOptions {
  /** A Standard cluster. */
  readonly cluster: IGkeCluster;
  /** Account of the nodes: with `roles/container.defaultNodeServiceAccount`, and no more than nodes need. */
  readonly nodeServiceAccount: IGoogleServiceAccount;
}

/** Node pool: private, shielded nodes with the metadata server of GKE and a dedicated service account. */
export class GkeNodePool extends Construct {
  /** Name of the pool. */
  public readonly name: string;

  constructor(scope: Construct, id: string, given: GkeNodePoolProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        ...nodePoolRules,
        cluster: clusterRule,
        nodeServiceAccount: serviceAccount,
        ...googleProviderRules,
      },
      (values, report) => {
        nodePoolCrossChecks(values, report);
        checkZones(values, values.cluster.location, report);
        const among = `node pools of the cluster ${values.cluster.id}`;
        checkUniqueName(this, { property: 'name', name: values.name, among }, report);
      },
    );
    this.name = props.name;
    const { cluster, nodeServiceAccount } = props;
    this.node.defaultChild = new ContainerNodePool(this, 'pool', {
      project: cluster.project.id,
      location: cluster.location,
      cluster: cluster.name,
      name: props.name,
      nodeLocations: props.zones && [...props.zones],
      maxPodsPerNode: props.maxPodsPerNode,
      ...size(props),
      nodeConfig: nodes(props, nodeServiceAccount.email),
      networkConfig: { enablePrivateNodes: true },
      management: { autoRepair: !isProvisionedPerWorkload(props), autoUpgrade: true },
      queuedProvisioning: props.queuedProvisioning === true ? { enabled: true } : undefined,
      upgradeSettings: isProvisionedPerWorkload(props) ? undefined : { maxSurge: 1, maxUnavailable: 0 },
      // The name alone does not order the two; nodes also need their account's roles, which the cluster waits for.
      dependsOn: undefinedIfEmpty([
        ...cluster.dependenciesIn(this),
        ...nodeServiceAccount.dependenciesIn(this),
      ]),
      lifecycle: { ignoreChanges: ignored(props) },
      provider: props.googleProvider,
    });
  }
}

/** Nodes that exist only while their work does: GKE repairs none of them and uses no reservation. */
function isProvisionedPerWorkload(pool: GkeNodePoolOptions): boolean {
  return pool.flexStart === true || pool.queuedProvisioning === true;
}

function size(
  pool: GkeNodePoolOptions,
): Pick<ContainerNodePoolConfig, 'nodeCount' | 'initialNodeCount' | 'autoscaling'> {
  if (pool.nodeCount !== undefined) return { nodeCount: pool.nodeCount };
  const { minNodes = 0, maxNodes, locationPolicy } = pool.autoscaling ?? { maxNodes: 3 };
  const acceptsAnyZone = pool.spot === true || isProvisionedPerWorkload(pool);
  return {
    initialNodeCount: minNodes > 0 ? 1 : 0,
    autoscaling: {
      totalMinNodeCount: minNodes,
      totalMaxNodeCount: maxNodes,
      locationPolicy: locationPolicy ?? (acceptsAnyZone ? 'ANY' : 'BALANCED'),
    },
  };
}

function nodes(pool: GkeNodePoolOptions, email: string): ContainerNodePoolNodeConfig {
  return {
    machineType: pool.machineType ?? 'e2-standard-4',
    diskSizeGb: pool.diskSizeGb ?? 100,
    diskType: pool.diskType ?? defaultDiskType(pool.machineType),
    imageType: 'COS_CONTAINERD',
    serviceAccount: email,
    oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
    workloadMetadataConfig: { mode: 'GKE_METADATA' },
    shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    kubeletConfig: { insecureKubeletReadonlyPortEnabled: 'FALSE' },
    metadata: { 'disable-legacy-endpoints': 'true' },
    spot: pool.spot,
    labels: pool.labels,
    taint: taints(pool),
    tags: pool.networkTags && [...pool.networkTags],
    guestAccelerator: pool.gpu && [accelerator(pool.gpu)],
    flexStart: pool.flexStart,
    maxRunDuration: pool.maxRunDurationSeconds === undefined ? undefined : `${pool.maxRunDurationSeconds}s`,
    reservationAffinity: reservation(pool),
  };
}

/**
 * GKE adds the taint by itself only to a GPU pool that is created after a pool without GPUs, and pools are created at
 * the same time (terraform-google-modules/terraform-google-kubernetes-engine#703).
 */
const GPU_TAINT: NodeTaint = { key: 'nvidia.com/gpu', value: 'present', effect: 'NO_SCHEDULE' };

function taints({ gpu, taints: given }: GkeNodePoolOptions): NodeTaint[] | undefined {
  const isTainted = given?.some(({ key }) => key === GPU_TAINT.key) ?? false;
  if (gpu === undefined || isTainted) return given?.map((taint) => ({ ...taint }));
  return [...(given ?? []), GPU_TAINT].map((taint) => ({ ...taint }));
}

function accelerator(gpu: NodeGpu) {
  return {
    type: gpu.type,
    count: gpu.count,
    gpuPartitionSize: gpu.partitionSize,
    gpuDriverInstallationConfig: { gpuDriverVersion: gpu.driverVersion ?? 'DEFAULT' },
    gpuSharingConfig: gpu.sharing && {
      gpuSharingStrategy: gpu.sharing.strategy,
      maxSharedClientsPerGpu: gpu.sharing.maxSharedClientsPerGpu,
    },
  };
}

function reservation(pool: GkeNodePoolOptions): ContainerNodePoolNodeConfig['reservationAffinity'] {
  if (isProvisionedPerWorkload(pool)) return { consumeReservationType: 'NO_RESERVATION' };
  if (pool.reservation === undefined) return undefined;
  return {
    consumeReservationType: 'SPECIFIC_RESERVATION',
    key: 'compute.googleapis.com/reservation-name',
    values: [pool.reservation],
  };
}

/** Arguments that GKE changes. A plan to change them back replaces the pool. */
function ignored(pool: GkeNodePoolOptions): string[] {
  return [
    ...(pool.nodeCount === undefined ? ['initial_node_count'] : []),
    ...(pool.gpu === undefined ? [] : ['node_config[0].resource_labels']),
  ];
}
