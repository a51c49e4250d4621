/** An end with a name that `Retry` and `Catch` of a state machine match: AWS Lambda reports `name` as the error. */
export class Failure extends Error {
  /** @param quotes texts of a container or an event in the message, which the log of the function omits */
  constructor(
    name: string,
    message: string,
    private readonly quotes: readonly string[] = [],
  ) {
    super(message);
    this.name = name;
  }

  /** The same failure with the length of each quote in its place. */
  public withoutQuotes(): Failure {
    const message = this.quotes.reduce(
      (text, quote) => text.replaceAll(quote, `[${quote.length} characters]`),
      this.message,
    );
    return new Failure(this.name, message);
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
