import { Token } from 'cdktf';

/*
 * Machine series that accept Hyperdisk and no Persistent Disk. Compute Engine rejects others there: "[pd-balanced,
 * c4-standard-16] features are not compatible for creating instance".
 * https://cloud.google.com/compute/docs/machine-resource#machine_type_comparison
 */
const HYPERDISK_ONLY = /^(c4|c4a|c4d|n4|n4a|n4d|h4d|x4|m4|a3-ultragpu|a4|a4x|g4)-/;

/** Whether a machine type is known to accept Hyperdisk only; false for a token. */
export function needsHyperdisk(machineType: string | undefined): boolean {
  return machineType !== undefined && !Token.isUnresolved(machineType) && HYPERDISK_ONLY.test(machineType);
}

/**
 * Type of the boot disk of a pool without one: `hyperdisk-balanced` for machines that accept no other, else undefined,
 * so that GKE chooses (`pd-balanced` since 1.24).
 * https://cloud.google.com/kubernetes-engine/docs/how-to/custom-boot-disks
 */
export function defaultDiskType(machineType: string | undefined): string | undefined {
  return needsHyperdisk(machineType) ? 'hyperdisk-balanced' : undefined;
}
