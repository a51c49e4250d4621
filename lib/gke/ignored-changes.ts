import { RESTARTED_AT } from '../contracts/rotation';
import type { Toleration } from '../kubernetes/toleration';

/*
 * Paths of a Deployment for `ignoreChanges`: fields of the pod template that GKE, an autoscaler or a rotation write.
 * Without them, the next apply reverts the field, and each plan has changes.
 */

const POD = 'spec[0].template[0].spec[0]';

/**
 * The annotation that a rotation and `kubectl rollout restart` write. The Kubernetes provider ignores
 * `*.kubernetes.io` annotations in the metadata of an object, but not in the metadata of its pod template.
 */
const RESTART = `spec[0].template[0].metadata[0].annotations["${RESTARTED_AT}"]`;

/** Fields of a Deployment that have other writers than Terraform. */
export interface OtherWriters {
  /** Given tolerations. Without any, those that Autopilot adds (`kubernetes.io/arch`) stay. */
  readonly tolerations?: readonly Toleration[];
  /** Whether Autopilot or a VerticalPodAutoscaler changes the resource requests. */
  readonly resources?: boolean;
  /** Whether a HorizontalPodAutoscaler changes the number of pods. */
  readonly replicas?: boolean;
}

/** Returns the paths that a plan of the Deployment ignores. */
export function ignoredChanges({ tolerations, resources, replicas }: OtherWriters): string[] {
  return [
    RESTART,
    ...(tolerations === undefined ? [`${POD}.toleration`] : []),
    ...(resources === true ? [`${POD}.container[0].resources`] : []),
    ...(replicas === true ? ['spec[0].replicas'] : []),
  ];
}
