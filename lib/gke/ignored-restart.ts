import { RESTARTED_AT } from '../contracts/rotation';

/**
 * Path for `ignoreChanges` of a Deployment: the annotation that a rotation and `kubectl rollout restart` write.
 * The Kubernetes provider ignores `*.kubernetes.io` annotations in the metadata of an object, but not in the
 * metadata of its pod template. Without this path, the next apply removes the annotation and restarts the pods.
 */
export const IGNORED_RESTART = `spec[0].template[0].metadata[0].annotations["${RESTARTED_AT}"]`;
