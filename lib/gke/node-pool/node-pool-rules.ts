import { Token } from 'cdktf';
import {
  boolean,
  exceeds,
  integer,
  knownAtSynth,
  list,
  matching,
  oneOf,
  optional,
  record,
  shape,
  type Report,
  type Shape,
} from '../../core/rules';
import { isToken } from '../../core/token-values';
import { labelKey, labelValue } from '../../kubernetes/names';
import { needsHyperdisk } from './boot-disk';
import { gpuMismatch, gpusOf } from './machine-gpus';
import { clusterName, computeName, regionOfZone, zone } from '../../google/locations';
import type {
  GkeNodePoolOptions,
  GpuSharing,
  NodeGpu,
  NodePoolAutoscaling,
  NodeTaint,
} from './node-pool-options';

const word = matching(
  /^[a-z0-9][-a-z0-9.]*$/,
  'have only lower-case letters, digits, "-" and ".", and start with a letter or digit',
);

export const nodePoolRules: Shape<GkeNodePoolOptions> = {
  name: clusterName,
  machineType: optional(
    matching(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/, 'be a machine type, for example "e2-standard-4"'),
  ),
  diskSizeGb: optional(integer(10, 65_536)),
  diskType: optional(word),
  zones: optional(list(zone, { min: 1 })),
  autoscaling: optional(
    shape<NodePoolAutoscaling>({
      minNodes: optional(integer(0, 15_000)),
      maxNodes: integer(1, 15_000),
      locationPolicy: optional(oneOf(['ANY', 'BALANCED'])),
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
        effect: oneOf(['NO_SCHEDULE', 'PREFER_NO_SCHEDULE', 'NO_EXECUTE']),
      }),
    ),
  ),
  networkTags: optional(list(computeName)),
  gpu: optional(
    shape<NodeGpu>({
      type: knownAtSynth(word),
      count: knownAtSynth(integer(1, 16)),
      driverVersion: optional(oneOf(['DEFAULT', 'LATEST', 'INSTALLATION_DISABLED'])),
      partitionSize: optional(matching(/^\dg\.\d+gb$/, 'be a partition size, for example "1g.5gb"')),
      sharing: optional(
        shape<GpuSharing>({
          strategy: oneOf(['TIME_SHARING', 'MPS']),
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

/** Reports a zone of another region than the cluster. */
export function checkZones(
  { zones = [] }: GkeNodePoolOptions,
  clusterLocation: string,
  report: Report,
  at = '',
): void {
  if (typeof clusterLocation !== 'string' || isToken(clusterLocation)) return;
  const region = regionOfZone(clusterLocation) ?? clusterLocation;
  zones.forEach((each, index) => {
    const own = typeof each === 'string' ? regionOfZone(each) : undefined;
    if (own === undefined || own === region) return;
    report({
      property: `${at}zones[${index}]`,
      value: each,
      rule: `be a zone of the region of the cluster (${region})`,
      fix: `Use a zone of ${region}, for example "${region}-b".`,
    });
  });
}

/** Cross-property validation of a node pool. `at` is the prefix of the property, for example `nodePools[0].`. */
export function nodePoolCrossChecks(pool: GkeNodePoolOptions, report: Report, at = ''): void {
  const problem = (property: string, value: unknown, rule: string, fix: string) =>
    report({ property: at + property, value, rule, fix });
  const { autoscaling, gpu, machineType } = pool;

  if (pool.nodeCount !== undefined && autoscaling !== undefined) {
    problem('nodeCount', pool.nodeCount, 'be omitted when autoscaling is set', 'Omit one of the two.');
  }
  if (exceeds(autoscaling?.minNodes, autoscaling?.maxNodes)) {
    problem(
      'autoscaling.minNodes',
      autoscaling?.minNodes,
      `not exceed maxNodes (${autoscaling?.maxNodes})`,
      'Swap the two.',
    );
  }
  for (const kind of ['flexStart', 'queuedProvisioning'] as const) {
    if (pool[kind] !== true) continue;
    if (pool.spot === true) {
      problem('spot', true, `be false for nodes with ${kind}`, 'Choose one of the two.');
    }
    if (pool.reservation !== undefined) {
      problem('reservation', pool.reservation, `be omitted for nodes with ${kind}`, 'Omit it.');
    }
    if (pool.nodeCount !== undefined) {
      problem('nodeCount', pool.nodeCount, `be set for nodes with ${kind}`, 'Use autoscaling.maxNodes.');
    }
    if (exceeds(autoscaling?.minNodes, 0)) {
      problem('autoscaling.minNodes', autoscaling?.minNodes, `be 0 for nodes with ${kind}`, 'Use 0.');
    }
  }
  // https://cloud.google.com/compute/docs/instances/reservations-overview#restrictions
  const isFlexible = pool.flexStart === true || pool.queuedProvisioning === true;
  if (!isFlexible && pool.spot === true && pool.reservation !== undefined) {
    problem('reservation', pool.reservation, 'be omitted for Spot VMs, which use no reservation', 'Omit it.');
  }
  if (pool.queuedProvisioning === true && gpu === undefined) {
    problem(
      'gpu',
      undefined,
      'be set when queuedProvisioning is true',
      'Set gpu, or omit queuedProvisioning.',
    );
  }
  const { diskType } = pool;
  if (needsHyperdisk(machineType) && diskType !== undefined && /^pd-/.test(diskType)) {
    problem(
      'diskType',
      diskType,
      `be a Hyperdisk for ${machineType}, which accepts no Persistent Disk`,
      'Use "hyperdisk-balanced", or omit it.',
    );
  }
  if (gpu === undefined) return;
  if (machineType === undefined) {
    problem(
      'machineType',
      undefined,
      'be set for a pool with GPUs',
      'Set it, for example to "g2-standard-4".',
    );
    return;
  }
  if (Token.isUnresolved(machineType)) return;
  const mismatch = Token.isUnresolved(gpu.type) ? undefined : gpuMismatch(machineType, gpu.type);
  if (mismatch !== undefined) {
    problem('gpu.type', gpu.type, mismatch, 'Change the accelerator or the machine type.');
  }
  const built = gpusOf(machineType);
  if (built !== undefined && !Token.isUnresolved(gpu.count) && built !== gpu.count) {
    problem('gpu.count', gpu.count, `match ${machineType}, which has ${built}`, `Use ${built}.`);
  }
  if (gpu.sharing?.strategy === 'MPS' && gpu.partitionSize !== undefined) {
    problem('gpu.sharing.strategy', 'MPS', 'not be MPS for a partition of a GPU', 'Use "TIME_SHARING".');
  }
}
