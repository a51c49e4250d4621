import type { Mistake } from './mistake';

/*
 * Sources: https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/NodeConfig
 * https://cloud.google.com/compute/docs/gpus
 */

export const nodes: readonly Mistake[] = [
  [
    'a machine type without its size',
    'GkeNodePool',
    () => ({ machineType: 'n2-standard' }),
    'prod/it: gpu.type must be omitted for n2-standard, which accepts no GPU (got "nvidia-tesla-t4"). Change the accelerator or the machine type.',
  ],
  [
    'a machine type of AWS',
    'GkeNodePool',
    () => ({ machineType: 'm5.large' }),
    'prod/it: machineType must be a machine type, for example "e2-standard-4" (got "m5.large").',
  ],
  [
    'a zone of another region',
    'GkeNodePool',
    () => ({ zones: ['europe-west1-b'] }),
    'prod/it: zones[0] must be a zone of the region of the cluster (us-central1) (got "europe-west1-b"). Use a zone of us-central1, for example "us-central1-b".',
  ],
  [
    'a region in place of zones',
    'GkeNodePool',
    () => ({ zones: ['us-central1'] }),
    'prod/it: zones[0] must be a zone, for example "us-central1-a" (got "us-central1").',
  ],
  [
    'more least nodes than most nodes',
    'GkeNodePool',
    () => ({ autoscaling: { minNodes: 5, maxNodes: 3 } }),
    'prod/it: autoscaling.minNodes must not exceed maxNodes (3) (got 5). Swap the two.',
  ],
  [
    'a node count beside autoscaling',
    'GkeNodePool',
    () => ({ nodeCount: 2 }),
    'prod/it: nodeCount must be omitted when autoscaling is set (got 2). Omit one of the two.',
  ],
  [
    'a taint effect of pods',
    'GkeNodePool',
    () => ({ taints: [{ key: 'batch', value: 'yes', effect: 'NoSchedule' }] }),
    'prod/it: taints[0].effect must be one of "NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE" (got "NoSchedule"). Use "NO_SCHEDULE".',
  ],
  [
    'a GPU type in capitals',
    'GkeNodePool',
    () => ({ gpu: { type: 'NVIDIA_TESLA_T4', count: 1 } }),
    'prod/it: 2 problems\n  - gpu.type must have only lower-case letters, digits, "-" and ".", and start with a letter or digit (got "NVIDIA_TESLA_T4").\n  - gpu.type must be a GPU that n1-standard-4 accepts: nvidia-tesla-t4, nvidia-tesla-p4, nvidia-tesla-v100, nvidia-tesla-p100 (got "NVIDIA_TESLA_T4"). Change the accelerator or the machine type.',
  ],
  [
    'a GPU on a machine that cannot have it',
    'GkeNodePool',
    () => ({ machineType: 'e2-standard-4' }),
    'prod/it: gpu.type must be omitted for e2-standard-4, which accepts no GPU (got "nvidia-tesla-t4"). Change the accelerator or the machine type.',
  ],
  [
    'the wrong GPU of a machine with built-in GPUs',
    'GkeNodePool',
    () => ({ machineType: 'a2-highgpu-1g' }),
    'prod/it: gpu.type must be nvidia-tesla-a100, the GPU of a2-highgpu-1g (got "nvidia-tesla-t4"). Change the accelerator or the machine type.',
  ],
  [
    'the wrong number of built-in GPUs',
    'GkeNodePool',
    () => ({ machineType: 'a2-highgpu-2g', gpu: { type: 'nvidia-tesla-a100', count: 1 } }),
    'prod/it: gpu.count must match a2-highgpu-2g, which has 2 (got 1). Use 2.',
  ],
  [
    'a standard disk on a machine of Hyperdisk',
    'GkeNodePool',
    () => ({ machineType: 'c4-standard-4', gpu: undefined }),
    'prod/it: diskType must be a Hyperdisk for c4-standard-4, which accepts no Persistent Disk (got "pd-ssd"). Use "hyperdisk-balanced", or omit it.',
  ],
  [
    'spot machines with a reservation',
    'GkeNodePool',
    () => ({ spot: true, reservation: 'books' }),
    'prod/it: reservation must be omitted for Spot VMs, which use no reservation (got "books"). Omit it.',
  ],
  [
    'four pods a node',
    'GkeNodePool',
    () => ({ maxPodsPerNode: 4 }),
    'prod/it: maxPodsPerNode must be a whole number from 8 to 256 (got 4). Use at least 8.',
  ],
  [
    '300 pods a node',
    'GkeNodePool',
    () => ({ maxPodsPerNode: 300 }),
    'prod/it: maxPodsPerNode must be a whole number from 8 to 256 (got 300). Use at most 256.',
  ],
  [
    'a disk of one gigabyte',
    'GkeNodePool',
    () => ({ diskSizeGb: 1 }),
    'prod/it: diskSizeGb must be a whole number from 10 to 65536 (got 1). Use at least 10.',
  ],
  [
    'a network tag in capitals',
    'GkeNodePool',
    () => ({ networkTags: ['Batch'] }),
    'prod/it: networkTags[0] must have 1 to 63 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Batch"). Use "batch".',
  ],
  [
    'a name in capitals',
    'GkeNodePool',
    () => ({ name: 'Batch' }),
    'prod/it: name must have 1 to 40 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "Batch"). Use "batch".',
  ],
  [
    'queued provisioning with a fixed number of nodes',
    'GkeNodePool',
    () => ({ queuedProvisioning: true, autoscaling: undefined, nodeCount: 1 }),
    'prod/it: nodeCount must be set for nodes with queuedProvisioning (got 1). Use autoscaling.maxNodes.',
  ],
];
