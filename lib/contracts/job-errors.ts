/*
 * Errors of a Job on GKE: the names that `Retry` and `Catch` of a state machine match. Constructs and the deployed
 * function share this plain data.
 */

/** Errors of a Job. Exit codes may have further names. */
export const GKE_ERRORS = {
  /** The container used more memory than its limit. The reason of the container decides, never the code 137. */
  OOM_KILLED: 'GKE.OOMKilled',
  /** The kubelet or the eviction API removed the pod, for lack of a resource on its node or for a drain. */
  EVICTED: 'GKE.Evicted',
  /** A pod with a higher priority took the place, or Google reclaimed a spot machine. */
  PREEMPTED: 'GKE.Preempted',
  /** The node was deleted or did not respond. */
  NODE_LOST: 'GKE.NodeLost',
  /** The pod was deleted before it ended, so that the cause is unknown. */
  POD_DELETED: 'GKE.PodDeleted',
  /** The kubelet could not pull the image, or the image name is invalid. */
  IMAGE_PULL: 'GKE.ImagePull',
  /** The kubelet could not create the container: a missing Secret or ConfigMap, or a volume that does not mount. */
  CONFIG_ERROR: 'GKE.ConfigError',
  /** The pod used more ephemeral storage than its own limit. */
  STORAGE_EXCEEDED: 'GKE.StorageExceeded',
  /** No node had room for the pod within `pendingSeconds`. */
  UNSCHEDULABLE: 'GKE.Unschedulable',
  /** Kubernetes could not create a pod within `pendingSeconds`: a missing service account or an admission webhook. */
  NO_PODS: 'GKE.NoPods',
  /** A ResourceQuota of the namespace has no room for the Job or its pods. */
  QUOTA_EXCEEDED: 'GKE.QuotaExceeded',
  /** The Job exceeded its deadline or the timeout of the step. */
  DEADLINE_EXCEEDED: 'GKE.DeadlineExceeded',
  /** A container ended with a code that has no name, or the Job failed for another reason. */
  JOB_FAILED: 'GKE.JobFailed',
  /** The Job completed, but its result has not the fields that `resultSelector` reads. */
  RESULT_MISSING: 'GKE.ResultMissing',
  /** A Job of the same name exists with another content. */
  JOB_CONFLICT: 'GKE.JobConflict',
  /** The Job was deleted before the step detected its end. */
  JOB_NOT_FOUND: 'GKE.JobNotFound',
  /** The API server rejected the Job as malformed, or the namespace does not exist. */
  JOB_REJECTED: 'GKE.JobRejected',
  /** RBAC or an admission policy denied the request. */
  FORBIDDEN: 'GKE.Forbidden',
  /** A token exchange failed, or the API server rejected the token. */
  AUTH_FAILED: 'GKE.AuthFailed',
  /** The API server, or a service in between, did not answer or answered with 5xx. */
  API_UNAVAILABLE: 'GKE.ApiUnavailable',
  /** The API server, or a service in between, throttled the request. */
  API_THROTTLED: 'GKE.ApiThrottled',
  /** The request of the state machine is malformed, or the input of the execution has not the fields that it reads. */
  BAD_REQUEST: 'GKE.BadRequest',
} as const;

/** One of `GKE_ERRORS`. */
export type GkeError = (typeof GKE_ERRORS)[keyof typeof GKE_ERRORS];

/** Errors that have nothing to do with the program of the Job. The step runs another Job by default. */
export const GKE_DISRUPTIONS: readonly GkeError[] = [
  GKE_ERRORS.EVICTED,
  GKE_ERRORS.PREEMPTED,
  GKE_ERRORS.NODE_LOST,
  GKE_ERRORS.POD_DELETED,
  // A redriven execution polls a Job that the clean-up has deleted.
  GKE_ERRORS.JOB_NOT_FOUND,
];

/** Transient errors of a call that are safe to retry. */
export const RETRYABLE_CALL_ERRORS: readonly GkeError[] = [
  GKE_ERRORS.API_UNAVAILABLE,
  GKE_ERRORS.API_THROTTLED,
];

/**
 * Errors of a call that decide nothing about a Job: with each of them the Job may run. IAM and RBAC are eventually
 * consistent, and an API server that starts answers 403 until its RBAC informers are synchronized
 * (https://github.com/kubernetes/kubernetes/issues/121635).
 */
export const UNDECIDED_ERRORS: readonly GkeError[] = [
  ...RETRYABLE_CALL_ERRORS,
  GKE_ERRORS.AUTH_FAILED,
  GKE_ERRORS.FORBIDDEN,
];

/** Errors with which another call for the same Job would end too: its end, or a request that is wrong. */
export const DECIDED_ERRORS: readonly GkeError[] = Object.values(GKE_ERRORS).filter(
  (error) => !UNDECIDED_ERRORS.includes(error),
);

/** Errors that another Job with the same content would end with. */
export const NON_RETRYABLE_ERRORS: readonly GkeError[] = [
  GKE_ERRORS.IMAGE_PULL,
  GKE_ERRORS.CONFIG_ERROR,
  GKE_ERRORS.STORAGE_EXCEEDED,
  GKE_ERRORS.JOB_CONFLICT,
  GKE_ERRORS.JOB_REJECTED,
  GKE_ERRORS.BAD_REQUEST,
];
