/* Errors of gates. Plain data, shared by the constructs and the function on AWS. */

/** Errors of a reading. The decision takes the branch `otherwise` for each of them. */
export const GATE_ERRORS = {
  /** The metric has no value in the window, or CloudWatch returned a part of the window only. */
  NO_DATA: 'Gate.NoData',
  /** The response of the endpoint has no number, string or boolean at the path of `value`. */
  NO_VALUE: 'Gate.NoValue',
  /** IAM denied the reading. */
  FORBIDDEN: 'Gate.Forbidden',
  /** The service rejected the request, or the endpoint does not exist. */
  REJECTED: 'Gate.Rejected',
  /** The function got no token. */
  AUTH_FAILED: 'Gate.AuthFailed',
  /** A service sent no response, or a response with status 5xx. */
  API_UNAVAILABLE: 'Gate.ApiUnavailable',
  /** A service throttled the request. */
  API_THROTTLED: 'Gate.ApiThrottled',
  /** The input of the step has no value for a path of the gate, or the request has the wrong form. */
  BAD_REQUEST: 'Gate.BadRequest',
} as const;

/** One of `GATE_ERRORS`. */
export type GateError = (typeof GATE_ERRORS)[keyof typeof GATE_ERRORS];
