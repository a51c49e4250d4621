/*
 * Errors of service calls: the names that `Retry` and `Catch` of a state machine match. Plain data, shared by the
 * constructs and the function on AWS.
 */

/** Errors of a service call. A step can add names for other statuses. */
export const SERVICE_ERRORS = {
  /** 401: the service rejected the token. */
  AUTH_FAILED: 'GKE.Service.AuthFailed',
  /** 403: the service denied the request of this caller. */
  FORBIDDEN: 'GKE.Service.Forbidden',
  /** 429: the service throttled the request. */
  THROTTLED: 'GKE.Service.Throttled',
  /** A redirect. The function does not follow it, because the token is for this service only. */
  REDIRECTED: 'GKE.Service.3xx',
  /** Any other 4xx: the service rejected the request. */
  CLIENT_ERROR: 'GKE.Service.4xx',
  /** Any other 5xx: the service failed. */
  SERVER_ERROR: 'GKE.Service.5xx',
  /** 502, 503, or no connection. Without a connection, the service got no request. After a 502, it may have got one. */
  UNAVAILABLE: 'GKE.Service.Unavailable',
  /** 504, or the request was sent and no complete response arrived: the request may have run. */
  TIMEOUT: 'GKE.Service.Timeout',
  /** The response exceeds `responseBytes`. */
  TOO_LARGE: 'GKE.Service.TooLarge',
  /** The response has no value for a path in `resultSelector`. The request has run. */
  RESULT_MISSING: 'GKE.Service.ResultMissing',
} as const;

/** One of `SERVICE_ERRORS`. */
export type ServiceError = (typeof SERVICE_ERRORS)[keyof typeof SERVICE_ERRORS];

/** Transient errors that are safe to retry for idempotent requests. */
export const RETRYABLE_SERVICE_ERRORS: readonly ServiceError[] = [
  SERVICE_ERRORS.UNAVAILABLE,
  SERVICE_ERRORS.TIMEOUT,
  SERVICE_ERRORS.THROTTLED,
];

const BY_STATUS: Readonly<Record<number, ServiceError>> = {
  401: SERVICE_ERRORS.AUTH_FAILED,
  403: SERVICE_ERRORS.FORBIDDEN,
  429: SERVICE_ERRORS.THROTTLED,
  502: SERVICE_ERRORS.UNAVAILABLE,
  503: SERVICE_ERRORS.UNAVAILABLE,
  504: SERVICE_ERRORS.TIMEOUT,
};

/** Error name of a status other than 2xx. */
export function errorOfStatus(status: number, names: Readonly<Record<string, string>>): string {
  const known = Object.hasOwn(names, status) ? names[status] : BY_STATUS[status];
  if (known !== undefined) return known;
  if (status >= 500) return SERVICE_ERRORS.SERVER_ERROR;
  return status >= 400 ? SERVICE_ERRORS.CLIENT_ERROR : SERVICE_ERRORS.REDIRECTED;
}
