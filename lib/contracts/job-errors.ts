/*
 * What a Job on GKE can end with: the names that `Retry` and `Catch` of a state machine match. Plain data, shared
 * by the constructs and the function that runs on AWS.
 */

/** Errors of a Job, by what happened to it. Exit codes may be given names of their own besides. */
export const GKE_ERRORS = {
  /** The container used more memory than its limit. Read from the container's reason, never from the code 137. */
  OOM_KILLED: 'GKE.OOMKilled',
  /** The kubelet or the eviction API took the pod away, for lack of a resource on its node or for a drain. */
  EVICTED: 'GKE.Evicted',
  /** A pod of higher priority took the place, or a spot machine was taken back. */
  PREEMPTED: 'GKE.Preempted',
  /** The node went away or did not answer. */
  NODE_LOST: 'GKE.NodeLost',
  /** The pod was deleted before it ended, so that nothing tells why. */
  POD_DELETED: 'GKE.PodDeleted',
  /** The image could not be pulled, or its name is no name. */
  IMAGE_PULL: 'GKE.ImagePull',
  /** The container could not be made: a missing Secret or ConfigMap, for example. */
  CONFIG_ERROR: 'GKE.ConfigError',
  /** No node had room for the pod within the time it may be pending. */
  UNSCHEDULABLE: 'GKE.Unschedulable',
  /** The Job ran longer than its deadline. */
  DEADLINE_EXCEEDED: 'GKE.DeadlineExceeded',
  /** A container ended with a code that has no name, or the Job failed in a way that has none. */
  JOB_FAILED: 'GKE.JobFailed',
  /** A Job of the same name exists with another content. */
  JOB_CONFLICT: 'GKE.JobConflict',
  /** The Job is gone before its end was seen. */
  JOB_NOT_FOUND: 'GKE.JobNotFound',
  /** The API server refused the Job as malformed, or the namespace does not exist. */
  JOB_REJECTED: 'GKE.JobRejected',
  /** RBAC or an admission policy refused. */
  FORBIDDEN: 'GKE.Forbidden',
  /** No token was given, or the API server did not take it. */
  AUTH_FAILED: 'GKE.AuthFailed',
  /** The API server, or a service on the way to it, did not answer or answered with 5xx. */
  API_UNAVAILABLE: 'GKE.ApiUnavailable',
  /** The API server, or a service on the way to it, asked to slow down. */
  API_THROTTLED: 'GKE.ApiThrottled',
  /** What the state machine sent is not what the function takes. */
  BAD_REQUEST: 'GKE.BadRequest',
} as const;

/** One of `GKE_ERRORS`. */
export type GkeError = (typeof GKE_ERRORS)[keyof typeof GKE_ERRORS];

/** Worth another Job: what happened has nothing to do with what the Job does. */
export const GKE_DISRUPTIONS: readonly GkeError[] = [
  GKE_ERRORS.EVICTED,
  GKE_ERRORS.PREEMPTED,
  GKE_ERRORS.NODE_LOST,
  GKE_ERRORS.POD_DELETED,
];

/** Worth another call of the function: nothing was decided. */
export const RETRYABLE_CALL_ERRORS: readonly GkeError[] = [
  GKE_ERRORS.API_UNAVAILABLE,
  GKE_ERRORS.API_THROTTLED,
];

/** Another Job of the same kind would end in the same way. */
export const NON_RETRYABLE_ERRORS: readonly GkeError[] = [
  GKE_ERRORS.IMAGE_PULL,
  GKE_ERRORS.CONFIG_ERROR,
  GKE_ERRORS.JOB_CONFLICT,
  GKE_ERRORS.JOB_REJECTED,
  GKE_ERRORS.FORBIDDEN,
  GKE_ERRORS.BAD_REQUEST,
];
