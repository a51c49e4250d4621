/** An end with a name that `Retry` and `Catch` of a state machine match: AWS Lambda reports `name` as the error. */
export class Failure extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Ends that every function can have. Each reports them under the name of its family: `GKE.AuthFailed`. */
export const COMMON_FAILURES = {
  /** No token was given. */
  AUTH_FAILED: 'AuthFailed',
  /** A service did not answer or answered with 5xx. */
  API_UNAVAILABLE: 'ApiUnavailable',
  /** A service asked to slow down. */
  API_THROTTLED: 'ApiThrottled',
} as const;

const COMMON: ReadonlySet<string> = new Set(Object.values(COMMON_FAILURES));

/** The name under which a family of functions reports an error. */
export function nameIn(family: string, error: Error): string {
  return error instanceof Failure && COMMON.has(error.name) ? `${family}.${error.name}` : error.name;
}
