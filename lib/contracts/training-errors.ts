/*
 * Errors of jobs of Vertex AI, with the names of the errors of GKE Jobs. Plain data, shared by the constructs and the
 * function on AWS.
 */

/** Errors of a training. A step can add names for exit codes. */
export const VERTEX_ERRORS = {
  /** The container used more memory than its machine has. */
  OOM_KILLED: 'Vertex.OOMKilled',
  /** Vertex AI had no machine or no quota for the job. */
  UNSCHEDULABLE: 'Vertex.Unschedulable',
  /** The job exceeded its deadline, or the time-out of the step. */
  DEADLINE_EXCEEDED: 'Vertex.DeadlineExceeded',
  /** A caller cancelled the job. */
  CANCELLED: 'Vertex.Cancelled',
  /** The job failed for another reason. */
  JOB_FAILED: 'Vertex.JobFailed',
  /** The job succeeded, and its result has no field that `resultSelector` reads. */
  RESULT_MISSING: 'Vertex.ResultMissing',
  /** A job with the same id and another specification exists. */
  JOB_CONFLICT: 'Vertex.JobConflict',
  /** The job was deleted before the step read its result. */
  JOB_NOT_FOUND: 'Vertex.JobNotFound',
  /** Vertex AI rejected the job as invalid. */
  JOB_REJECTED: 'Vertex.JobRejected',
  /** IAM denied the request. */
  FORBIDDEN: 'Vertex.Forbidden',
  /** The function got no token, or Vertex AI rejected the token. */
  AUTH_FAILED: 'Vertex.AuthFailed',
  /** A service sent no response, or a response with status 5xx. */
  API_UNAVAILABLE: 'Vertex.ApiUnavailable',
  /** A service throttled the request. */
  API_THROTTLED: 'Vertex.ApiThrottled',
  /** The request of the state machine is invalid. */
  BAD_REQUEST: 'Vertex.BadRequest',
} as const;

/** One of `VERTEX_ERRORS`. */
export type VertexError = (typeof VERTEX_ERRORS)[keyof typeof VERTEX_ERRORS];

/** Errors of the specification or the permissions. A second job fails with the same error. */
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

/** Errors that state the result of the job. After any other error, the job can still succeed. */
export const DECIDED_VERTEX_ERRORS: readonly VertexError[] = Object.values(VERTEX_ERRORS).filter(
  (error) =>
    ![...RETRYABLE_VERTEX_CALL_ERRORS, VERTEX_ERRORS.AUTH_FAILED, VERTEX_ERRORS.FORBIDDEN].includes(error),
);
