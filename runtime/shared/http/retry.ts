import { COMMON_FAILURES, Failure } from './failure';
import { sendOnce, type HttpRequest, type HttpResponse } from './http';

/** Sends a request to a service, again if need be. Fails with a name when nothing was decided. */
export type Send = (service: string, request: HttpRequest) => Promise<HttpResponse>;

/** Time and chance, which a test sets itself. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** An attempt without a result. */
interface RetryableFailure {
  readonly name: string;
  readonly what: string;
  /** Delay that the service requested. */
  readonly milliseconds: number;
}

export interface Retry {
  readonly api: string;
  readonly what: string;
  readonly tries: number;
  readonly milliseconds: number;
}

const TRIES = 4;
const LONGEST_TRY = 10_000;
const BASE = 200;
const LONGEST_WAIT = 10_000;
const THROTTLED_BY_AWS = /<Code>Throttling|"__type":\s*"[^"]*Throttling/;

/**
 * Sends until a response arrives, up to four times and not after the deadline, with full jitter in between. Every
 * method is retried, because the name of a created object depends on the request alone. A request that is not
 * `idempotent` is retried only when the service throttled it.
 */
export function httpClient(clock: Clock, deadline: number, onRetry: (retry: Retry) => void): Send {
  return async (service, request) => {
    for (let tries = 1; ; tries += 1) {
      const left = deadline - clock.now();
      if (left <= 0)
        throw new Failure(COMMON_FAILURES.API_UNAVAILABLE, `No time was left to ask ${service}.`);
      const outcome = await attempt(request, Math.min(LONGEST_TRY, left));
      if ('status' in outcome) return outcome;
      const milliseconds = Math.max(clock.random() * BASE * 2 ** (tries - 1), outcome.milliseconds);
      const isLast =
        tries === TRIES || (request.idempotent === false && outcome.name !== COMMON_FAILURES.API_THROTTLED);
      if (isLast || clock.now() + milliseconds >= deadline) {
        throw new Failure(outcome.name, `${service} ${outcome.what}; tries: ${tries}.`);
      }
      onRetry({ api: service, what: outcome.what, tries, milliseconds: Math.round(milliseconds) });
      await clock.sleep(milliseconds);
    }
  };
}

async function attempt(request: HttpRequest, milliseconds: number): Promise<HttpResponse | RetryableFailure> {
  try {
    const reply = await sendOnce(request, Math.ceil(milliseconds));
    return retryableFailureOf(reply) ?? reply;
  } catch (error) {
    // Node throws this error for a request that cannot be written.
    if (error instanceof TypeError) throw error;
    return {
      name: COMMON_FAILURES.API_UNAVAILABLE,
      what: `did not answer (${codeOf(error)})`,
      milliseconds: 0,
    };
  }
}

function retryableFailureOf({ status, headers, body }: HttpResponse): RetryableFailure | undefined {
  const milliseconds = Math.min((Number(headers['retry-after']) || 0) * 1000, LONGEST_WAIT);
  // AWS throttles with a 400.
  if (status === 429 || (status === 400 && THROTTLED_BY_AWS.test(body))) {
    return { name: COMMON_FAILURES.API_THROTTLED, what: 'asked to slow down', milliseconds };
  }
  if (status >= 500) {
    return { name: COMMON_FAILURES.API_UNAVAILABLE, what: `answered ${status}`, milliseconds };
  }
  return undefined;
}

function codeOf(error: unknown): string {
  const { code, name } = error as NodeJS.ErrnoException;
  return name === 'AbortError' ? 'timeout' : String(code ?? name);
}
