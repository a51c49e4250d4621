/*
 * Accelerators of machine types. https://cloud.google.com/compute/docs/gpus
 * Google validates machine types that are not in the list.
 */

const BUILT_IN: readonly (readonly [RegExp, string])[] = [
  [/^a2-(highgpu|megagpu)-/, 'nvidia-tesla-a100'],
  [/^a2-ultragpu-/, 'nvidia-a100-80gb'],
  [/^a3-(highgpu|edgegpu)-/, 'nvidia-h100-80gb'],
  [/^a3-megagpu-/, 'nvidia-h100-mega-80gb'],
  [/^a3-ultragpu-/, 'nvidia-h200-141gb'],
  [/^a4-highgpu-/, 'nvidia-b200'],
  [/^g2-standard-/, 'nvidia-l4'],
  [/^g4-standard-/, 'nvidia-rtx-pro-6000'],
];

const ATTACHABLE = ['nvidia-tesla-t4', 'nvidia-tesla-p4', 'nvidia-tesla-v100', 'nvidia-tesla-p100'];

const WITHOUT =
  /^(e2|n2|n2d|n4|n4a|n4d|t2a|t2d|c2|c2d|c3|c3d|c4|c4a|c4d|h3|h4d|m1|m2|m3|m4|x4|z3|custom|f1|g1)(-|$)/;

/** Rule that the accelerator breaks on the machine type; undefined if no rule is known. */
export function gpuMismatch(machineType: string, gpuType: string): string | undefined {
  const builtIn = BUILT_IN.find(([pattern]) => pattern.test(machineType));
  if (builtIn) return gpuType === builtIn[1] ? undefined : `be ${builtIn[1]}, the GPU of ${machineType}`;
  if (/^n1-/.test(machineType)) {
    return ATTACHABLE.includes(gpuType)
      ? undefined
      : `be a GPU that ${machineType} accepts: ${ATTACHABLE.join(', ')}`;
  }
  return WITHOUT.test(machineType) ? `be omitted for ${machineType}, which accepts no GPU` : undefined;
}

/** How many GPUs the name of a machine type says it has, as in `a3-highgpu-8g`. */
export function gpusOf(machineType: string): number | undefined {
  const named = /-(\d+)g$/.exec(machineType)?.[1];
  if (named !== undefined) return Number(named);
  const l4 = /^g2-standard-(\d+)$/.exec(machineType)?.[1];
  return l4 === undefined ? undefined : ({ 24: 2, 48: 4, 96: 8 }[Number(l4)] ?? 1);
}
