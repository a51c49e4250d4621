/**
 * Security contexts of the Pod Security Standard "restricted", with a read-only root file system.
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */

/** Security context of a pod whose processes run as one user and one group. */
export function restrictedPodContext<User extends string | number>(user: User) {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Security context of each container of such a pod. */
export function restrictedContainerContext({ writableRootFilesystem = false } = {}) {
  return {
    allowPrivilegeEscalation: false,
    privileged: false,
    readOnlyRootFilesystem: !writableRootFilesystem,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
  };
}
