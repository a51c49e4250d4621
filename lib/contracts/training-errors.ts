/*
 * What a job of Vertex AI can end with: named as Jobs on GKE are. Plain data, shared by the constructs and the
 * function that runs on AWS.
 */

/** Errors of a training. Exit codes may be given names of their own besides. */
export const VERTEX_ERRORS = {
  /** The container used more memory than its machine has. */
  OOM_KILLED: 'Vertex.OOMKilled',
  /** There was no machine or no quota for the job. */
  UNSCHEDULABLE: 'Vertex.Unschedulable',
  /** The job ran longer than its deadline, or than the step waits. */
  DEADLINE_EXCEEDED: 'Vertex.DeadlineExceeded',
  /** Somebody cancelled the job. */
  CANCELLED: 'Vertex.Cancelled',
  /** The job failed in a way that has no name here. */
  JOB_FAILED: 'Vertex.JobFailed',
  /** The job succeeded, but its result has not the fields that `resultSelector` reads. */
  RESULT_MISSING: 'Vertex.ResultMissing',
  /** A job of the same id exists with another content. */
  JOB_CONFLICT: 'Vertex.JobConflict',
  /** The job is gone before its end was seen. */
  JOB_NOT_FOUND: 'Vertex.JobNotFound',
  /** Vertex AI refused the job as malformed. */
  JOB_REJECTED: 'Vertex.JobRejected',
  /** IAM refused. */
  FORBIDDEN: 'Vertex.Forbidden',
  /** No token was given, or it was not taken. */
  AUTH_FAILED: 'Vertex.AuthFailed',
  /** A service did not answer or answered with 5xx. */
  API_UNAVAILABLE: 'Vertex.ApiUnavailable',
  /** A service asked to slow down. */
  API_THROTTLED: 'Vertex.ApiThrottled',
  /** What the state machine sent is not what the function takes. */
  BAD_REQUEST: 'Vertex.BadRequest',
} as const;

/** One of `VERTEX_ERRORS`. */
export type VertexError = (typeof VERTEX_ERRORS)[keyof typeof VERTEX_ERRORS];

/** Another job of the same kind would end in the same way. */
export const NON_RETRYABLE_VERTEX_ERRORS: readonly VertexError[] = [
  VERTEX_ERRORS.JOB_CONFLICT,
  VERTEX_ERRORS.JOB_REJECTED,
  VERTEX_ERRORS.FORBIDDEN,
  VERTEX_ERRORS.BAD_REQUEST,
];

/** Transient errors of a call that are safe to retry. */
export const RETRYABLE_VERTEX_CALL_ERRORS: readonly VertexError[] = [
  VERTEX_ERRORS.API_UNAVAILABLE,
  VERTEX_ERRORS.API_THROTTLED,
];

/** Errors with which another call for the same job would end too. All others decide nothing about the job. */
export const DECIDED_VERTEX_ERRORS: readonly VertexError[] = Object.values(VERTEX_ERRORS).filter(
  (error) =>
    ![...RETRYABLE_VERTEX_CALL_ERRORS, VERTEX_ERRORS.AUTH_FAILED, VERTEX_ERRORS.FORBIDDEN].includes(error),
);
