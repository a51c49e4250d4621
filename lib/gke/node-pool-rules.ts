import { Token } from 'cdktf';
import {
  boolean,
  exceeds,
  integer,
  knownAtSynth,
  list,
  matching,
  oneOfOrToken,
  optional,
  record,
  shape,
  type Report,
  type Shape,
} from '../core/rules';
import { labelKey, labelValue } from '../kubernetes/names';
import { gpuMismatch, gpusOf } from './machine-gpus';
import { clusterName, computeName, zone } from '../google/locations';
import type {
  GkeNodePoolOptions,
  GpuSharing,
  NodeGpu,
  NodePoolAutoscaling,
  NodeTaint,
} from './node-pool-options';

const word = matching(/^[a-z0-9][-a-z0-9.]*$/, 'it has lower-case letters, digits, "-" and "."');

export const nodePoolRules: Shape<GkeNodePoolOptions> = {
  name: clusterName,
  machineType: optional(
    matching(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, 'a machine type reads like "e2-standard-4"'),
  ),
  diskSizeGb: optional(integer(10, 65_536)),
  diskType: optional(word),
  zones: optional(list(zone, { min: 1 })),
  autoscaling: optional(
    shape<NodePoolAutoscaling>({
      minNodes: optional(integer(0, 15_000)),
      maxNodes: integer(1, 15_000),
      locationPolicy: optional(oneOfOrToken(['ANY', 'BALANCED'])),
    }),
  ),
  nodeCount: optional(integer(0, 1_000)),
  spot: optional(boolean),
  labels: optional(record(labelKey, labelValue)),
  taints: optional(
    list(
      shape<NodeTaint>({
        key: labelKey,
        value: labelValue,
        effect: oneOfOrToken(['NO_SCHEDULE', 'PREFER_NO_SCHEDULE', 'NO_EXECUTE']),
      }),
    ),
  ),
  networkTags: optional(list(computeName)),
  gpu: optional(
    shape<NodeGpu>({
      type: knownAtSynth(word),
      count: knownAtSynth(integer(1, 16)),
      driverVersion: optional(oneOfOrToken(['DEFAULT', 'LATEST', 'INSTALLATION_DISABLED'])),
      partitionSize: optional(matching(/^\dg\.\d+gb$/, 'a partition size reads like "1g.5gb"')),
      sharing: optional(
        shape<GpuSharing>({
          strategy: oneOfOrToken(['TIME_SHARING', 'MPS']),
          maxSharedClientsPerGpu: integer(2, 48),
        }),
      ),
    }),
  ),
  flexStart: optional(boolean),
  queuedProvisioning: optional(boolean),
  maxRunDurationSeconds: optional(integer(60, 604_800)),
  reservation: optional(word),
  maxPodsPerNode: optional(integer(8, 256)),
};

/** What no single property of a node pool tells. `at` stands before the property, as in `nodePools[0].`. */
export function nodePoolCrossChecks(pool: GkeNodePoolOptions, report: Report, at = ''): void {
  const problem = (property: string, value: unknown, rule: string, fix: string) =>
    report({ property: at + property, value, rule, fix });
  const { autoscaling, gpu, machineType } = pool;

  if (pool.nodeCount !== undefined && autoscaling !== undefined) {
    problem('nodeCount', pool.nodeCount, 'a pool has a fixed number of nodes or it scales', 'Leave one out.');
  }
  if (exceeds(autoscaling?.minNodes, autoscaling?.maxNodes)) {
    problem(
      'autoscaling.minNodes',
      autoscaling?.minNodes,
      `maxNodes is ${autoscaling?.maxNodes}`,
      'Swap the two.',
    );
  }
  for (const kind of ['flexStart', 'queuedProvisioning'] as const) {
    if (pool[kind] !== true) continue;
    if (pool.spot === true) {
      problem('spot', true, `nodes with ${kind} are not spot VMs`, 'Choose one of the two.');
    }
    if (pool.reservation !== undefined) {
      problem('reservation', pool.reservation, `nodes with ${kind} use no reservation`, 'Leave it out.');
    }
    if (pool.nodeCount !== undefined) {
      problem(
        'nodeCount',
        pool.nodeCount,
        `nodes with ${kind} come by autoscaling`,
        'Use autoscaling.maxNodes.',
      );
    }
    if (exceeds(autoscaling?.minNodes, 0)) {
      problem('autoscaling.minNodes', autoscaling?.minNodes, `nodes with ${kind} scale from 0`, 'Use 0.');
    }
  }
  if (pool.queuedProvisioning === true && gpu === undefined) {
    problem(
      'gpu',
      undefined,
      'queued provisioning is for nodes with GPUs',
      'Say which GPU, or leave it off.',
    );
  }
  if (gpu === undefined) return;
  if (machineType === undefined) {
    problem('machineType', undefined, 'a pool with GPUs names its machine type', 'Use "g2-standard-4", say.');
    return;
  }
  if (Token.isUnresolved(machineType)) return;
  const mismatch = Token.isUnresolved(gpu.type) ? undefined : gpuMismatch(machineType, gpu.type);
  if (mismatch !== undefined) {
    problem('gpu.type', gpu.type, mismatch, 'Change the accelerator or the machine type.');
  }
  const built = gpusOf(machineType);
  if (built !== undefined && !Token.isUnresolved(gpu.count) && built !== gpu.count) {
    problem('gpu.count', gpu.count, `${machineType} has ${built}`, `Use ${built}.`);
  }
  if (gpu.sharing?.strategy === 'MPS' && gpu.partitionSize !== undefined) {
    problem(
      'gpu.sharing.strategy',
      'MPS',
      'a partition of a GPU is not shared by MPS',
      'Use "TIME_SHARING".',
    );
  }
}
